import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { AppError, formatIssue, type Issue } from '../model/index.js';
import { loadReportModel, type ReportModel } from '../reports/index.js';
import { loadUserWeights, userWeightsPath } from './user-report-weights.js';

const SHIPPED = fileURLToPath(new URL('../../data/models/reports.model', import.meta.url));

/**
 * Opens the model of reports that ships, or another file of its form.
 *
 * @throws AppError `SOURCE_UNREADABLE` when the file is not there or no model.
 */
export function openReportModel(path: string = SHIPPED): ReportModel {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (cause) {
    throw new AppError('SOURCE_UNREADABLE', `cannot read the model ${path}`, { cause });
  }
  const model = loadReportModel(bytes);
  if (model.kind === 'issue') {
    throw new AppError('SOURCE_UNREADABLE', `${path}: ${formatIssue(model)}`);
  }
  return model;
}

/**
 * The model that ships with what the user taught it (`portolan train`), if anything.
 *
 * @throws AppError `SOURCE_UNREADABLE` when the model itself cannot be read.
 */
export function openTaughtModel(): {
  readonly model: ReportModel;
  readonly issues: readonly Issue[];
} {
  const model = openReportModel();
  const user = loadUserWeights(userWeightsPath(), model);
  if (user === undefined) return { model, issues: [] };
  if ('kind' in user) return { model, issues: [user] };
  return { model: { ...model, user }, issues: [] };
}
