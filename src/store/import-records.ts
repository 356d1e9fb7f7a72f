import type { Issue } from '../model/index.js';

export const IMPORT_KINDS = ['logs', 'rules', 'layers', 'reports', 'findings'] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

/** `running` also after a crash; what it had saved by then is whole and stays. */
export type ImportStatus = 'running' | 'finished' | 'failed' | 'cancelled';

export interface ImportFile {
  readonly source: string;
  /** Of the bytes on disk, 64 hex digits. */
  readonly sha256: string;
  readonly sizeBytes: number;
}

export interface ImportInput {
  readonly kind: ImportKind;
  /** For people: `investigation`, `report.pdf`. */
  readonly name: string;
  readonly files: readonly ImportFile[];
  readonly attackVersion: string;
  /** Who; undefined for the command line. */
  readonly userId?: number | undefined;
  /** How it was read: `{"minLevel": "medium"}`; at most 65,536 characters as JSON. */
  readonly options?: Readonly<Record<string, unknown>> | undefined;
}

export interface ImportRecord {
  readonly importId: number;
  readonly kind: ImportKind;
  readonly name: string;
  readonly status: ImportStatus;
  readonly files: readonly ImportFile[];
  readonly attackVersion: string;
  readonly userId: number | undefined;
  readonly options: Readonly<Record<string, unknown>>;
  /** How often the same files were imported; 1 at first. */
  readonly runs: number;
  readonly startedMs: number;
  readonly finishedMs: number | undefined;
  /** Records read: events, sentences, rules, entries of layers. */
  readonly records: number;
  /** Pieces of evidence that were new, and that the store had already. */
  readonly added: number;
  readonly duplicates: number;
  readonly issueCount: number;
  /** The first 100. */
  readonly issues: readonly Issue[];
  /** Why it failed, one line. */
  readonly failure: string | undefined;
}

/** What ends an import. */
export interface ImportEnd {
  readonly status: Exclude<ImportStatus, 'running'>;
  readonly records: number;
  readonly issueCount: number;
  readonly issues: readonly Issue[];
  readonly failure?: string | undefined;
}

/** What came of a batch; it is stored whole or not at all. */
export interface BatchOutcome {
  readonly added: number;
  readonly duplicates: number;
}
