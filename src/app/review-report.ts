import { appendFileSync, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { KnowledgeBase } from '../attack/index.js';
import { AppError, type Issue } from '../model/index.js';
import {
  applyReviews,
  decide,
  formatReview,
  parseDecision,
  type ReportReading,
  type ReviewRecord,
  type ReviewStatus,
} from '../reports/index.js';
import { reasonOf } from './migrate-walk.js';
import { loadReviews, type ReadReportsOptions, readReports } from './read-reports.js';

export interface ReviewReportOptions extends Omit<ReadReportsOptions, 'paths' | 'reviews'> {
  readonly path: string;
  /** Which of several reports that the path holds, as its `source`; undefined when it holds one. */
  readonly source?: string | undefined;
  /** File that decisions are added to; made when it is not there. */
  readonly reviewsFile: string;
  /** As `T1059.001`, `T1059.001@120-180`; edits as `T1059=T1059.001@120-180`. */
  readonly decisions: readonly { readonly status: ReviewStatus; readonly text: string }[];
  /** Who decides; needed for decisions. */
  readonly by: string | undefined;
  readonly comment?: string | undefined;
  /** ISO 8601 UTC. */
  readonly now: string;
  /** Only decisions of this person are seen; undefined sees all. */
  readonly viewOf?: string | undefined;
}

export interface ReviewOutcome {
  /** As the lanes read it, with nobody's decisions. */
  readonly original: ReportReading;
  /** As the decisions that are seen leave it. */
  readonly reading: ReportReading;
  /** Decisions on this report that are seen, in order; with those just made. */
  readonly records: readonly ReviewRecord[];
  readonly added: readonly ReviewRecord[];
  readonly knowledgeBase: KnowledgeBase;
  /** Of the report, of the file of reviews, and of applying it. */
  readonly issues: readonly Issue[];
}

const NOTHING = { records: [], issues: [] };

/**
 * Reads a report, adds a person's decisions to a file of reviews, and tells how the report stands after them.
 *
 * @throws AppError `USAGE` for decisions without a name, or several reports where one is wanted; `NOT_FOUND` for what is
 *   not in the report; `OUTPUT_UNWRITABLE`; and as `readReports`.
 */
export async function reviewReport(options: ReviewReportOptions): Promise<ReviewOutcome> {
  const { path, reviewsFile, decisions, by, comment, now, viewOf } = options;
  if (decisions.length > 0 && (by === undefined || by.trim() === ''))
    throw new AppError('USAGE', 'expected --by with the name of who decides');
  const asked = decisions.map(({ status, text }) => parseDecision(text, status));
  const { readings, knowledgeBase } = await readReports({ ...options, paths: [path] });
  const original = chooseReading(readings, options);
  const maker = { by: by ?? '', at: now, comment };
  const before = existsSync(reviewsFile) ? loadReviews([reviewsFile]) : NOTHING;
  const added = asked.flatMap((one) => decide(original, one, { maker, knowledgeBase }));
  if (added.length > 0) append(reviewsFile, added.map(formatReview).join(''));
  const records = [...before.records, ...added].filter(
    (record) =>
      record.reportSha256 === original.textSha256 && (viewOf === undefined || record.by === viewOf),
  );
  const reading = applyReviews(original, records, knowledgeBase);
  const issues = [...before.issues, ...reading.issues];
  return { original, reading, records, added, knowledgeBase, issues };
}

function chooseReading(
  readings: readonly ReportReading[],
  { path, source }: ReviewReportOptions,
): ReportReading {
  const sources = readings.map(({ document }) => document.source);
  const chosen =
    source === undefined ? readings : readings.filter(({ document }) => document.source === source);
  const [only] = chosen;
  if (only !== undefined && chosen.length === 1) return only;
  const listed = sources.slice(0, 5).join(', ') + (sources.length > 5 ? ', …' : '');
  if (source !== undefined)
    throw new AppError('NOT_FOUND', `expected ${source} in ${path}, found ${listed}`);
  throw new AppError(
    'USAGE',
    `expected one report, found ${readings.length} in ${path}; name one with --source: ${listed}`,
  );
}

/** Added at the end, so that nothing that was decided is ever lost. */
function append(path: string, lines: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    appendFileSync(path, lines);
  } catch (cause) {
    throw new AppError('OUTPUT_UNWRITABLE', `cannot write ${path}: ${reasonOf(cause)}`, { cause });
  }
}
