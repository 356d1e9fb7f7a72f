import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
  type InstalledVersion,
  type PreparedBundle,
  parseBundle,
  prepareBundle,
  refuseSmallerBundle,
  type StagedBundle,
  stageBundle,
} from '../attack/bundles.js';
import { decodeText, listVersions, readTextFile, type VersionEntry } from '../attack/index.js';
import type { Domain, Issue } from '../model/index.js';
import { defaultVersionOf } from './default-version-of.js';

export interface ImportOptions {
  /** STIX bundles, plain or gzip, each of one domain or several; those of one domain and version are merged. */
  readonly files: readonly string[];
  /** ATT&CK version, or a label of one's own; default: what the bundle, its name or its content says. */
  readonly version?: string | undefined;
  /** The domain to take from the files; default: all that they hold. */
  readonly domain?: Domain | undefined;
  /** Take a bundle that is much smaller than what it replaces. Default false. */
  readonly force?: boolean | undefined;
  readonly userFolder: string;
  readonly now: Date;
  /** Versions that are there; default: shipped and installed. */
  readonly versions?: readonly VersionEntry[] | undefined;
  /** Called before a file is read. */
  readonly onFile?: ((file: string) => void) | undefined;
}

/** A bundle that is in place now. */
export interface ImportedBundle {
  readonly bundle: InstalledVersion;
  /** Folder that holds it. */
  readonly folder: string;
  readonly files: readonly string[];
  /** What told its version: `collection`, `file name`, `content`, … */
  readonly toldBy: PreparedBundle['toldBy'];
  /** What opens when no version is asked for; another one where a newer version is there. */
  readonly defaultVersion: string | undefined;
  /** What was wrong in the files and is skipped. */
  readonly issues: readonly Issue[];
}

interface Stage extends Omit<ImportedBundle, 'bundle' | 'folder' | 'defaultVersion'> {
  readonly staged: StagedBundle;
}

interface Request {
  readonly files: readonly string[];
  readonly versions: readonly VersionEntry[];
  readonly version: string | undefined;
  readonly domain: Domain | undefined;
}

/** A file's text and hash. Read once only: the file may be a pipe. */
function readHashed(file: string): { text: string; sha256: string | undefined } {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch {
    // Fails again, with words for the reason.
    return { text: readTextFile(file), sha256: undefined };
  }
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { text: decodeText(bytes, file), sha256 };
}

function prepareFiles({ files, ...request }: Request): readonly PreparedBundle[] {
  const read = files.map((file) => {
    const { text, sha256 } = readHashed(file);
    return { document: parseBundle(text, file), sha256 };
  });
  return prepareBundle({
    ...request,
    documents: read.map(({ document }) => document),
    sources: files,
    sha256: read.length === 1 ? read[0]?.sha256 : undefined,
  });
}

/** Stages what files hold, a stage for each domain and version; files of the same one are read again and merged. */
function stageFiles(options: ImportOptions, versions: readonly VersionEntry[]): readonly Stage[] {
  const { userFolder, now, version, domain } = options;
  const stages = new Map<string, Stage>();
  const stage = ({ content, toldBy, issues }: PreparedBundle, files: readonly string[]): void => {
    const key = `${content.facts.domain} ${content.facts.version}`;
    const staged = stageBundle(content, { userFolder, now });
    stages.get(key)?.staged.discard();
    stages.set(key, { staged, files, toldBy, issues });
  };
  try {
    for (const file of new Set(options.files)) {
      options.onFile?.(file);
      for (const prepared of prepareFiles({ files: [file], version, domain, versions })) {
        const { facts } = prepared.content;
        const earlier = stages.get(`${facts.domain} ${facts.version}`);
        if (earlier === undefined) stage(prepared, [file]);
        else {
          const files = [...earlier.files, file];
          const { toldBy } = earlier;
          const merged = prepareFiles({ ...facts, files, versions });
          for (const one of merged) stage({ ...one, toldBy }, files);
        }
      }
    }
  } catch (error) {
    for (const { staged } of stages.values()) staged.discard();
    throw error;
  }
  return [...stages.values()];
}

/**
 * Brings STIX bundles of ATT&CK from disk into the user's folder. All of them are read and written beside what is
 * there before any takes its place, so that a file that cannot be used leaves everything as it was.
 *
 * @throws AppError `SOURCE_UNREADABLE` when a file holds nothing usable, `USAGE` when its version cannot be told,
 *   `OUTPUT_UNWRITABLE`.
 */
export function importBundles(options: ImportOptions): readonly ImportedBundle[] {
  const { userFolder, versions = listVersions({ userFolder }) } = options;
  const stages = stageFiles(options, versions);
  try {
    for (const { staged } of options.force === true ? [] : stages) {
      refuseSmallerBundle(staged.bundle, versions);
    }
    for (const { staged } of stages) staged.commit();
    return stages.map(({ staged: { bundle, folder }, ...rest }) => {
      const defaultVersion = defaultVersionOf(bundle.domain, userFolder);
      return { bundle, folder, defaultVersion, ...rest };
    });
  } catch (error) {
    for (const { staged } of stages) staged.discard();
    throw error;
  }
}
