/** One example for a logistic regression. */
export interface FitRow {
  readonly values: readonly number[];
  readonly isRight: boolean;
  /** More than 0. */
  readonly weight: number;
}

export interface FitOptions {
  /** Sign that each weight must have; undefined: any. */
  readonly signs: readonly (1 | -1 | undefined)[];
  /** Added to the square of each weight but the bias. */
  readonly ridge: number;
}

export interface Fitted {
  readonly bias: number;
  readonly weights: readonly number[];
}

const MAX_STEPS = 60;
const SMALL_STEP = 1e-7;

/**
 * Logistic regression with ridge by Newton's method. Weights that come out with the wrong sign are held at 0 and the
 * rest fitted again, until none is wrong.
 */
export function fitLogistic(rows: readonly FitRow[], { signs, ridge }: FitOptions): Fitted {
  const free = new Set(signs.keys());
  for (;;) {
    const columns = [...free];
    const solution = fitColumns(rows, columns, ridge);
    const wrong = columns.filter((column, index) => {
      const sign = signs[column];
      return sign !== undefined && (solution[index + 1] ?? 0) * sign < 0;
    });
    if (wrong.length === 0) {
      const weights = signs.map((_, column) => solution[columns.indexOf(column) + 1] ?? 0);
      return {
        bias: solution[0] ?? 0,
        weights: weights.map((w, column) => (free.has(column) ? w : 0)),
      };
    }
    for (const column of wrong) free.delete(column);
  }
}

/** Bias first, then the weights of the columns. */
function fitColumns(
  rows: readonly FitRow[],
  columns: readonly number[],
  ridge: number,
): readonly number[] {
  const inputs = rows.map(({ values }) => [1, ...columns.map((column) => values[column] ?? 0)]);
  const size = columns.length + 1;
  let weights: readonly number[] = new Array<number>(size).fill(0);
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const gradient = weights.map((weight, place) => (place === 0 ? 0 : -ridge * weight));
    const curvature = weights.map((_, row) =>
      weights.map((_w, column) => (row === column ? (row === 0 ? 1e-9 : ridge) : 0)),
    );
    for (const [index, { isRight, weight }] of rows.entries())
      addRow({ input: inputs[index] ?? [], isRight, weight }, weights, { gradient, curvature });
    const change = solveLinear(curvature, gradient);
    weights = weights.map((weight, place) => weight + (change[place] ?? 0));
    if (change.every((one) => Math.abs(one) < SMALL_STEP)) break;
  }
  return weights;
}

interface Sums {
  readonly gradient: number[];
  readonly curvature: number[][];
}

function addRow(
  {
    input,
    isRight,
    weight,
  }: { readonly input: readonly number[]; readonly isRight: boolean; readonly weight: number },
  weights: readonly number[],
  { gradient, curvature }: Sums,
): void {
  const sum = input.reduce((z, value, place) => z + value * (weights[place] ?? 0), 0);
  const chance = 1 / (1 + Math.exp(-sum));
  const error = ((isRight ? 1 : 0) - chance) * weight;
  const slope = chance * (1 - chance) * weight;
  for (const [place, value] of input.entries()) {
    gradient[place] = (gradient[place] ?? 0) + error * value;
    const row = curvature[place];
    if (row === undefined) continue;
    for (const [other, otherValue] of input.entries())
      row[other] = (row[other] ?? 0) + slope * value * otherValue;
  }
}

/** Gauss elimination with pivots; the matrix is symmetric and positive definite. */
function solveLinear(
  matrix: readonly (readonly number[])[],
  right: readonly number[],
): readonly number[] {
  const rows = matrix.map((row, place) => [...row, right[place] ?? 0]);
  const size = rows.length;
  for (let pivot = 0; pivot < size; pivot += 1) {
    const best = rows.reduce(
      (found, row, place) =>
        place > pivot && Math.abs(row[pivot] ?? 0) > Math.abs(rows[found]?.[pivot] ?? 0)
          ? place
          : found,
      pivot,
    );
    const [from, to] = [rows[best] ?? [], rows[pivot] ?? []];
    rows[pivot] = from;
    rows[best] = to;
    for (const row of rows.slice(pivot + 1)) subtract(row, from, pivot);
  }
  const solution = new Array<number>(size).fill(0);
  for (let place = size - 1; place >= 0; place -= 1) {
    const row = rows[place] ?? [];
    const known = solution.reduce(
      (sum, value, at) => sum + (at > place ? value * (row[at] ?? 0) : 0),
      0,
    );
    solution[place] = ((row[size] ?? 0) - known) / (row[place] ?? 1);
  }
  return solution;
}

function subtract(row: number[], pivotRow: readonly number[], pivot: number): void {
  const factor = (row[pivot] ?? 0) / (pivotRow[pivot] ?? 1);
  if (factor === 0) return;
  for (let at = pivot; at < row.length; at += 1)
    row[at] = (row[at] ?? 0) - factor * (pivotRow[at] ?? 0);
}
