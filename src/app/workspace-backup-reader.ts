import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { AppError, isRecord } from '../model/index.js';
import type { SnapshotRow } from '../store/index.js';
import {
  BACKUP_FORMAT,
  type BackupManifest,
  MANIFEST,
  MAX_FILE_BYTES,
  MAX_ROW_BYTES,
  manifestSchema,
} from './workspace-backup.js';
import { isWorkspaceFile } from './workspace-files.js';

/** An open backup; everything that is read of it is checked against its manifest. */
export interface BackupReader {
  readonly manifest: BackupManifest;
  rows(): AsyncGenerator<{ readonly table: string; readonly rows: readonly SnapshotRow[] }>;
  files(): AsyncGenerator<{ readonly name: string; readonly bytes: Buffer }>;
  close(): void;
}

const MAX_MEMBERS = 120_000;
const MAX_MANIFEST_BYTES = 64 * 1024 * 1024;
// Lines of JSON pack to a tenth; whoever claims more than this has packed something else.
const MAX_RATIO = 200;
const MIN_BYTES = 64 * 1024 * 1024;
const ROWS = 2_000;
const BATCH_BYTES = 8 * 1024 * 1024;

/**
 * Opens a backup.
 *
 * @param schemaVersion the newest that can be read.
 * @throws AppError `SOURCE_UNREADABLE` when it is cut off, damaged, no backup or a bomb, also while it is read;
 *   `STORE_NEWER` when a newer Portolan made it.
 */
