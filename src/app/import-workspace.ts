import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { AppError } from '../model/index.js';
import { openStore, SCHEMA_VERSION, type Store } from '../store/index.js';
import type { BackupTable } from './workspace-backup.js';
import { type BackupReader, openBackup } from './workspace-backup-reader.js';
import { DATABASE_FILE, WORKSPACE_FILE } from './workspace-place.js';

export interface ImportWorkspaceOptions {
  /** What `exportWorkspace` wrote. */
  readonly file: string;
  /** Made when it is not there; must hold no workspace. */
  readonly folder: string;
  /** An empty store to fill; default a database in the folder. */
  readonly store?: string | undefined;
}

export interface ImportWorkspaceResult {
  /** Absolute. */
  readonly folder: string;
  readonly tables: readonly BackupTable[];
}

/**
 * Makes a workspace from a backup, whichever engine it came from: all of it, or nothing.
 *
 * @throws AppError `SOURCE_UNREADABLE` when the backup is damaged or no backup; `STORE_NEWER`; `CONFLICT` when folder or
 *   store hold something; `OUTPUT_UNWRITABLE`, `STORE_UNAVAILABLE`.
 */
export async function importWorkspace(
  options: ImportWorkspaceOptions,
): Promise<ImportWorkspaceResult> {
  const { file, folder, store } = options;
  const root = resolve(folder);
  for (const name of [WORKSPACE_FILE, DATABASE_FILE])
    if (existsSync(join(root, name)))
      throw new AppError('CONFLICT', `${join(folder, name)} is there already; nothing was changed`);
  const backup = await openBackup(file, SCHEMA_VERSION);
  try {
    const files = await readAllFiles(backup);
    mkdirSync(root, { recursive: true });
    await fillStore(store ?? join(root, DATABASE_FILE), { backup, file });
    for (const { name, bytes } of files) writeNew(join(root, name), bytes);
    const tables = backup.manifest.tables.map(({ name, rows }) => ({ name, rows }));
    return { folder: root, tables };
  } finally {
    backup.close();
  }
}

/** Before the store is filled: what is damaged must change nothing. */
async function readAllFiles(backup: BackupReader) {
  const files: { readonly name: string; readonly bytes: Buffer }[] = [];
  for await (const file of backup.files()) files.push(file);
  return files;
}

async function fillStore(
  place: string,
  { backup, file }: { readonly backup: BackupReader; readonly file: string },
): Promise<void> {
  const isNew = !existsSync(place);
  const store = await openStore(place);
  try {
    await store.snapshot.write(backup.rows());
  } catch (error) {
    await closeAndRemove(store, isNew ? place : undefined);
    throw asDamage(file, error);
  }
  await store.close();
}

async function closeAndRemove(store: Store, path: string | undefined): Promise<void> {
  await store.close();
  if (path === undefined || store.engine !== 'sqlite') return;
  for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
}

/** What a store refuses of a backup is the backup's fault: a value or reference that does not fit. */
function asDamage(file: string, error: unknown): unknown {
  const isOther = error instanceof AppError && error.code !== 'USAGE';
  if (isOther) return error;
  const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
  return new AppError('SOURCE_UNREADABLE', `${file} is no whole backup: ${reason}`, {
    cause: error,
  });
}

function writeNew(path: string, bytes: Buffer): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes, { flag: 'wx' });
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? 'unknown reason';
    throw new AppError('OUTPUT_UNWRITABLE', `cannot write ${path}: ${reason}`, { cause });
  }
}
