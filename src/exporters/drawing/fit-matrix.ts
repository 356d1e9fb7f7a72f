import type { MatrixColumn } from '../matrix-view.js';
import { type PlacedMatrix, type Placement, placeCells } from './place-cells.js';

/** A matrix in place at the size that was chosen for it. */
export interface FittedMatrix {
  readonly matrix: PlacedMatrix;
  /** Pixels. */
  readonly size: number;
  readonly fits: boolean;
}

// Below this nothing is told from anything; above, a cell shouts.
const LEAST = 1.2;
const MOST = 17;
const MOST_SQUARE = 40;

// To shrink all text for the sake of one long word makes the sheet worse, so the word is broken instead.
const WORTH_WHOLE_WORDS = 0.6;

/** The largest size for which `isFine` holds, as far as 14 halvings find it. `isFine` must hold below any size it holds for. */
function largestSize(most: number, isFine: (size: number) => boolean): number | undefined {
  if (isFine(most)) return most;
  if (!isFine(LEAST)) return undefined;
  let [low, high] = [LEAST, most];
  for (let step = 0; step < 14; step += 1) {
    const middle = (low + high) / 2;
    if (isFine(middle)) low = middle;
    else high = middle;
  }
  return low;
}

/**
 * Lays out columns in the room down to `limit`, at the largest size at which they fit, and spreads what is left
 * between the rows.
 */
export function fitMatrix(
  columns: readonly MatrixColumn[],
  placement: Omit<Placement, 'size' | 'extraPadding'>,
  limit: number,
): FittedMatrix {
  const place = (size: number, extraPadding = 0): PlacedMatrix =>
    placeCells(columns, { ...placement, size, extraPadding });
  const most = placement.layout === 'mini' ? MOST_SQUARE : MOST;
  const inRoom = largestSize(most, (size) => place(size).bottom <= limit);
  if (inRoom === undefined) return { matrix: place(LEAST), size: LEAST, fits: false };
  const whole = largestSize(inRoom, (size) => !place(size).broken) ?? 0;
  const size = whole >= inRoom * WORTH_WHOLE_WORDS ? whole : inRoom;
  const tight = place(size);
  if (placement.layout === 'mini' || tight.rows === 0) return { matrix: tight, size, fits: true };
  const spare = Math.min((limit - tight.bottom) / (2 * tight.rows), 0.3 * size);
  return { matrix: place(size, Math.max(0, spare * 0.98)), size, fits: true };
}
