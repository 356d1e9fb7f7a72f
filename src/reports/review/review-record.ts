import {
  type Issue,
  isIssue,
  isRecord,
  isTechniqueId,
  parseJson,
  type TechniqueId,
} from '../../model/index.js';
import type { Lane } from '../mention.js';

/** `edited`: the words show another technique. `proposed` takes an earlier decision back. */
export const REVIEW_STATUSES = ['proposed', 'accepted', 'rejected', 'edited'] as const;

export type ReviewStatus = (typeof REVIEW_STATUSES)[number];

/** What a person decided about words of a report, one line of a file of reviews. Lines are added and never changed. */
export interface ReviewRecord {
  /** SHA-256 of the report's text in UTF-8: offsets mean nothing in another text. */
  readonly reportSha256: string;
  readonly source: string;
  /** Verbatim: `text.slice(start, end)` of the report. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** The sentence that the words stand in; the text itself where there is none. */
  readonly sentence: string;
  /** The technique that was proposed. */
  readonly techniqueId: TechniqueId;
  /** `analyst`: no lane found it; a person added it. */
  readonly lane: Lane | 'analyst';
  /** 0..1, as proposed. */
  readonly confidence: number;
  readonly status: ReviewStatus;
  /** Whether the decision is about the technique in the whole report or about these words only. */
  readonly scope: 'technique' | 'mention';
  /** Only with `edited`. */
  readonly editedTo: TechniqueId | undefined;
  readonly by: string;
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly modelVersion: string | undefined;
  readonly attackVersion: string;
  readonly comment: string | undefined;
}

// No report is longer, and no person decides more.
const MAX_RECORDS = 1_000_000;
const MAX_ISSUES = 100;

/**
 * Reads a file of reviews, a JSON object a line. A line that is none is an Issue (`REVIEW_INVALID`, `JSON_INVALID`) and
 * passed over.
 */
export function parseReviews(
  text: string,
  source: string,
): { readonly records: readonly ReviewRecord[]; readonly issues: readonly Issue[] } {
  const records: ReviewRecord[] = [];
  const issues: Issue[] = [];
  let line = 0;
  for (const each of text.split('\n')) {
    line += 1;
    if (each.trim() === '') continue;
    const record = parseLine(each, { source, line });
    if (!isIssue(record)) records.push(record);
    else if (issues.length < MAX_ISSUES) issues.push(record);
    if (records.length === MAX_RECORDS) {
      const message = `expected at most ${MAX_RECORDS} reviews; the rest is not read`;
      issues.push({ kind: 'issue', code: 'INPUT_TOO_LARGE', message, at: { source, line } });
      break;
    }
  }
  return { records, issues };
}

function parseLine(
  text: string,
  at: { readonly source: string; readonly line: number },
): ReviewRecord | Issue {
  const parsed = parseJson(text, { source: at.source });
  if (isIssue(parsed)) return { ...parsed, at };
  const record = isRecord(parsed.value) ? toRecord(parsed.value) : 'an object';
  if (typeof record !== 'string') return record;
  return { kind: 'issue', code: 'REVIEW_INVALID', message: `expected ${record}`, at };
}

/** The record, or what was expected and not found. */
function toRecord(value: Readonly<Record<string, unknown>>): ReviewRecord | string {
  const { techniqueId, editedTo, status, lane, start, end, confidence, scope } = value;
  if (!isTechniqueId(techniqueId)) return 'techniqueId to be an id such as T1059.001';
  if (!isStatus(status)) return `status to be one of ${REVIEW_STATUSES.join(', ')}`;
  if ((status === 'edited') !== isTechniqueId(editedTo))
    return 'editedTo to be a technique id when, and only when, status is edited';
  if (!isOffset(start) || !isOffset(end) || end < start)
    return 'start and end to be offsets, start first';
  const texts = textsOf(value);
  if (typeof texts === 'string') return texts;
  return {
    ...texts,
    start,
    end,
    techniqueId,
    lane: isLane(lane) ? lane : 'analyst',
    confidence:
      typeof confidence === 'number' && confidence >= 0 && confidence <= 1 ? confidence : 0,
    status,
    scope: scope === 'technique' ? 'technique' : 'mention',
    editedTo: isTechniqueId(editedTo) ? editedTo : undefined,
    modelVersion: textOf(value['modelVersion']),
    comment: textOf(value['comment']),
  };
}

type Texts = Pick<
  ReviewRecord,
  'reportSha256' | 'source' | 'text' | 'sentence' | 'by' | 'at' | 'attackVersion'
>;

function textsOf(value: Readonly<Record<string, unknown>>): Texts | string {
  const [reportSha256, text] = [textOf(value['reportSha256']), textOf(value['text'])];
  const [by, at] = [textOf(value['by']), textOf(value['at'])];
  if (reportSha256 === undefined || !/^[0-9a-f]{64}$/.test(reportSha256))
    return 'reportSha256 to be 64 hexadecimal digits';
  if (text === undefined) return 'text to be the words of the report';
  if (by === undefined || by.trim() === '') return 'by to be a name';
  if (at === undefined || Number.isNaN(Date.parse(at))) return 'at to be a time';
  return {
    reportSha256,
    text,
    by,
    at,
    source: textOf(value['source']) ?? '',
    sentence: textOf(value['sentence']) ?? text,
    attackVersion: textOf(value['attackVersion']) ?? '',
  };
}

/** A record as one line of a file of reviews, with its line break. */
export function formatReview(record: ReviewRecord): string {
  return `${JSON.stringify(record)}\n`;
}

function isStatus(value: unknown): value is ReviewStatus {
  return REVIEW_STATUSES.some((status) => status === value);
}

function isLane(value: unknown): value is Lane {
  return value === 'explicit' || value === 'name' || value === 'model';
}

function isOffset(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
