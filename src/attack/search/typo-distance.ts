/**
 * Counts the typing errors between two words: letters left out, added, replaced, or swapped with their neighbour.
 *
 * @returns the count, or `most + 1` as soon as it is certain to be more than `most`.
 */
export type TypoDistance = (a: string, b: string, most: number) => number;

// Source: optimal string alignment, the restricted Damerau–Levenshtein distance; three rows, cut off beyond `most`.
/** A counter with rows of its own, so that comparing with thousands of words allocates nothing. Not re-entrant. */
export function createTypoDistance(): TypoDistance {
  let beforeLast = new Uint16Array(64);
  let last = new Uint16Array(64);
  let current = new Uint16Array(64);

  return (a, b, most) => {
    if (Math.abs(a.length - b.length) > most) return most + 1;
    if (b.length >= current.length) {
      const size = b.length * 2;
      [beforeLast, last, current] = [
        new Uint16Array(size),
        new Uint16Array(size),
        new Uint16Array(size),
      ];
    }
    for (let column = 0; column <= b.length; column += 1) last[column] = column;
    for (let row = 1; row <= a.length; row += 1) {
      current[0] = row;
      const lowest = fillRow({ a, b, row, beforeLast, last, current });
      if (lowest > most) return most + 1;
      [beforeLast, last, current] = [last, current, beforeLast];
    }
    return Math.min(last[b.length] ?? most + 1, most + 1);
  };
}

interface Rows {
  readonly a: string;
  readonly b: string;
  readonly row: number;
  readonly beforeLast: Uint16Array;
  readonly last: Uint16Array;
  readonly current: Uint16Array;
}

/** Fills `current` and returns the lowest count in it. */
function fillRow({ a, b, row, beforeLast, last, current }: Rows): number {
  const letter = a.charCodeAt(row - 1);
  const letterBefore = row > 1 ? a.charCodeAt(row - 2) : -1;
  let lowest = row;
  for (let column = 1; column <= b.length; column += 1) {
    const other = b.charCodeAt(column - 1);
    let count = (last[column - 1] ?? 0) + (letter === other ? 0 : 1);
    count = Math.min(count, (last[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1);
    const isSwap = column > 1 && letterBefore === other && letter === b.charCodeAt(column - 2);
    if (isSwap) count = Math.min(count, (beforeLast[column - 2] ?? 0) + 1);
    current[column] = count;
    if (count < lowest) lowest = count;
  }
  return lowest;
}
