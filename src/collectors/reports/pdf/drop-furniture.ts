import { groupByLine, type TextRun } from './text-run.js';

/** A page's runs and its height in points. */
export interface PageRuns {
  readonly page: number;
  readonly height: number;
  readonly width: number;
  readonly runs: readonly TextRun[];
}

/** Share of a page's height, from either edge, in which headers and footers stand. */
const EDGE = 0.1;
const PAGE_NUMBER =
  /^(?:[-–—|\s]*(?:page|seite|p\.?)?\s*\d{1,4}(?:\s*(?:\/|of|von|\|)\s*\d{1,4})?[-–—|\s]*|[ivxlc]{1,6})$/i;

interface EdgeLine {
  readonly key: string;
  readonly runs: readonly TextRun[];
  readonly text: string;
}

/** Leaves out page numbers, and the lines at the edges of pages that repeat from page to page. */
export function dropFurniture(pages: readonly PageRuns[]): readonly PageRuns[] {
  const edges = pages.map(edgeLines);
  const counts = new Map<string, number>();
  for (const lines of edges) {
    for (const key of new Set(lines.map((line) => line.key))) {
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  const enough = pages.length === 2 ? 2 : Math.max(3, Math.min(10, Math.ceil(pages.length * 0.3)));
  return pages.map((page, index) => {
    const dropped = new Set<TextRun>();
    for (const { key, runs, text } of edges[index] ?? []) {
      const isRepeated = pages.length > 1 && (counts.get(key) ?? 0) >= enough;
      if (isRepeated || PAGE_NUMBER.test(text)) for (const run of runs) dropped.add(run);
    }
    return dropped.size === 0
      ? page
      : { ...page, runs: page.runs.filter((run) => !dropped.has(run)) };
  });
}

/** Lines near the top and the bottom. Numbers in them differ from page to page. */
function edgeLines({ runs, height }: PageRuns): readonly EdgeLine[] {
  const near = runs.filter(({ y }) => y < height * EDGE || y > height * (1 - EDGE));
  const lines = groupByLine(near);
  return lines.flatMap((line) => {
    const text = line.map((run) => run.text).join(' ');
    const y = Math.round((line[0]?.y ?? 0) / 4);
    const words = text.replace(/\d+/g, '#').slice(0, 200);
    return [{ key: `${y} ${words}`, runs: line, text: text.trim() }];
  });
}
