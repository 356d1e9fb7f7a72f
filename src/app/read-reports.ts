import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
  type KnowledgeBase,
  listShipped,
  openKnowledgeBase,
  openShipped,
} from '../attack/index.js';
import { listFiles } from '../collectors/index.js';
import { AppError, type Issue, type ReportDocument } from '../model/index.js';
import {
  applyReviews,
  createNameFinder,
  type Lane,
  type ModelSetting,
  parseReviews,
  type ReportReader,
  type ReportReading,
  type ReviewRecord,
  readReport,
} from '../reports/index.js';
import { openTaughtModel } from './open-report-model.js';
import { readSource } from './read-source.js';
import type { SecondReaderOptions, SecondReaderUse } from './second-reader.js';

export const LANES: readonly Lane[] = ['explicit', 'name', 'model'];

export interface ReadReportsOptions {
  /** Files, folders, `http:` and `https:` addresses; `-` is standard input. */
  readonly paths: readonly string[];
  /** Default the newest that ships. */
  readonly attackVersion?: string | undefined;
  /** Default all. */
  readonly lanes?: readonly Lane[] | undefined;
  /** Of the model lane. Default `default`. */
  readonly setting?: ModelSetting | undefined;
  /** 0..1; what is below waits for review, in every lane. Default a threshold of its own for each. */
  readonly minConfidence?: number | undefined;
  /** Files of reviews, whose decisions count. */
  readonly reviews?: readonly string[] | undefined;
  /** Default none: nothing leaves the machine. */
  readonly secondReader?: SecondReaderOptions | undefined;
  readonly fetch?: typeof fetch | undefined;
  /** Whether addresses may lead to private networks and to this machine. Default false. */
  readonly allowsPrivate?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: ReadProgress) => void) | undefined;
}

/** How far a run is. */
export interface ReadProgress {
  readonly kind: 'reading' | 'second-reader';
  readonly source: string;
  readonly done: number;
  readonly total: number;
}

export interface ReadOutcome {
  /** In the order of the paths. */
  readonly readings: readonly ReportReading[];
  /** What could not be read at all. */
  readonly issues: readonly Issue[];
  readonly knowledgeBase: KnowledgeBase;
  readonly secondReader: SecondReaderUse | undefined;
  /** Whether the signal ended it before everything was read. */
  readonly isInterrupted: boolean;
}

/**
 * Reads threat reports: which techniques, groups, software, indicators and vulnerabilities each names, with the words that
 * say so. What cannot be read is an Issue, and the rest goes on.
 *
 * @throws AppError `USAGE` without paths; `NOT_FOUND` for an ATT&CK version that is not there; `SOURCE_UNREADABLE` when
 *   no report could be read.
 */
export async function readReports(options: ReadReportsOptions): Promise<ReadOutcome> {
  const { paths, signal } = options;
  const isStopped = (): boolean => signal?.aborted === true;
  if (paths.length === 0) throw new AppError('USAGE', 'expected a report or a folder of them');
  const { reader, issues: readerIssues } = openReader(options);
  const { knowledgeBase } = reader;
  const { records, issues: reviewIssues } = loadReviews(options.reviews ?? []);
  const sources = await listSources(paths);
  const issues: Issue[] = [...readerIssues, ...sources.issues, ...reviewIssues];
  const readings: ReportReading[] = [];
  for (const [done, source] of sources.sources.entries()) {
    if (isStopped()) break;
    options.onProgress?.({ kind: 'reading', source, done, total: sources.sources.length });
    const read = await readOneSource(source, options);
    const known = new Set(read.documents.map((document) => document.source));
    // An Issue of a document that was read belongs to its reading.
    issues.push(...read.issues.filter(({ at }) => !known.has(at?.source ?? '')));
    for (const document of read.documents) {
      if (isStopped()) break;
      const own = read.issues.filter(({ at }) => at?.source === document.source);
      const reading = readReport({ document, textSha256: sha256Of(document), issues: own }, reader);
      readings.push(applyReviews(reading, records, knowledgeBase));
    }
  }
  if (readings.length === 0 && !isStopped()) throw nothingRead(issues);
  const second = await askSecond(readings, options, knowledgeBase);
  return { ...second, issues, knowledgeBase, isInterrupted: isStopped() };
}

