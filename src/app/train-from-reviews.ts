import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppError, type Issue } from '../model/index.js';
import {
  type Anchor,
  type Correction,
  type CorrectionEffect,
  learnCorrections,
  loadAnchors,
  measureCorrections,
  parseReviews,
  type ReportModel,
  type ReviewRecord,
} from '../reports/index.js';
import { openReportModel } from './open-report-model.js';
import { removeUserWeights, saveUserWeights, userWeightsPath } from './user-report-weights.js';

export interface TrainFromReviewsOptions {
  /** A file of reviews, or a folder (a workspace) whose `*.ndjson` files are read. */
  readonly path: string;
  /** Whether what was learned is kept; default it is only shown. */
  readonly accept?: boolean | undefined;
}

export interface TrainingOutcome {
  readonly effect: CorrectionEffect;
  /** Where the weights were written; undefined when they were not. */
  readonly written: string | undefined;
  readonly issues: readonly Issue[];
}

const ANCHORS = fileURLToPath(new URL('../../data/models/reports.anchors', import.meta.url));
/** A review is 1 kB; nobody decides a million times. */
const LARGEST_BYTES = 256 * 1024 * 1024;

/**
 * Learns from what people decided about sentences, and says what it does to decisions that it did not learn from and to what
 * the model knew before. Nothing is written without `accept`; the weights that ship are never changed.
 *
 * @throws AppError `SOURCE_UNREADABLE` when there is nothing to learn from; `OUTPUT_UNWRITABLE`.
 */
export function trainFromReviews({ path, accept }: TrainFromReviewsOptions): TrainingOutcome {
  const { records, issues } = readReviewFiles(path);
  const model = openReportModel();
  const corrections = toCorrections(records);
  if (corrections.length === 0) {
    throw new AppError('SOURCE_UNREADABLE', `cannot learn from ${path}: it holds no decisions`);
  }
  const anchors = readAnchors(model);
  const effect = measureCorrections(model, corrections, anchors);
  if (accept !== true) return { effect, written: undefined, issues };
  const written = userWeightsPath();
  saveUserWeights(written, model, learnCorrections(model, corrections, anchors));
  return { effect, written, issues };
}

/** Takes back what was learned. @returns whether there was anything. */
export function forgetReviews(): boolean {
  return removeUserWeights(userWeightsPath());
}

/** The last decision about each sentence and technique; `edited` says no to one technique and yes to another. */
export function toCorrections(records: readonly ReviewRecord[]): readonly Correction[] {
  const latest = new Map<string, ReviewRecord>();
  for (const record of records) {
    const key = JSON.stringify([record.sentence, record.techniqueId]);
    if ((latest.get(key)?.at ?? '') <= record.at) latest.set(key, record);
  }
  return [...latest.values()].flatMap(({ sentence: text, techniqueId, status, editedTo }) => {
    if (status === 'proposed') return [];
    const decided = { text, techniqueId, isRight: status === 'accepted' };
    return editedTo === undefined
      ? [decided]
      : [decided, { text, techniqueId: editedTo, isRight: true }];
  });
}

function readReviewFiles(path: string): {
  readonly records: readonly ReviewRecord[];
  readonly issues: readonly Issue[];
} {
  const parts = reviewFiles(path).map((file) => {
    try {
      if (statSync(file).size > LARGEST_BYTES) {
        throw new AppError(
          'SOURCE_UNREADABLE',
          `expected at most ${LARGEST_BYTES} bytes in ${file}`,
        );
      }
      return parseReviews(readFileSync(file, 'utf8'), file);
    } catch (cause) {
      if (cause instanceof AppError) throw cause;
      throw new AppError('SOURCE_UNREADABLE', `cannot read ${file}`, { cause });
    }
  });
  return {
    records: parts.flatMap(({ records }) => records),
    issues: parts.flatMap(({ issues }) => issues),
  };
}

function reviewFiles(path: string): readonly string[] {
  try {
    if (!statSync(path).isDirectory()) return [path];
    return readdirSync(path, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ndjson'))
      .sort()
      .map((name) => join(path, name));
  } catch (cause) {
    throw new AppError('SOURCE_UNREADABLE', `cannot read ${path}`, { cause });
  }
}

function readAnchors(model: ReportModel): readonly Anchor[] {
  const anchors = loadAnchors(readFileSync(ANCHORS), model);
  if ('kind' in anchors) throw new AppError('SOURCE_UNREADABLE', `${ANCHORS}: ${anchors.message}`);
  return anchors;
}
