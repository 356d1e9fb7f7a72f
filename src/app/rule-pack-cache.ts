import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { endianness } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { userFolder } from '../attack/index.js';
import { decodePack, encodePack, type RulePack } from '../sigma/index.js';

/** A file of rules, read. */
export interface RuleText {
  /** Path, as Issues name it. */
  readonly source: string;
  readonly bytes: Uint8Array;
}

const CHECKSUM_BYTES = 32;
/** Packs of rules that changed are of no use any more. */
const KEPT_PACKS = 8;

/**
 * The pack of some rules: from the user's cache when these very texts were compiled before by this very program, else
 * from `build`, and kept for the next time. A cache that cannot be read or written costs time and nothing else.
 *
 * @param options.folder default `cache/rules` in the user's folder.
 * @param options.variant what else the pack depends on, such as placeholders.
 */
export async function cachedRulePack(
  texts: readonly RuleText[],
  build: () => RulePack,
  options: { readonly folder?: string | undefined; readonly variant?: string | undefined } = {},
): Promise<RulePack> {
  const folder = options.folder ?? join(userFolder(), 'cache', 'rules');
  const file = join(folder, `${keyOf(texts, options.variant ?? '')}.pack`);
  const known = await readPack(file);
  if (known !== undefined) return known;
  const built = build();
  const bytes = sharedCopy(encodePack(built));
  await writePack(file, folder, bytes).catch(ignoreDisk);
  // As it is read the next time: what the building has left behind can go.
  return decodePack(bytes) ?? built;
}

/** Names and contents of all files, and the program that compiles them. */
function keyOf(texts: readonly RuleText[], variant: string): string {
  const hash = createHash('sha256');
  const add = (part: string | Uint8Array): void => {
    hash.update(`${part.length}\n`);
    hash.update(part);
  };
  add(`${programStamp()} ${endianness()} ${variant}`);
  for (const { source, bytes } of texts) {
    add(source);
    add(bytes);
  }
  return hash.digest('hex').slice(0, 40);
}

/** Sizes and times of the files that hold the compiler, be it bundled or not. */
function programStamp(): string {
  const own = fileURLToPath(import.meta.url);
  const compiler = fileURLToPath(new URL('../sigma/', import.meta.url));
  const files = [own, ...filesBelow(compiler)];
  return files
    .map((file) => {
      const { size, mtimeMs } = statSync(file);
      return `${size} ${mtimeMs}`;
    })
    .join();
}

function filesBelow(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.[jt]s$/.test(name) && !name.endsWith('.test.ts'))
      .map((name) => join(folder, name))
      .sort();
  } catch {
    // A bundle may stand alone.
    return [];
  }
}

/** Undefined on any doubt: missing, cut off, changed, of another version. */
async function readPack(file: string): Promise<RulePack | undefined> {
  let bytes: Uint8Array;
  try {
    bytes = sharedCopy(readFileSync(file));
  } catch (error) {
    ignoreDisk(error);
    return undefined;
  }
  const checksum = bytes.subarray(0, CHECKSUM_BYTES);
  const body = bytes.subarray(CHECKSUM_BYTES);
  if (!createHash('sha256').update(body).digest().equals(checksum)) return undefined;
  const pack = openPack(body);
  if (pack !== undefined) await markUsed(file);
  return pack;
}

/** Bytes that all threads can use at once. */
function sharedCopy(bytes: Uint8Array): Uint8Array {
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  return shared;
}

function openPack(body: Uint8Array): RulePack | undefined {
  try {
    return decodePack(body);
  } catch (error) {
    // A checksum can be made for anything: what does not hold together is no pack.
    if (error instanceof TypeError || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** So that the packs in use are those that are kept. */
async function markUsed(file: string): Promise<void> {
  const now = new Date();
  await utimes(file, now, now).catch(ignoreDisk);
}

/** Written beside and moved into place: no reader sees half a pack, and of two writers one wins. */
async function writePack(file: string, folder: string, body: Uint8Array): Promise<void> {
  await mkdir(folder, { recursive: true });
  const checksum = createHash('sha256').update(body).digest();
  const beside = join(folder, `${randomUUID()}.part`);
  try {
    await writeFile(beside, Buffer.concat([checksum, body]));
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
  await dropOldPacks(folder);
}

async function dropOldPacks(folder: string): Promise<void> {
  const names = readdirSync(folder).filter((name) => /\.(pack|part)$/.test(name));
  const packs = await Promise.all(
    names.map(async (name) => ({ name, usedMs: (await stat(join(folder, name))).mtimeMs })),
  );
  packs.sort((a, b) => b.usedMs - a.usedMs);
  for (const { name } of packs.slice(KEPT_PACKS)) await rm(join(folder, name), { force: true });
}

/** Faults of ours must not look like those of a disk. */
function ignoreDisk(error: unknown): void {
  if (!(error instanceof Error && 'syscall' in error)) throw error;
}
