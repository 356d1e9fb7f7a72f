import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { userFolder } from '../attack/index.js';
import { type Issue, isRecord } from '../model/index.js';
import type { ReportModel, UserWeights } from '../reports/index.js';
import { writeOutput } from './write-output.js';

/** Where what a user taught the model is kept; it need not exist. */
export function userWeightsPath(folder: string = userFolder()): string {
  return join(folder, 'models', 'reports-user.json');
}

/** What tells a model from others: features mean nothing in another. */
function identityOf({ header }: ReportModel): string {
  return [header.name, header.version, header.date, header.featureCount].join(' ');
}

/** Writes what was learned. @throws AppError `OUTPUT_UNWRITABLE`. */
export function saveUserWeights(path: string, model: ReportModel, weights: UserWeights): void {
  const document = {
    kind: 'report-user-weights',
    model: identityOf(model),
    corrections: weights.corrections,
    weights: [...weights.byFeature].map(([feature, pairs]) => [
      feature,
      ...[...pairs].map((one) => Math.round(one * 1e4) / 1e4),
    ]),
  };
  writeOutput(path, `${JSON.stringify(document)}\n`);
}

/**
 * Reads what a user taught a model; undefined when there is none.
 *
 * @returns an Issue `MODEL_INVALID` when the file is damaged or was learned with another model; it is not used then.
 */
export function loadUserWeights(path: string, model: ReportModel): UserWeights | Issue | undefined {
  if (!existsSync(path)) return undefined;
  const invalid = (message: string): Issue => ({
    kind: 'issue',
    code: 'MODEL_INVALID',
    message,
    at: { source: path },
  });
  let document: unknown;
  try {
    document = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return invalid('expected weights as JSON, found something else; they are not used');
  }
  if (!isRecord(document) || !Array.isArray(document['weights'])) {
    return invalid('expected weights of a user, found another document; they are not used');
  }
  if (document['model'] !== identityOf(model)) {
    return invalid('the corrections were learned with another model; run portolan train again');
  }
  const scores = model.header.labels.length;
  const byFeature = new Map<number, Float32Array>();
  for (const row of document['weights'] as readonly unknown[]) {
    if (!isWeightRow(row, scores)) return invalid('expected rows of numbers; they are not used');
    byFeature.set(row[0] ?? 0, Float32Array.from(row.slice(1)));
  }
  const corrections = Number(document['corrections']);
  return { byFeature, corrections: Number.isFinite(corrections) ? corrections : 0 };
}

/** A feature, then labels and weights by turns. */
function isWeightRow(row: unknown, labels: number): row is readonly number[] {
  return (
    Array.isArray(row) &&
    row.length % 2 === 1 &&
    row.every((one) => typeof one === 'number' && Number.isFinite(one)) &&
    row.every((one, at) => at % 2 === 0 || (Number.isInteger(one) && one >= 0 && one < labels))
  );
}

/** Forgets what a user taught; @returns whether there was anything. */
export function removeUserWeights(path: string): boolean {
  if (!existsSync(path)) return false;
  rmSync(path);
  return true;
}
