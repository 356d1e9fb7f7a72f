/** What a stretch of a report is. A table row is one block: its cells are separated by tabs in the text. */
export type ReportBlockKind =
  | 'heading'
  | 'paragraph'
  | 'list-item'
  | 'table-row'
  | 'code'
  | 'quote'
  | 'caption';

/** A stretch of a report's text. */
export interface ReportBlock {
  readonly kind: ReportBlockKind;
  /** UTF-16 offsets into the report's text, end exclusive. */
  readonly start: number;
  readonly end: number;
  /** Headings: 1 (title) to 6. */
  readonly level?: number | undefined;
  /** Page of a paged document, 1-based. */
  readonly page?: number | undefined;
}

/** A threat report as it was read: every later claim points into `text`, and `text.slice(start, end)` is its quote. */
export interface ReportDocument {
  readonly kind: 'report';
  /** Path of the file, `zip!member`, URL; `feed.xml#3` for the third entry of a feed. */
  readonly source: string;
  /** `pdf`, `docx`, `html`, `markdown`, `text`, `stix`, `feed`. */
  readonly format: string;
  readonly title: string | undefined;
  /** ISO 8601; undefined when the document does not say. */
  readonly date: string | undefined;
  /** The text as extracted, never changed afterwards. */
  readonly text: string;
  /** In the order of the text, without overlap. */
  readonly blocks: readonly ReportBlock[];
}
