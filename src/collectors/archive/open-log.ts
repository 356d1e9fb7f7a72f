import type { OpenFile } from '../open-bytes.js';
import type { ArchiveLimits } from './archive-limits.js';

/** A log opened for reading: a file, or a member of an archive. */
export interface OpenLog {
  readonly kind: 'log';
  /** The path; `zip!member` within an archive. */
  readonly source: string;
  readonly file: OpenFile;
}

/** An archive whose start has been seen. */
export interface OpenArchive {
  /** Where it lies on disk; undefined when it is packed in something and must be unpacked first. */
  readonly path: string | undefined;
  readonly source: string;
  readonly file: OpenFile;
  readonly limits: ArchiveLimits;
  /** 0 for a file, 1 for an archive in an archive. */
  readonly depth: number;
}
