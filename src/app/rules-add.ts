import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { download } from '../attack/bundles.js';
import { AppError, type Issue } from '../model/index.js';
import { collectPack, type PackContent } from './rules-collect.js';
import { isPackName, packsFolder, type RulePackSource } from './rules-installed.js';
import { storePack } from './rules-store.js';

/** Packs that are known by name. Source: the releases of SigmaHQ/sigma on GitHub. */
export const KNOWN_PACKS: Readonly<
  Record<string, { readonly url: string; readonly licence: string }>
> = {
  sigmahq: {
    url: 'https://github.com/SigmaHQ/sigma/releases/latest/download/sigma_all_rules.zip',
    licence: 'Detection Rule License (DRL) 1.1',
  },
  'sigmahq-core': {
    url: 'https://github.com/SigmaHQ/sigma/releases/latest/download/sigma_core.zip',
    licence: 'Detection Rule License (DRL) 1.1',
  },
};

export interface RulesAddOptions {
  /** A folder, a zip file, a URL of one, or a name of `KNOWN_PACKS`. */
  readonly source: string;
  /** Default: the known name, else that of the folder or file. */
  readonly name?: string | undefined;
  readonly userFolder: string;
  readonly now: Date;
  readonly fetch: typeof globalThis.fetch;
  readonly signal?: AbortSignal | undefined;
  readonly onBytes?: ((received: number, total: number | undefined) => void) | undefined;
}

/** What was installed. */
export interface RulesAdded {
  readonly pack: RulePackSource;
  readonly folder: string;
  /** Whether a pack of this name was there and is replaced. */
  readonly replaced: boolean;
  /** What of it is not used: rules that are refused, members that are no rules or have names that cannot be used. */
  readonly issues: readonly Issue[];
}

const MAX_ARCHIVE_BYTES = 100 * 1024 * 1024;

/**
 * Installs a pack of Sigma rules in the user's folder; a pack of the same name is replaced at once, or kept when something
 * fails.
 *
 * @throws AppError `USAGE` for a name that cannot be one; `SOURCE_UNREADABLE` when it holds no rule that can be used;
 *   `DOWNLOAD_FAILED`; `OUTPUT_UNWRITABLE`.
 */
export async function addRules(options: RulesAddOptions): Promise<RulesAdded> {
  const { source, userFolder, now } = options;
  const name = options.name ?? defaultName(source);
  if (!isPackName(name))
    throw new AppError(
      'USAGE',
      `expected a name of small letters, digits, ".", "_" and "-", found ${JSON.stringify(name.slice(0, 60))}; --name gives one`,
    );
  const known = knownPack(source);
  const read = await readSource(known?.url ?? source, options);
  if (read.content.rules === 0)
    throw new AppError(
      'SOURCE_UNREADABLE',
      `expected Sigma rules in ${read.origin}, found ${read.content.issues[0]?.message ?? 'none'}; nothing changed`,
    );
  const { content } = read;
  const pack: RulePackSource = {
    name,
    source: read.origin,
    installed: now.toISOString(),
    files: content.files.size,
    rules: content.rules,
    licence: known?.licence ?? content.licence,
    sha256: read.sha256,
    generation: randomBytes(8).toString('hex'),
  };
  const { folder, replaced } = await storePack(
    join(packsFolder(userFolder), name),
    pack,
    content.files,
  );
  return { pack, folder, replaced, issues: content.issues };
}

function knownPack(source: string) {
  return Object.hasOwn(KNOWN_PACKS, source) ? KNOWN_PACKS[source] : undefined;
}

function defaultName(source: string): string {
  if (knownPack(source) !== undefined) return source;
  const path = isUrl(source) ? new URL(source).pathname : source;
  return basename(path.replace(/[/\\]+$/, ''))
    .replace(/\.(zip|tar|tgz|gz)$/i, '')
    .toLowerCase();
}

function isUrl(source: string): boolean {
  return /^https?:\/\//i.test(source) && URL.canParse(source);
}

interface ReadSource {
  readonly content: PackContent;
  /** Path, or the URL that was asked for. */
  readonly origin: string;
  readonly sha256: string | undefined;
}

async function readSource(source: string, options: RulesAddOptions): Promise<ReadSource> {
  if (!isUrl(source)) return readLocal(source);
  const { fetch, signal, onBytes } = options;
  const limits = { maxBytes: MAX_ARCHIVE_BYTES };
  const { bytes } = await download(source, { fetch, signal, onBytes, ...limits }).catch(asRules);
  const folder = await mkdtemp(join(tmpdir(), 'portolan-rules-'));
  try {
    const path = join(folder, 'download');
    await writeFile(path, bytes);
    const content = await collectPack(path);
    const { origin, pathname } = new URL(source);
    return { content, origin: origin + pathname, sha256: sha256Of(bytes) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The way out that the download offers is for bundles of ATT&CK. */
function asRules(error: unknown): never {
  if (!(error instanceof AppError)) throw error;
  const message = error.message.replace(
    /; take the bundle from another machine.*$/,
    '; fetch the zip file from another machine and run: portolan rules add FILE',
  );
  throw new AppError(error.code, message, { cause: error });
}

async function readLocal(path: string): Promise<ReadSource> {
  let isFile: boolean;
  try {
    isFile = (await stat(path)).isFile();
  } catch (error) {
    const known = Object.keys(KNOWN_PACKS).join(', ');
    throw new AppError(
      'SOURCE_UNREADABLE',
      `expected a folder, a zip file, a URL or a known name (${known}), found ${JSON.stringify(path.slice(0, 200))}`,
      { cause: error },
    );
  }
  const content = await collectPack(path);
  return { content, origin: path, sha256: isFile ? sha256Of(await readFile(path)) : undefined };
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