function openReader(options: ReadReportsOptions): {
  readonly reader: ReportReader;
  readonly issues: readonly Issue[];
} {
  const { attackVersion, minConfidence, setting = 'default' } = options;
  const lanes = new Set(options.lanes ?? LANES);
  const knowledgeBase = openKnowledgeBase({
    domain: 'enterprise-attack',
    ...(attackVersion === undefined ? {} : { version: attackVersion }),
  });
  const taught = lanes.has('model') ? openTaughtModel() : undefined;
  const reader = {
    knowledgeBase,
    versions: openOthers,
    readsIds: lanes.has('explicit'),
    findNames: lanes.has('name') ? createNameFinder(knowledgeBase) : undefined,
    model: taught?.model,
    setting,
    minConfidence,
  };
  return { reader, issues: taught?.issues ?? [] };
}

/** Every version of every domain that ships: a report of 2019 names ids of 2019, and some name ids of ICS. */
function openOthers(): readonly KnowledgeBase[] {
  return listShipped().map(({ domain, version }) => openShipped({ domain, version }));
}

/** Files of reviews together, in the order in which decisions were made. */
export function loadReviews(paths: readonly string[]): {
  readonly records: readonly ReviewRecord[];
  readonly issues: readonly Issue[];
} {
  const records: ReviewRecord[] = [];
  const issues: Issue[] = [];
  for (const path of paths) {
    let text: string;
    try {
      text = readFileSync(path, 'utf8');
    } catch (cause) {
      throw new AppError('SOURCE_UNREADABLE', `cannot read the reviews ${path}`, { cause });
    }
    const parsed = parseReviews(text, path);
    records.push(...parsed.records);
    issues.push(...parsed.issues);
  }
  if (paths.length > 1) records.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  return { records, issues };
}

/** Addresses and standard input as they are, folders as their files. */
async function listSources(
  paths: readonly string[],
): Promise<{ readonly sources: readonly string[]; readonly issues: readonly Issue[] }> {
  const sources = new Set<string>();
  const issues: Issue[] = [];
  for (const path of paths) {
    if (path === '-' || /^https?:\/\//i.test(path)) {
      sources.add(path);
      continue;
    }
    const listed = await listFiles([path]);
    for (const file of listed.files) sources.add(file);
    issues.push(...listed.issues);
  }
  return { sources: [...sources], issues };
}

async function readOneSource(source: string, { allowsPrivate, signal }: ReadReportsOptions) {
  try {
    return await readSource(source, { allowsPrivate, signal });
  } catch (error) {
    if (signal?.aborted === true) return { documents: [], issues: [] };
    throw error;
  }
}

function sha256Of({ text }: ReportDocument): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

function nothingRead(issues: readonly Issue[]): AppError {
  const [first] = issues;
  const where = first?.at?.source === undefined ? '' : `${first.at.source} `;
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : '';
  const reason =
    first === undefined ? 'the folder holds no file' : `${where}${first.message}${more}`;
  return new AppError('SOURCE_UNREADABLE', `no report could be read: ${reason}`);
}

async function askSecond(
  readings: readonly ReportReading[],
  options: ReadReportsOptions,
  knowledgeBase: KnowledgeBase,
): Promise<Pick<ReadOutcome, 'readings' | 'secondReader'>> {
  const { secondReader, signal } = options;
  const isStopped = (): boolean => signal?.aborted === true;
  if (secondReader === undefined || isStopped()) return { readings, secondReader: undefined };
  const { readSecond } = await import('./second-reader.js');
  try {
    const { readings: after, use } = await readSecond(readings, secondReader, {
      knowledgeBase,
      fetch: options.fetch ?? fetch,
      signal,
      clock: () => performance.now(),
      onProgress: (done, total) =>
        options.onProgress?.({ kind: 'second-reader', source: secondReader.url, done, total }),
    });
    return { readings: after, secondReader: use };
  } catch (error) {
    if (isStopped()) return { readings, secondReader: undefined };
    throw error;
  }
}
