import { logistic } from '../src/reports/model/document-evidence.js';
import type { LogisticWeights } from '../src/reports/model/report-model.js';

/** One row of a logistic regression. */
export interface LogisticRow {
  readonly evidence: readonly number[];
  readonly isTrue: boolean;
}

const ROUNDS = 12;
/** Keeps weights of evidence that says the same twice from running apart. */
const RIDGE = 1;

/** Logistic regression by Newton's method, with a small penalty on large weights. */
export function fitLogistic(rows: readonly LogisticRow[]): LogisticWeights {
  const size = (rows[0]?.evidence.length ?? 0) + 1;
  let weights = new Float64Array(size);
  for (let round = 0; round < ROUNDS; round++) {
    const hessian = Array.from({ length: size }, (_, at) =>
      Float64Array.from({ length: size }, (__, other) => (at === other && at > 0 ? RIDGE : 1e-9)),
    );
    const gradient = weights.map((weight, at) => (at > 0 ? RIDGE * weight : 0));
    for (const { evidence, isTrue } of rows)
      addRow({ hessian, gradient }, { evidence, isTrue }, weights);
    const step = solve(hessian, gradient);
    weights = weights.map((weight, at) => weight - (step[at] ?? 0));
  }
  const [bias = 0, ...rest] = weights;
  return { bias, weights: rest };
}

function addRow(
  {
    hessian,
    gradient,
  }: { readonly hessian: readonly Float64Array[]; readonly gradient: Float64Array },
  { evidence, isTrue }: LogisticRow,
  weights: Float64Array,
): void {
  const size = weights.length;
  const evidenceAt = (at: number): number => (at === 0 ? 1 : (evidence[at - 1] ?? 0));
  let sum = 0;
  for (let at = 0; at < size; at++) sum += (weights[at] ?? 0) * evidenceAt(at);
  const probability = logistic(sum);
  const error = probability - (isTrue ? 1 : 0);
  const spread = Math.max(1e-6, probability * (1 - probability));
  for (let at = 0; at < size; at++) {
    const value = evidenceAt(at);
    gradient[at] = (gradient[at] ?? 0) + error * value;
    const row = hessian[at] as Float64Array;
    for (let other = 0; other < size; other++) {
      row[other] = (row[other] ?? 0) + spread * value * evidenceAt(other);
    }
  }
}

/** Gaussian elimination with the largest pivot; both arguments are used up. */
function solve(matrix: readonly Float64Array[], right: Float64Array): Float64Array {
  const rows = matrix.map((row, at) => [...row, right[at] ?? 0]);
  for (let at = 0; at < rows.length; at++) {
    const largest = rows.reduce(
      (best, row, index) =>
        index >= at && Math.abs(row[at] ?? 0) > Math.abs(rows[best]?.[at] ?? 0) ? index : best,
      at,
    );
    [rows[at], rows[largest]] = [rows[largest] as number[], rows[at] as number[]];
    const pivot = rows[at] as number[];
    for (const [index, row] of rows.entries()) {
      if (index === at) continue;
      const factor = (row[at] ?? 0) / (pivot[at] || 1e-12);
      for (let column = at; column < row.length; column++) {
        row[column] = (row[column] ?? 0) - factor * (pivot[column] ?? 0);
      }
    }
  }
  return Float64Array.from(rows, (row, at) => (row[rows.length] ?? 0) / (row[at] || 1e-12));
}
