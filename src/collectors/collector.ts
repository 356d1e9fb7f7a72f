import type { Issue } from '../model/index.js';
import type { Event } from './event.js';

/** Some events of a file and what could not be read among them, in the order of the file. */
export interface EventBatch {
  readonly events: readonly Event[];
  readonly issues: readonly Issue[];
}

/** A file to read: decompressed, from its start. */
export interface CollectorInput {
  /** Path or other name, for events and Issues. */
  readonly source: string;
  readonly chunks: AsyncIterable<Uint8Array>;
  /** When the file was last written, for times without a year: none of its events is later. Default now. */
  readonly modified?: Date | undefined;
}

/** Reads one format. Foreign bytes never make it throw; memory does not grow with the input. */
export interface Collector {
  /** `json` */
  readonly name: string;
  /**
   * Whether a file is of this format, by its content.
   *
   * @param head the first bytes, at most 64 KiB, decompressed.
   */
  detect(name: string, head: Uint8Array): boolean;
  read(input: CollectorInput): AsyncIterable<EventBatch>;
}
