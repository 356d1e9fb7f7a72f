import type { MapProgress } from '../app/map-options.js';
import type { ProgressStream } from './print-progress.js';

/** Prints how far reading is; `end` takes the bar away. */
export interface MapProgressPrinter {
  print(progress: MapProgress): void;
  end(): void;
}

const BAR_CELLS = 20;
const REWRITE_MS = 100;
const PLAIN_LINE_MS = 5_000;
// Too early to guess.
const ETA_FROM_MS = 1_000;
// Source: ECMA-48: carriage return, then erase to the end of the line.
const REWRITE = '\r\u001b[K';

/**
 * On a terminal a bar with rate and time left, rewritten ten times a second; elsewhere a plain line every five seconds.
 *
 * @param clock milliseconds that only grow.
 */
export function createMapProgressPrinter(
  stream: ProgressStream,
  clock: () => number,
): MapProgressPrinter {
  const isTerminal = stream.isTTY === true;
  const startedMs = clock();
  let printedMs = isTerminal ? Number.NEGATIVE_INFINITY : startedMs;
  let isLineOpen = false;
  return {
    print(progress) {
      const nowMs = clock();
      if (nowMs - printedMs < (isTerminal ? REWRITE_MS : PLAIN_LINE_MS)) return;
      printedMs = nowMs;
      const text = progressText(progress, nowMs - startedMs);
      if (!isTerminal) stream.write(`${text}\n`);
      else {
        const line = `${bar(progress)} ${text}`;
        stream.write(`${REWRITE}${line.slice(0, (stream.columns ?? 80) - 1)}`);
        isLineOpen = true;
      }
    },
    end() {
      if (isLineOpen) stream.write(REWRITE);
      isLineOpen = false;
    },
  };
}

function shareOf({ bytes, totalBytes }: MapProgress): number {
  return totalBytes === 0 ? 0 : Math.min(1, bytes / totalBytes);
}

function bar(progress: MapProgress): string {
  const full = Math.floor(shareOf(progress) * BAR_CELLS);
  return `[${'#'.repeat(full)}${'.'.repeat(BAR_CELLS - full)}]`;
}

function progressText(progress: MapProgress, elapsedMs: number): string {
  const { files, filesDone, events, bytes, totalBytes } = progress;
  const share = shareOf(progress);
  const seconds = elapsedMs / 1_000;
  const parts = [
    `${Math.floor(share * 100)} %`,
    `${sizeText(bytes)} of ${sizeText(totalBytes)}`,
    `${filesDone} of ${files} files`,
    `${events.toLocaleString('en-US')} events`,
  ];
  if (seconds > 0) parts.push(`${sizeText(bytes / seconds)}/s`);
  if (elapsedMs >= ETA_FROM_MS && share > 0)
    parts.push(`${durationText((seconds * (1 - share)) / share)} left`);
  return parts.join(', ');
}

function sizeText(bytes: number): string {
  if (bytes < 1e6) return `${Math.ceil(bytes / 1e3)} kB`;
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`;
}

function durationText(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3_600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3_600)} h ${Math.floor((whole % 3_600) / 60)} min`;
}
