import type { Issue } from '../model/index.js';

/** A file that was brought in: where it lies, and what its owner calls it. */
export interface StagedFile {
  readonly path: string;
  /** For people; may hold folders. */
  readonly name: string;
  readonly sizeBytes: number;
}

/** What a file is taken for. */
export type StagedKind = 'logs' | 'rules' | 'layers' | 'reports' | 'findings';

/** How an import is read. */
export interface ImportChoices {
  /** `auto`: each file is told apart by its content. */
  readonly kind: 'auto' | StagedKind;
  /** ISO 8601 UTC, of events. */
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  readonly minLevel?: string | undefined;
}

/** How far an import is. */
export interface ImportProgress {
  readonly files: number;
  readonly filesDone: number;
  readonly events: number;
  readonly bytes: number;
  readonly totalBytes: number;
}

/** What an import added. */
export interface ImportResult {
  readonly events: number;
  /** New ones; what is there already is not counted. */
  readonly mappings: number;
  readonly evidence: number;
  /** That any of it shows, however unsure. */
  readonly techniques: number;
  readonly layers: number;
  readonly rules: number;
  readonly reports: number;
}

/** What came of an import. */
export interface ImportOutcome {
  readonly result: ImportResult;
  /** Imports of the store that it became, one for each kind of file. */
  readonly importIds: readonly number[];
  readonly issueCount: number;
  /** The first 100 that no import of the store holds. */
  readonly issues: readonly Issue[];
  /** Whether it was stopped before its end. */
  readonly isInterrupted: boolean;
}

export const NOTHING_YET: ImportProgress = {
  files: 0,
  filesDone: 0,
  events: 0,
  bytes: 0,
  totalBytes: 0,
};

export const NOTHING_ADDED: ImportResult = {
  events: 0,
  mappings: 0,
  evidence: 0,
  techniques: 0,
  layers: 0,
  rules: 0,
  reports: 0,
};
