/** Words that stand beside one another on a line of a page. */
export interface TextRun {
  readonly text: string;
  /** Left and right edge in points from the left of the page. */
  readonly x0: number;
  readonly x1: number;
  /** Baseline in points from the top of the page. */
  readonly y: number;
  /** Height of the type in points. */
  readonly size: number;
  /** Name of the font within its page; equal names are equal fonts. */
  readonly font: string;
  readonly isMono: boolean;
  /** Place among the runs of its page, as the file draws them. */
  readonly order: number;
  /** Where the file began to draw anew within the run, which may be where a cell of a table begins. */
  readonly breaks: readonly RunBreak[];
  /** Set when the run is a whole row of a table: then `text` has a tab between cells. */
  readonly isRow?: boolean | undefined;
}

export interface RunBreak {
  /** Index into the text of what follows. */
  readonly at: number;
  readonly x: number;
}

/** A line of a column, or a row of a table, in the order of reading. */
export interface PageLine {
  readonly kind: 'line' | 'row';
  /** Cells of a row are separated by tabs. */
  readonly text: string;
  readonly x0: number;
  readonly x1: number;
  readonly y: number;
  readonly size: number;
  readonly font: string;
  readonly isMono: boolean;
  readonly page: number;
  /** Edges of the column that the line is in. */
  readonly left: number;
  readonly right: number;
}

/** Runs whose baselines are this close, as a share of their size, stand on one line. */
export const SAME_LINE = 0.35;

/** Groups runs into lines from top to bottom, each from left to right. */
export function groupByLine(runs: readonly TextRun[]): readonly (readonly TextRun[])[] {
  const sorted = [...runs].sort((a, b) => a.y - b.y || a.x0 - b.x0);
  const lines: TextRun[][] = [];
  for (const run of sorted) {
    const line = lines.at(-1);
    const [first] = line ?? [];
    const isSame =
      first !== undefined && run.y - first.y <= SAME_LINE * Math.max(first.size, run.size);
    if (isSame) line?.push(run);
    else lines.push([run]);
  }
  for (const line of lines) line.sort((a, b) => a.x0 - b.x0);
  return lines;
}
