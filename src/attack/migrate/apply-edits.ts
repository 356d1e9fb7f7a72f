/** One replacement in a text, by UTF-16 offsets. */
export interface TextEdit {
  readonly start: number;
  /** Exclusive; equal to `start` for an insertion. */
  readonly end: number;
  readonly text: string;
}

/**
 * Applies edits to a text; every byte outside of them stays.
 *
 * @param edits any order; edits at the same place go in their order; one that overlaps an earlier one is left out.
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const ordered = edits.toSorted((a, b) => a.start - b.start || a.end - b.end);
  const parts: string[] = [];
  let place = 0;
  for (const { start, end, text: replacement } of ordered) {
    if (start < place) continue;
    parts.push(text.slice(place, start), replacement);
    place = end;
  }
  parts.push(text.slice(place));
  return parts.join('');
}
