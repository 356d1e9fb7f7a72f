import { READING_EXPORTERS, type ReadingExportOptions } from '../exporters/index.js';
import { AppError, type Issue } from '../model/index.js';
import type { ReadOutcome } from './read-reports.js';

/** Formats that readings are written in, as options of the command line name them. */
export const READING_FORMATS: readonly string[] = READING_EXPORTERS.map(({ format }) => format);

/**
 * What was read, in one format.
 *
 * @throws AppError `USAGE` for a format that there is none of.
 */
export async function renderReadings(
  outcome: ReadOutcome,
  format: string,
  options: ReadingExportOptions,
): Promise<{ readonly content: string | Uint8Array; readonly issues: readonly Issue[] }> {
  const exporter = READING_EXPORTERS.find((one) => one.format === format);
  if (exporter === undefined)
    throw new AppError('USAGE', `expected one of ${READING_FORMATS.join(', ')}, found ${format}`);
  const { readings, issues, knowledgeBase } = outcome;
  return await exporter.render({ readings, issues, knowledgeBase, options });
}
