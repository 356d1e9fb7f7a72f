import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AppError } from '../model/index.js';
import type { SnapshotRow } from '../store/index.js';
import type { Workspace } from './open-workspace.js';
import {
  BACKUP_FORMAT,
  type BackupManifest,
  type BackupTable,
  MANIFEST,
  PART_BYTES,
} from './workspace-backup.js';
import { workspaceFiles } from './workspace-files.js';
import { openZipWriter, type ZipWriter } from './zip-writer.js';

export interface ExportOptions {
  /** Must not be there. */
  readonly file: string;
  /** With people, password hashes and tokens. Default false. */
  readonly withUsers?: boolean | undefined;
  readonly now?: (() => Date) | undefined;
}

export interface ExportResult {
  readonly tables: readonly BackupTable[];
  readonly sizeBytes: number;
}

/**
 * Writes all of a workspace into one ZIP file, as it is at one moment: a member of lines of JSON for each table or part of
 * one, the text files, and a manifest with counts and SHA-256 of each. Other processes may write meanwhile.
 *
 * @throws AppError `CONFLICT` when the file is there; `OUTPUT_UNWRITABLE`; `STORE_UNAVAILABLE`.
 */
export async function exportWorkspace(
  workspace: Pick<Workspace, 'folder' | 'store'>,
  options: ExportOptions,
): Promise<ExportResult> {
  const { file } = options;
  if (existsSync(file))
    throw new AppError('CONFLICT', `${file} is there already; nothing was written`);
  const temporary = `${file}.${process.pid}.part`;
  makeFolder(dirname(file));
  const writer = await openZipWriter(temporary);
  try {
    const manifest = await writeAll(workspace, writer, options);
    const sizeBytes = await writer.end();
    renameSync(temporary, file);
    return { tables: manifest.tables.map(({ name, rows }) => ({ name, rows })), sizeBytes };
  } catch (error) {
    writer.abandon();
    rmSync(temporary, { force: true });
    throw error;
  }
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? 'unknown reason';
    throw new AppError('OUTPUT_UNWRITABLE', `cannot write ${folder}: ${reason}`, { cause });
  }
}

async function writeAll(
  { folder, store }: Pick<Workspace, 'folder' | 'store'>,
  writer: ZipWriter,
  { withUsers = false, now = () => new Date() }: ExportOptions,
): Promise<BackupManifest> {
  const tables = new TableWriter(writer);
  await store.snapshot.read({
    withUsers,
    onBatch: (table, rows) => tables.add(table, rows),
  });
  tables.endPart();
  const files: BackupManifest['files'] = [];
  for (const name of workspaceFiles(folder)) {
    writer.begin(`files/${name}`);
    await writer.write(readFileSync(join(folder, name)));
    files.push({ ...writer.endMember(), name });
  }
  const manifest: BackupManifest = {
    kind: 'portolan-workspace',
    format: BACKUP_FORMAT,
    schemaVersion: store.snapshot.schemaVersion,
    portolanVersion: portolanVersion(),
    createdAt: now().toISOString(),
    engine: store.engine,
    withUsers,
    tables: tables.tables,
    files,
  };
  writer.begin(MANIFEST);
  await writer.write(Buffer.from(`${JSON.stringify(manifest, undefined, 2)}\n`));
  writer.endMember();
  return manifest;
}

function portolanVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/** Writes rows as lines of JSON, a table after the other, in parts. */
class TableWriter {
  readonly tables: BackupManifest['tables'] = [];
  readonly #writer: ZipWriter;
  #part = { rows: 0, sizeBytes: 0, isOpen: false };

  constructor(writer: ZipWriter) {
    this.#writer = writer;
  }

  async add(name: string, rows: readonly SnapshotRow[]): Promise<void> {
    if (this.tables.at(-1)?.name !== name) {
      this.endPart();
      this.tables.push({ name, rows: 0, parts: [] });
    }
    if (!this.#part.isOpen) this.#beginPart(name);
    const bytes = Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join(''), 'utf8');
    await this.#writer.write(bytes);
    this.#part.rows += rows.length;
    this.#part.sizeBytes += bytes.length;
    if (this.#part.sizeBytes >= PART_BYTES) this.endPart();
  }

  #beginPart(name: string): void {
    const place = String(this.tables.at(-1)?.parts.length ?? 0).padStart(5, '0');
    this.#writer.begin(`tables/${name}.${place}.ndjson`);
    this.#part = { rows: 0, sizeBytes: 0, isOpen: true };
  }

  endPart(): void {
    const table = this.tables.at(-1);
    if (!this.#part.isOpen || table === undefined) return;
    const { rows } = this.#part;
    table.parts.push({ ...this.#writer.endMember(), rows });
    table.rows += rows;
    this.#part = { rows: 0, sizeBytes: 0, isOpen: false };
  }
}
