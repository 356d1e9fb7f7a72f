import type { UpdateProgress } from '../app/update-offers.js';
import { safeText } from './safe-text.js';

/** Where progress goes; `process.stderr` is one. */
export interface ProgressStream {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

/** Prints progress as it comes; `end` leaves the line that is being rewritten. */
export interface ProgressPrinter {
  print(progress: UpdateProgress): void;
  end(): void;
}

const REWRITE_MS = 100;
const PLAIN_LINE_MS = 3000;
// Source: ECMA-48: carriage return, then erase to the end of the line.
const REWRITE = '\r\u001b[K';

const sizeText = (bytes: number): string =>
  bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;

function downloadText(
  progress: Extract<UpdateProgress, { kind: 'downloading' }>,
  elapsedMs: number,
): string {
  const { receivedBytes, totalBytes } = progress;
  const share = totalBytes === undefined || totalBytes === 0 ? '' : ` of ${sizeText(totalBytes)}`;
  const percent =
    share === '' || totalBytes === undefined
      ? ''
      : `, ${Math.floor((receivedBytes / totalBytes) * 100)} %`;
  const rate = elapsedMs > 0 ? `, ${sizeText((receivedBytes / elapsedMs) * 1000)}/s` : '';
  return `${sizeText(receivedBytes)}${share}${percent}${rate}`;
}

/**
 * Prints what an update does: on a terminal a line that is rewritten ten times a second, elsewhere a plain line
 * every three seconds.
 *
 * @param clock milliseconds that only grow.
 */
export function createProgressPrinter(
  stream: ProgressStream,
  clock: () => number,
): ProgressPrinter {
  const isTerminal = stream.isTTY === true;
  let url = '';
  let startedMs = 0;
  let printedMs = 0;
  let isLineOpen = false;
  const end = (): void => {
    if (isLineOpen) stream.write('\n');
    isLineOpen = false;
  };
  const printLine = (text: string): void => {
    end();
    stream.write(`${safeText(text)}\n`);
  };
  const printBytes = (progress: Extract<UpdateProgress, { kind: 'downloading' }>): void => {
    const nowMs = clock();
    if (progress.url !== url) [url, startedMs, printedMs] = [progress.url, nowMs, nowMs];
    const isDone = progress.receivedBytes === progress.totalBytes;
    if (!isDone && nowMs - printedMs < (isTerminal ? REWRITE_MS : PLAIN_LINE_MS)) return;
    printedMs = nowMs;
    const text = `  ${downloadText(progress, nowMs - startedMs)}`;
    if (isTerminal) stream.write(`${REWRITE}${text.slice(0, (stream.columns ?? 80) - 1)}`);
    else printLine(text);
    isLineOpen = isTerminal;
  };
  return {
    end,
    print(progress) {
      if (progress.kind === 'downloading') printBytes(progress);
      else printLine(`${progress.kind} ${progress.url}`);
    },
  };
}
