const MAX_RANGES = 20;

/** `page 3`, `pages 1, 3 to 5`. @param pages ascending. */
export function nameRanges(pages: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const page of pages) {
    const last = ranges.at(-1);
    if (last !== undefined && page === last[1] + 1) last[1] = page;
    else ranges.push([page, page]);
  }
  const shown = ranges
    .slice(0, MAX_RANGES)
    .map(([from, to]) => (from === to ? `${from}` : `${from} to ${to}`))
    .join(', ');
  const more = ranges.length > MAX_RANGES ? ' and more' : '';
  return `page${pages.length === 1 ? '' : 's'} ${shown}${more}`;
}
