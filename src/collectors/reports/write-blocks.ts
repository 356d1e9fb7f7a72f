import type { ReportBlock, ReportBlockKind } from '../../model/index.js';

/** A stretch of text to add. */
export interface BlockToWrite {
  readonly kind: ReportBlockKind;
  /** White space at either end is left out; a block without text is none. */
  readonly text: string;
  readonly level?: number | undefined;
  readonly page?: number | undefined;
}

/** Grows the text of a report and the blocks that point into it. */
export interface BlockWriter {
  /** False when the text has reached its limit: then nothing was added. */
  add(block: BlockToWrite): boolean;
  /** Whether a block was refused. */
  isFull(): boolean;
  finish(): { readonly text: string; readonly blocks: readonly ReportBlock[] };
}

/** Rows of a table and items of a list stand on lines of their own; an empty line is between everything else. */
const CLOSE_KINDS: ReadonlySet<ReportBlockKind> = new Set(['table-row', 'list-item']);

export function createBlockWriter(maxTextLength: number): BlockWriter {
  const parts: string[] = [];
  const blocks: ReportBlock[] = [];
  let length = 0;
  let isFull = false;
  return {
    add({ kind, text, level, page }) {
      const body = text.trim();
      if (body === '') return true;
      const isClose = CLOSE_KINDS.has(kind) && blocks.at(-1)?.kind === kind;
      const gap = blocks.length === 0 ? '' : isClose ? '\n' : '\n\n';
      if (length + gap.length + body.length > maxTextLength) {
        isFull = true;
        return false;
      }
      parts.push(gap, body);
      const start = length + gap.length;
      length = start + body.length;
      blocks.push({
        kind,
        start,
        end: length,
        ...(level === undefined ? {} : { level }),
        ...(page === undefined ? {} : { page }),
      });
      return true;
    },
    isFull: () => isFull,
    finish: () => ({ text: parts.join(''), blocks }),
  };
}

/** White space of a source's layout as single spaces. No-break spaces are text and stay. */
export function collapseSpace(text: string): string {
  return text.replace(/[ \t\n\r\f\v]+/g, ' ');
}
