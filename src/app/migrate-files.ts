import { readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type {
  MigrationDecision,
  Migrator,
  VersionDetection,
  VersionSighting,
} from '../attack/lookup.js';
import { AppError, formatIssue, type Issue } from '../model/index.js';
import {
  hasKnownEnding,
  type MigratedDocument,
  type MigrateFormat,
  migrateDocument,
  recogniseFormat,
  sightDocument,
} from './migrate-document.js';
import { isFolder, realPath, reasonOf, type WalkedFile, walkFiles } from './migrate-walk.js';
import { copyWhole, writeWhole } from './migrate-write.js';
import { openMigrator } from './open-migrator.js';

export interface MigrateFilesOptions {
  /** A file or a folder. */
  readonly path: string;
  /** ATT&CK version that is wanted, `19.1`; the nearest that is there is used, and said. */
  readonly to: string;
  /** Version that the input was made against; beats what its content says. */
  readonly from?: string | undefined;
  /** Folder that gets every file, changed or not, at the same relative path. */
  readonly out?: string | undefined;
  /** Write changed files over the old ones. */
  readonly inPlace?: boolean | undefined;
  /** File that gets the audit, as JSON. */
  readonly audit?: string | undefined;
}

/** One thing that changed, or that a person must look at. */
export interface AuditEntry {
  /** Relative to the input folder. */
  readonly file: string;
  /** As the file has it. */
  readonly raw: string;
  readonly from: string;
  /** Empty = it is gone, something else of the same file says it already. */
  readonly to: string;
  readonly decision: MigrationDecision;
  readonly reason: string;
}

/** What became of one file. */
export interface FileMigration {
  readonly file: string;
  readonly format: MigrateFormat;
  /** Versions that it was moved from; empty when it holds nothing to move, or each record has its own. */
  readonly from: readonly string[];
  readonly changed: boolean;
}

export interface MigrationReport {
  readonly to: string;
  readonly files: readonly FileMigration[];
  readonly counts: Readonly<Record<MigrationDecision, number>>;
  readonly audit: readonly AuditEntry[];
  /** Line of each audit entry, 1-based; undefined where the format has none. */
  readonly lines: readonly (number | undefined)[];
  /** What the whole input's ids and tactics say of its version; undefined when nothing was to be told. */
  readonly detection: VersionDetection | undefined;
  readonly issues: readonly Issue[];
}

/** A rule is some kB, a large layer under 1 MB. */
const LARGEST_BYTES = 64 * 1024 * 1024;
/** Text that is held in memory at once. */
const MOST_CHARS = 512 * 1024 * 1024;
/** Issues that make a file that was asked for by name unreadable; in a folder it only stays as it is. */
const FAULTS: ReadonlySet<Issue['code']> = new Set([
  'JSON_INVALID',
  'JSON_TOO_DEEP',
  'INPUT_TOO_LARGE',
  'FILE_UNREADABLE',
  'LAYER_INVALID',
]);
const VERSION = /^v?\d{1,4}(?:\.\d{1,4})?$/i;

/**
 * Moves the ATT&CK ids and tactics of a file or of every file of a folder to another version.
 *
 * Nothing but `audit` is written without `out` or `inPlace`. Every file is read and moved before the first is written.
 *
 * @throws AppError USAGE for options that contradict each other; SOURCE_UNREADABLE when nothing can be read; OUTPUT_UNWRITABLE.
 */
export function migrateFiles(options: MigrateFilesOptions): MigrationReport {
  checkOptions(options);
  const migrator = openMigrator();
  const walk = walkFiles(options.path, {
    excluded: options.out,
  });
  const issues: Issue[] = [...versionIssues(options, migrator), ...walk.issues];
  const budget = { left: MOST_CHARS };
  const read = walk.files.flatMap((file) =>
    readInput(file, { migrator, isAskedFor: !walk.isFolder, issues, budget }),
  );
  if (read.length === 0) {
    const reason = issues.find(({ code }) => code === 'FILE_UNREADABLE')?.message;
    throw new AppError(
      'SOURCE_UNREADABLE',
      `cannot read ${options.path}: ${reason ?? 'it holds no files'}`,
    );
  }
  const detection = detectWhole(read, migrator);
  const moved = read.map((input) => moveInput(input, { options, migrator, detection }));
  for (const { document } of moved) issues.push(...document.issues);
  const fault = walk.isFolder ? undefined : issues.find(({ code }) => FAULTS.has(code));
  if (fault !== undefined) throw new AppError('SOURCE_UNREADABLE', formatIssue(fault));
  const steps = moved.flatMap(({ input, document }) =>
    document.steps.map((step) => ({ file: input.file.name, step })),
  );
  const audit = steps.map(({ file, step: { raw, from, to, decision, reason } }) => ({
    file,
    raw,
    from,
    to,
    decision,
    reason,
  }));
  writeResults(moved, options);
  if (options.audit !== undefined) {
    writeWhole(options.audit, `${JSON.stringify(audit, null, 2)}\n`);
  }
  const count = (decision: MigrationDecision): number =>
    audit.filter((entry) => entry.decision === decision).length;
  return {
    to: migrator.nearestVersion(options.to).version,
    files: moved.map(({ input, document }) => ({
      file: input.file.name,
      format: input.format,
      from: document.from,
      changed: input.text !== document.text,
    })),
    counts: {
      automatic: count('automatic'),
      suggested: count('suggested'),
      'needs-person': count('needs-person'),
    },
    audit,
    lines: steps.map(({ step }) => step.line),
    detection,
    issues,
  };
}

function checkOptions({ path, to, from, out, inPlace }: MigrateFilesOptions): void {
  if (out !== undefined && inPlace === true) {
    throw new AppError('USAGE', 'expected either --out or --in-place, found both');
  }
  for (const version of [to, from]) {
    if (version !== undefined && !VERSION.test(version)) {
      throw new AppError(
        'USAGE',
        `expected an ATT&CK version such as 19.1, found ${JSON.stringify(version)}`,
      );
    }
  }
  if (out === undefined) return;
  const place = realPath(out) ?? resolve(out);
  const input = realPath(path) ?? resolve(path);
  if (place === input || (place === dirname(input) && isFolder(path) === false)) {
    const message = `expected --out to be another folder than that of ${path}; --in-place changes files where they are`;
    throw new AppError('USAGE', message);
  }
  if (isFolder(out) === false) {
    throw new AppError('USAGE', `expected --out to be a folder, found the file ${out}`);
  }
}

function versionIssues({ to, from }: MigrateFilesOptions, migrator: Migrator): readonly Issue[] {
  return [from, to].flatMap((asked) => {
    if (asked === undefined) return [];
    const { version, exact } = migrator.nearestVersion(asked);
    if (exact) return [];
    const message = `expected ATT&CK ${asked}, found none of it here; the nearest, ${version}, is used`;
    return [{ kind: 'issue' as const, code: 'VERSION_APPROXIMATE' as const, message }];
  });
}

interface ReadInput {
  readonly file: WalkedFile;
  readonly format: MigrateFormat;
  /** Empty when the file is copied only. */
  readonly text: string;
  readonly sighting: VersionSighting | undefined;
}

interface ReadOptions {
  readonly migrator: Migrator;
  readonly isAskedFor: boolean;
  /** Grows. */
  readonly issues: Issue[];
  /** UTF-16 code units; shrinks. */
  readonly budget: { left: number };
}

function readInput(
  file: WalkedFile,
  { migrator, isAskedFor, issues, budget }: ReadOptions,
): readonly ReadInput[] {
  const report = (code: Issue['code'], message: string): void => {
    issues.push({ kind: 'issue', code, message, at: { source: file.path } });
  };
  const plain: ReadInput = { file, format: 'other', text: '', sighting: undefined };
  let bytes: Buffer;
  try {
    if (statSync(file.path).size > LARGEST_BYTES) {
      report(
        'INPUT_TOO_LARGE',
        `expected at most ${LARGEST_BYTES} bytes, found more; it stays as it is`,
      );
      return [plain];
    }
    bytes = readFileSync(file.path);
  } catch (error) {
    report('FILE_UNREADABLE', reasonOf(error));
    return [];
  }
  const text = decodeUtf8(bytes);
  if (text === undefined) {
    if (isAskedFor || hasKnownEnding(file.name))
      report('FILE_UNREADABLE', 'expected UTF-8 text, found other bytes; it stays as it is');
    return [plain];
  }
  const { format, issue } = recogniseFormat({ text, source: file.path }, migrator, isAskedFor);
  if (issue !== undefined) issues.push(issue);
  if (format === 'other') return [plain];
  budget.left -= text.length;
  if (budget.left < 0) {
    report('INPUT_TOO_LARGE', 'expected less text in all; it stays as it is');
    return [plain];
  }
  const sighting = sightDocument({ format, text, source: file.path }, migrator);
  return [{ file, format, text, sighting }];
}

/** The text of which the bytes come back when it is written; undefined when they are no UTF-8. */
function decodeUtf8(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** A file whose own ids fit several versions was most likely made against the version of the files around it. */
function detectWhole(read: readonly ReadInput[], migrator: Migrator): VersionDetection | undefined {
  const sightings = read.flatMap(({ sighting }) => sighting ?? []);
  if (sightings.length === 0) return undefined;
  return migrator.detectVersion({
    techniqueIds: sightings.flatMap(({ techniqueIds }) => techniqueIds),
    tactics: sightings.flatMap(({ tactics }) => tactics),
    platforms: sightings.flatMap(({ platforms }) => platforms),
  });
}

interface MoveOptions {
  readonly options: MigrateFilesOptions;
  readonly migrator: Migrator;
  readonly detection: VersionDetection | undefined;
}

interface MovedInput {
  readonly input: ReadInput;
  readonly document: MigratedDocument;
}

function moveInput(input: ReadInput, { options, migrator, detection }: MoveOptions): MovedInput {
  const { format, text, sighting } = input;
  const from =
    options.from === undefined
      ? sighting && versionOf(sighting, migrator, detection)
      : migrator.nearestVersion(options.from).version;
  const document = migrateDocument(
    { format, text, source: input.file.path },
    // The nearest of Enterprise, so that what was said of it once is not said again of every file.
    { migrator, from, to: migrator.nearestVersion(options.to).version },
  );
  return { input, document };
}

function versionOf(
  sighting: VersionSighting,
  migrator: Migrator,
  whole: VersionDetection | undefined,
): string {
  const own = migrator.detectVersion(sighting);
  return whole !== undefined && own.candidates.includes(whole.version)
    ? whole.version
    : own.version;
}

function writeResults(moved: readonly MovedInput[], { out, inPlace }: MigrateFilesOptions): void {
  for (const { input, document } of moved) {
    const isChanged = document.text !== input.text;
    // A link stays a link: what it leads to is written.
    if (inPlace === true && isChanged) {
      writeWhole(realPath(input.file.path) ?? input.file.path, document.text);
    }
    if (out === undefined) continue;
    const target = join(out, input.file.name);
    if (isChanged) writeWhole(target, document.text, input.file.path);
    else copyWhole(input.file.path, target);
  }
}
