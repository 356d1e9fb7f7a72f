import { z } from 'zod';

/** Name of the member that describes a backup; it is the last. */
export const MANIFEST = 'manifest.json';
export const BACKUP_FORMAT = 1;
/** A table is cut into parts of about this size, so that no member needs 64-bit sizes. */
export const PART_BYTES = 32 * 1024 * 1024;
/** The longest row: a layer of 32 Mi characters, each escaped. */
export const MAX_ROW_BYTES = 256 * 1024 * 1024;
export const MAX_FILES = 20_000;
export const MAX_FILE_BYTES = 64 * 1024 * 1024;

const count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const member = {
  name: z.string().min(1).max(1_000),
  sizeBytes: count,
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
};

/** What a backup says of itself. */
export const manifestSchema = z.object({
  kind: z.literal('portolan-workspace'),
  format: count,
  schemaVersion: count,
  portolanVersion: z.string().max(100),
  createdAt: z.string().max(40),
  engine: z.enum(['sqlite', 'postgres']),
  withUsers: z.boolean(),
  tables: z
    .array(
      z.object({
        name: z.string().max(100),
        rows: count,
        parts: z.array(z.object({ ...member, rows: count })).max(100_000),
      }),
    )
    .max(100),
  files: z.array(z.object(member)).max(MAX_FILES),
});

export type BackupManifest = z.infer<typeof manifestSchema>;

/** A table of a backup and how many rows it has. */
export interface BackupTable {
  readonly name: string;
  readonly rows: number;
}