export async function openBackup(path: string, schemaVersion: number): Promise<BackupReader> {
  const { zip, sizeBytes } = await openZip(path);
  try {
    const entries = await readEntries(path, zip);
    const manifest = await readManifest(path, zip, entries.get(MANIFEST));
    if (manifest.format > BACKUP_FORMAT || manifest.schemaVersion > schemaVersion)
      throw new AppError(
        'STORE_NEWER',
        `${path} has schema ${manifest.schemaVersion}, this Portolan knows ${schemaVersion}: update Portolan`,
      );
    refuseBomb(path, manifest, sizeBytes);
    const source = { path, zip, entries };
    return {
      manifest,
      rows: () => readTables(source, manifest),
      files: () => readFiles(source, manifest),
      close: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

interface Source {
  readonly path: string;
  readonly zip: ZipFile;
  readonly entries: ReadonlyMap<string, Entry>;
}

function damaged(path: string, reason: string, cause?: unknown): AppError {
  return new AppError('SOURCE_UNREADABLE', `${path} is no whole backup: ${reason}`, { cause });
}

async function openZip(
  path: string,
): Promise<{ readonly zip: ZipFile; readonly sizeBytes: number }> {
  try {
    const { size } = await stat(path);
    return {
      zip: await openPromise(path, { lazyEntries: true, autoClose: false }),
      sizeBytes: size,
    };
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (code !== undefined)
      throw new AppError('SOURCE_UNREADABLE', `cannot read ${path}: ${code}`, { cause });
    throw damaged(path, 'it is no ZIP file, or cut off', cause);
  }
}

async function readEntries(path: string, zip: ZipFile): Promise<ReadonlyMap<string, Entry>> {
  const entries = new Map<string, Entry>();
  try {
    for await (const entry of zip.eachEntry()) {
      if (entries.size >= MAX_MEMBERS) throw new Error('too many members');
      if (entries.has(entry.fileName)) throw new Error('two members of one name');
      entries.set(entry.fileName, entry);
    }
  } catch (cause) {
    throw damaged(path, cause instanceof Error ? cause.message : 'its table is damaged', cause);
  }
  return entries;
}

async function readManifest(
  path: string,
  zip: ZipFile,
  entry: Entry | undefined,
): Promise<BackupManifest> {
  if (entry === undefined) throw damaged(path, `it has no ${MANIFEST}`);
  const chunks: Buffer[] = [];
  for await (const chunk of readBytes({ path, zip }, entry, MAX_MANIFEST_BYTES)) chunks.push(chunk);
  const value = parseJson(Buffer.concat(chunks).toString('utf8'));
  const result = manifestSchema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw damaged(
    path,
    `${MANIFEST} at ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'invalid'}`,
  );
}

function refuseBomb(path: string, { tables, files }: BackupManifest, sizeBytes: number): void {
  const sizes = [...tables.flatMap(({ parts }) => parts), ...files].map((one) => one.sizeBytes);
  const claimed = sizes.reduce((sum, size) => sum + size, 0);
  if (claimed > MIN_BYTES + MAX_RATIO * sizeBytes)
    throw damaged(path, `${sizeBytes} bytes that unpack to ${claimed} are a bomb`);
}

/** Bytes of a member; more than `maxBytes` are refused while they come. */
async function* readBytes(
  { path, zip }: Pick<Source, 'path' | 'zip'>,
  entry: Entry,
  maxBytes: number,
): AsyncGenerator<Buffer> {
  let size = 0;
  try {
    const stream = await zip.openReadStreamPromise(entry);
    for await (const chunk of stream) {
      const bytes: Buffer = chunk;
      size += bytes.length;
      if (size > maxBytes) throw new Error(`${entry.fileName} is larger than it says`);
      yield bytes;
    }
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw damaged(
      path,
      cause instanceof Error ? cause.message : `${entry.fileName} is damaged`,
      cause,
    );
  }
}

/** A member's bytes, which must be what the manifest says. */
async function* readMember(
  source: Source,
  name: string,
  expected: { readonly sizeBytes: number; readonly sha256: string },
): AsyncGenerator<Buffer> {
  const entry = source.entries.get(name);
  if (entry === undefined) throw damaged(source.path, `${name} is missing`);
  const hash = createHash('sha256');
  let size = 0;
  for await (const bytes of readBytes(source, entry, expected.sizeBytes)) {
    hash.update(bytes);
    size += bytes.length;
    yield bytes;
  }
  if (size !== expected.sizeBytes || hash.digest('hex') !== expected.sha256)
    throw damaged(source.path, `${name} is not what the manifest says`);
}

async function* readTables(
  source: Source,
  { tables }: BackupManifest,
): ReturnType<BackupReader['rows']> {
  for (const { name, rows: total, parts } of tables) {
    let count = 0;
    for (const part of parts)
      for await (const rows of readRows(source, part)) {
        count += rows.length;
        yield { table: name, rows };
      }
    if (count !== total)
      throw damaged(source.path, `table ${name} has ${count} rows, not ${total}`);
  }
}

async function* readRows(
  source: Source,
  part: BackupManifest['tables'][number]['parts'][number],
): AsyncGenerator<readonly SnapshotRow[]> {
  let rows: SnapshotRow[] = [];
  let bytes = 0;
  for await (const line of readLines(source, part)) {
    rows.push(toRow(source.path, part.name, line));
    bytes += line.length;
    if (rows.length < ROWS && bytes < BATCH_BYTES) continue;
    yield rows;
    rows = [];
    bytes = 0;
  }
  if (rows.length > 0) yield rows;
}

async function* readLines(
  source: Source,
  part: { readonly name: string; readonly sizeBytes: number; readonly sha256: string },
): AsyncGenerator<string> {
  let pending: Buffer[] = [];
  let size = 0;
  for await (const bytes of readMember(source, part.name, part)) {
    let start = 0;
    for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, start)) {
      pending.push(bytes.subarray(start, end));
      yield Buffer.concat(pending).toString('utf8');
      pending = [];
      size = 0;
      start = end + 1;
    }
    if (start === bytes.length) continue;
    pending.push(bytes.subarray(start));
    size += bytes.length - start;
    if (size > MAX_ROW_BYTES) throw damaged(source.path, `${part.name} has a row that is too long`);
  }
  if (pending.length > 0) throw damaged(source.path, `${part.name} ends within a row`);
}

function toRow(path: string, name: string, line: string): SnapshotRow {
  const value = parseJson(line);
  const fits =
    isRecord(value) &&
    Object.values(value).every(
      (one) => one === null || typeof one === 'string' || typeof one === 'number',
    );
  if (!fits) throw damaged(path, `${name} holds a line that is no row`);
  return value as SnapshotRow;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function* readFiles(
  source: Source,
  { files }: BackupManifest,
): ReturnType<BackupReader['files']> {
  for (const file of files) {
    if (!isWorkspaceFile(file.name))
      throw damaged(source.path, `${JSON.stringify(file.name)} is no file of a workspace`);
    if (file.sizeBytes > MAX_FILE_BYTES) throw damaged(source.path, `${file.name} is too large`);
    const chunks: Buffer[] = [];
    for await (const chunk of readMember(source, `files/${file.name}`, file)) chunks.push(chunk);
    yield { name: file.name, bytes: Buffer.concat(chunks) };
  }
}
