import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { AppError, type StixId } from '../model/index.js';
import { formatCatalogue } from './format-catalogue.js';
import {
  CATALOGUE_FILE,
  type InstalledVersion,
  installedFolder,
  OBJECTS_FILE,
  SOURCE_FILE,
} from './installed-version.js';
import type { KnowledgeBase, StixObject } from './knowledge-base.js';
import { parseCatalogue } from './parse-catalogue.js';
import { formatStixLine } from './stix-store.js';

/** What is to be installed. */
export interface BundleContent {
  readonly knowledgeBase: KnowledgeBase;
  /** Every STIX object, relationships too. */
  readonly objects: ReadonlyMap<StixId, StixObject>;
  readonly facts: Pick<
    InstalledVersion,
    'domain' | 'version' | 'released' | 'source' | 'sha256' | 'carriedOver'
  >;
}

export interface InstallOptions {
  readonly userFolder: string;
  readonly now: Date;
}

/** A bundle written to disk whole, that nobody sees yet. Either of the two ends it. */
export interface StagedBundle {
  readonly bundle: InstalledVersion;
  /** Folder `<domain>-<version>`. */
  readonly folder: string;
  /** Puts it in place of what was there, in one step. */
  commit(): void;
  /** Deletes it; what was there stays. Does nothing after `commit`. */
  discard(): void;
}

const LICENCE =
  'ATT&CK terms of use; © The MITRE Corporation, reproduced with permission; see attack.mitre.org/resources/legal-and-branding/terms-of-use';
/** Generations that no `source.json` names are left from a killed process once they are this old. */
const STALE_MS = 24 * 60 * 60 * 1000;
const WRITE_CHARACTERS = 1 << 20;

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota of the disk is used up',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOENT: 'no folder can be made there',
  ENOTDIR: 'part of the path is a file',
  EEXIST: 'part of the path is a file',
};

function unwritable(folder: string, cause: unknown): AppError {
  const code = (cause as NodeJS.ErrnoException).code ?? 'unknown reason';
  const message = `cannot write to ${folder}: ${REASONS[code] ?? code}; nothing changed`;
  return new AppError('OUTPUT_UNWRITABLE', message, { cause });
}

/**
 * Makes a folder and those above it. Not by `recursive: true`: Node 20 never returns from that where a folder is
 * there and none can be made in it, as in /proc.
 */
function makeFolder(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) return;
  if (dirname(path) !== path) makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    // Another process may have made it meanwhile.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    if (!statSync(path).isDirectory()) throw error;
  }
}

/** Writes a file and waits until it is on the disk; lines are written by the megabyte. Returns its size in bytes. */
function writeLines(path: string, lines: Iterable<string>): number {
  const descriptor = openSync(path, 'wx');
  try {
    let bytes = 0;
    let pending = '';
    const flush = (): void => {
      const chunk = Buffer.from(pending, 'utf8');
      for (let at = 0; at < chunk.length; ) at += writeSync(descriptor, chunk, at);
      bytes += chunk.length;
      pending = '';
    };
    for (const line of lines) {
      pending += line;
      if (pending.length >= WRITE_CHARACTERS) flush();
    }
    flush();
    fsyncSync(descriptor);
    return bytes;
  } finally {
    closeSync(descriptor);
  }
}

function* stixLines(objects: ReadonlyMap<StixId, StixObject>): Iterable<string> {
  // Ids are ASCII, so this order is the order of their bytes.
  for (const stixId of [...objects.keys()].sort()) {
    const object = objects.get(stixId);
    if (object !== undefined) yield `${formatStixLine(object)}\n`;
  }
}

/** The catalogue's text, read back as it will be: what does not come back the same must not be installed. */
function catalogueOf({ knowledgeBase, facts }: BundleContent): string {
  const text = formatCatalogue(knowledgeBase, {
    meta: { ...facts, licence: LICENCE },
    relationshipIds: true,
  });
  const { knowledgeBase: again, issues } = parseCatalogue(Buffer.from(text).toString('latin1'));
  const idsMatch = knowledgeBase.objects.every(
    ({ stixId, attackId }) => again?.byStixId.get(stixId)?.attackId === attackId,
  );
  const isSame =
    issues.length === 0 &&
    idsMatch &&
    again?.objects.length === knowledgeBase.objects.length &&
    again.relations.all.length === knowledgeBase.relations.all.length;
  if (isSame) return text;
  throw new AppError(
    'SOURCE_UNREADABLE',
    `expected ids and references that can be stored in ${facts.source}, found some with tabs, line breaks or letters beyond ASCII; nothing changed`,
  );
}

function currentGeneration(folder: string): string | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(join(folder, SOURCE_FILE), 'utf8'));
    const generation = (value as { generation?: unknown }).generation;
    return typeof generation === 'string' && /^[0-9a-f]{16}$/.test(generation)
      ? generation
      : undefined;
  } catch {
    return undefined;
  }
}

// Deleting is tidying: when it fails the bundle is in place all the same, and the next install tries again.
function removeQuietly(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch {
    // Kept open by another process, on Windows.
  }
}

/** Deletes what a process that was killed left in the folder of a version. */
function removeStale(folder: string, now: Date): void {
  const current = currentGeneration(folder);
  for (const name of readdirSync(folder)) {
    if (name === SOURCE_FILE || name === current) continue;
    const path = join(folder, name);
    const age = now.getTime() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Infinity);
    if (age > STALE_MS) removeQuietly(path);
  }
}

function commitGeneration(folder: string, bundle: InstalledVersion, now: Date): void {
  const { generation } = bundle;
  const temporary = join(folder, `${SOURCE_FILE}.${generation}`);
  try {
    writeLines(temporary, [`${JSON.stringify(bundle, undefined, 2)}\n`]);
    const previous = currentGeneration(folder);
    renameSync(temporary, join(folder, SOURCE_FILE));
    if (previous !== undefined) removeQuietly(join(folder, previous));
  } catch (cause) {
    removeQuietly(temporary);
    removeQuietly(join(folder, generation));
    throw unwritable(folder, cause);
  }
  removeStale(folder, now);
}

/**
 * Writes a bundle beside what is installed, in the form of `installed-version.ts`, without replacing it yet.
 *
 * @throws AppError `OUTPUT_UNWRITABLE`, `SOURCE_UNREADABLE` when its objects cannot be stored; nothing is left then.
 */
export function stageBundle(content: BundleContent, options: InstallOptions): StagedBundle {
  const { knowledgeBase, objects, facts } = content;
  const { userFolder, now } = options;
  const catalogue = catalogueOf(content);
  const folder = join(installedFolder(userFolder), `${facts.domain}-${facts.version}`);
  const generation = randomBytes(8).toString('hex');
  const target = join(folder, generation);
  let isCommitted = false;
  const discard = (): void => {
    if (isCommitted) return;
    removeQuietly(target);
    try {
      rmdirSync(folder);
    } catch {
      // It holds an older bundle, or the work of another process.
    }
  };
  try {
    makeFolder(target);
    const bundle: InstalledVersion = {
      ...facts,
      installed: now.toISOString(),
      objectCount: knowledgeBase.objects.length,
      techniqueCount: knowledgeBase.ofKind('technique').length,
      generation,
      catalogueBytes: writeLines(join(target, CATALOGUE_FILE), [catalogue]),
      objectsBytes: writeLines(join(target, OBJECTS_FILE), stixLines(objects)),
    };
    const commit = (): void => {
      commitGeneration(folder, bundle, now);
      isCommitted = true;
    };
    return { bundle, folder, commit, discard };
  } catch (cause) {
    discard();
    throw unwritable(folder, cause);
  }
}
