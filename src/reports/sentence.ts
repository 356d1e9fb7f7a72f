import type { ReportBlockKind } from '../model/index.js';

/** What part of a report a sentence stands in, by the headings above it: advice is no observation. */
export type SectionKind =
  | 'body'
  | 'summary'
  | 'recommendations'
  | 'detection'
  | 'mitigations'
  | 'iocs'
  | 'attack-table'
  | 'references'
  | 'boilerplate';

/** The unit that the lanes read: a sentence, a list item, a table row, a heading or a block of code. */
export interface Sentence {
  /** UTF-16 offsets into the report's text, end exclusive. */
  readonly start: number;
  readonly end: number;
  readonly block: ReportBlockKind;
  readonly section: SectionKind;
  /** The nearest heading above, as written; undefined before the first. */
  readonly heading: string | undefined;
}
