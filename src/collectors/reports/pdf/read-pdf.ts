import { setImmediate } from 'node:timers/promises';
import type { Issue } from '../../../model/index.js';
import { textLimitIssue } from '../limit-text.js';
import type { ReportLimits } from '../report-limits.js';
import { type ReportDocuments, type ReportInput, unread } from '../report-reader.js';
import { toIsoDate } from '../to-iso-date.js';
import { createBlockWriter } from '../write-blocks.js';
import { drawnTables } from './drawn-tables.js';
import { dropFurniture, type PageRuns } from './drop-furniture.js';
import { findRows } from './find-rows.js';
import { joinBullets } from './join-bullets.js';
import { nameRanges } from './name-ranges.js';
import { type OpenPdf, openPdf } from './open-pdf.js';
import { orderColumns } from './order-columns.js';
import { pageRuns } from './page-runs.js';
import { writePdfBlocks } from './pdf-blocks.js';

const MAX_RUNS = 2_000_000;

/** Reads a PDF in the thread that calls. Between pages it looks at the time and the signal, within a page it cannot. */
export async function readPdf(input: ReportInput): Promise<ReportDocuments> {
  const { source, bytes } = input;
  let pdf: OpenPdf;
  try {
    pdf = await openPdf(bytes);
  } catch (error) {
    input.signal?.throwIfAborted();
    return unread(openingIssue(error, source));
  }
  try {
    return await readPages(pdf, input);
  } finally {
    await pdf.close();
  }
}

async function readPages(pdf: OpenPdf, input: ReportInput): Promise<ReportDocuments> {
  const { source, limits } = input;
  const issues: Issue[] = [];
  const pages = await collectPages(pdf, input, issues);
  const lines = dropFurniture(pages).flatMap(({ page, runs }) =>
    orderColumns(drawnTables(joinBullets(runs))).flatMap((region) => findRows(region, page)),
  );
  const writer = createBlockWriter(limits.maxTextLength);
  writePdfBlocks(lines, writer);
  const { text, blocks } = writer.finish();
  if (writer.isFull()) issues.push(textLimitIssue(source, text.length));
  const heading = blocks.find(({ kind, page }) => kind === 'heading' && page === 1);
  const first = heading === undefined ? undefined : text.slice(heading.start, heading.end);
  const document = {
    kind: 'report',
    source,
    format: 'pdf',
    title: soundTitle(pdf.title) ?? first,
    date: toIsoDate(pdf.created),
    text,
    blocks,
  } as const;
  return { documents: [document], issues };
}

async function collectPages(
  pdf: OpenPdf,
  { source, limits, signal }: ReportInput,
  issues: Issue[],
): Promise<readonly PageRuns[]> {
  const pages: PageRuns[] = [];
  const damaged: number[] = [];
  const empty: number[] = [];
  const last = Math.min(pdf.pages, limits.maxPages);
  const until = performance.now() + limits.maxMs;
  let reason = `more than ${limits.maxPages} pages are not read`;
  let runs = 0;
  let page = 0;
  while (page < last) {
    // Others get their turn between pages.
    await setImmediate();
    signal?.throwIfAborted();
    const spent = spentReason({ isLate: performance.now() > until, runs, limits });
    if (spent !== undefined) {
      reason = spent;
      break;
    }
    page += 1;
    const read = await readPage(pdf, page);
    runs += read?.runs.length ?? 0;
    if (read === undefined) damaged.push(page);
    else pages.push(read);
    if (read?.runs.length === 0) empty.push(page);
  }
  issues.push(...pageIssues({ source, pages: pdf.pages, read: page, reason, damaged, empty }));
  return pages;
}

interface Spent {
  readonly isLate: boolean;
  readonly runs: number;
  readonly limits: ReportLimits;
}

function spentReason({ isLate, runs, limits }: Spent): string | undefined {
  if (isLate) return `it took longer than ${limits.maxMs / 1_000} s`;
  return runs > MAX_RUNS ? `the pages before hold more than ${MAX_RUNS} pieces of text` : undefined;
}

async function readPage(pdf: OpenPdf, page: number): Promise<PageRuns | undefined> {
  try {
    const { width, height, ...text } = await pdf.readPage(page);
    return { page, width, height, runs: pageRuns(text) };
  } catch {
    // Said in an Issue that names all such pages.
    return undefined;
  }
}

interface PageReport {
  readonly source: string;
  /** Of the file. */
  readonly pages: number;
  readonly read: number;
  /** Why the others were not. */
  readonly reason: string;
  readonly damaged: readonly number[];
  readonly empty: readonly number[];
}

function pageIssues({ source, pages, read, reason, damaged, empty }: PageReport): readonly Issue[] {
  const at = { source };
  const issues: Issue[] = [];
  if (read < pages) {
    const message = `pages ${read + 1} to ${pages} were not read: ${reason}`;
    issues.push({ kind: 'issue', code: 'REPORT_TRUNCATED', message, at });
  }
  if (damaged.length > 0) {
    const message = `${nameRanges(damaged)} cannot be read; the others were`;
    issues.push({ kind: 'issue', code: 'REPORT_DAMAGED', message, at });
  }
  if (empty.length > 0) {
    const which = empty.length === read ? 'it' : nameRanges(empty);
    const message = `${which} has no text, as a scan has none; make its text readable first, for instance with ocrmypdf`;
    issues.push({ kind: 'issue', code: 'REPORT_NO_TEXT', message, at });
  }
  return issues;
}

function openingIssue(error: unknown, source: string): Issue {
  const name = error instanceof Error ? error.name : '';
  const at = { source };
  if (name === 'PasswordException') {
    const message =
      'is encrypted and asks for a password; remove it first, for instance with qpdf --decrypt';
    return { kind: 'issue', code: 'REPORT_ENCRYPTED', message, at };
  }
  const reason =
    error instanceof Error ? error.message.split('\n', 1)[0]?.slice(0, 100) : undefined;
  const message = `the PDF is cut off or damaged: ${reason || 'its structure cannot be read'}`;
  return { kind: 'issue', code: 'REPORT_DAMAGED', message, at };
}

/** Programs write the file's name, or their own, where a title should be. */
function soundTitle(title: string | undefined): string | undefined {
  if (title === undefined || title.length < 4) return undefined;
  const isFileName = /\.(?:docx?|pdf|indd|pptx?|html?|tex|rtf|odt|qxp?)$/i.test(title);
  const isProgram =
    /^(?:microsoft (?:word|powerpoint)|untitled|document\d*|print|powerpoint presentation|about:blank)\b/i.test(
      title,
    );
  return isFileName || isProgram ? undefined : title.slice(0, 500);
}
