/** Bounds on what an archive may hold, against those that are made to fill a disk or a day. */
export interface ArchiveLimits {
  readonly maxMembers: number;
  /** An archive or member that expands more than `maxRatio`-fold is given up once `freeBytes` are read. */
  readonly maxRatio: number;
  readonly freeBytes: number;
  /** An archive within an archive is written to a temporary file; larger ones are not read. */
  readonly maxNestedBytes: number;
}

/** A real log compresses at most 100-fold, deflate 1,032-fold at best. */
export const ARCHIVE_LIMITS: ArchiveLimits = {
  maxMembers: 100_000,
  maxRatio: 400,
  freeBytes: 256 * 1024 * 1024,
  maxNestedBytes: 2 * 1024 * 1024 * 1024,
};
