import { htmlCount, htmlCounted, htmlText } from './html-text.js';
import type { MapReport, ReportSubject } from './map-report.js';
import { createTimeScale, type TimeScale } from './time-scale.js';

const WIDTH = 1_180;
const LABEL_WIDTH = 330;
const RIGHT = WIDTH - 16;
const ROW = 20;
const HEAD = 30;
const MAX_ROWS = 150;
const LABEL_CHARACTERS = 44;
/** Pixels of a character on the axis. */
const CHARACTER = 7;

interface Row {
  readonly kind: 'subject' | 'technique';
  readonly label: string;
  readonly techniqueId: string;
  readonly subject: string;
  readonly times: ReportSubject['techniques'][number]['times'];
}

/** What was seen when, a group of lines for each host, as SVG; undefined when nothing has a time. */
export function reportTimeline(report: MapReport): string | undefined {
  const names = new Map(report.techniques.map((one) => [one.techniqueId, one]));
  const rows: Row[] = [];
  for (const subject of report.subjects) {
    const seen = subject.techniques
      .filter(({ times }) => times.length > 0)
      .sort((a, b) => ((a.firstSeen ?? '') < (b.firstSeen ?? '') ? -1 : 1));
    if (seen.length === 0) continue;
    if (rows.length + seen.length + 1 > MAX_ROWS) break;
    const common = { subject: subject.subject };
    rows.push({ kind: 'subject', label: subject.subject, techniqueId: '', times: [], ...common });
    for (const { techniqueId, times } of seen) {
      const label = `${techniqueId} ${names.get(techniqueId)?.name ?? ''}`;
      rows.push({ kind: 'technique', label, techniqueId, times, ...common });
    }
  }
  const times = rows.flatMap((row) => row.times.map(({ timeMs }) => timeMs));
  if (times.length === 0) return undefined;
  const scale = createTimeScale(times, LABEL_WIDTH + 12, RIGHT - 8);
  const height = HEAD + rows.length * ROW + 8;
  const bands = new Map(report.techniques.map((one) => [one.techniqueId, bandOf(one.confidence)]));
  const shown = new Set(rows.map(({ subject }) => subject)).size;
  const left = report.subjects.length - shown;
  const note =
    left > 0
      ? `<p class="note">${htmlCounted(left, 'host is', 'hosts are')} not drawn; see Hosts.</p>`
      : '';
  const body = rows
    .map((row, index) => drawRow(row, { scale, y: HEAD + index * ROW, bands }))
    .join('');
  return `<div class="scroll" tabindex="0" role="region" aria-label="Timeline"><svg class="timeline" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="group" aria-label="Matches by host, technique and time, UTC">${drawAxis(scale, height)}${body}</svg></div>${note}`;
}

/** Step of confidence, 1..5. */
export function bandOf(confidence: number): number {
  return Math.min(5, Math.floor(confidence * 5) + 1);
}

function drawAxis({ ticks, segments }: TimeScale, height: number): string {
  const lines = ticks.map(
    ({ x, label }) =>
      `<line class="tick" x1="${round(x)}" x2="${round(x)}" y1="22" y2="${height}"/><text class="axis" x="${round(x)}" y="15"${x + label.length * CHARACTER > WIDTH ? ' text-anchor="end"' : ''}>${htmlText(label)}</text>`,
  );
  const breaks = segments.slice(1).map(({ x0 }) => {
    const x = round(x0 - 13);
    return `<path class="break" d="M${x - 4} 24 v${height - 24} M${x + 2} 24 v${height - 24}"><title>nothing was seen in between</title></path>`;
  });
  return lines.join('') + breaks.join('');
}

interface RowContext {
  readonly scale: TimeScale;
  readonly y: number;
  readonly bands: ReadonlyMap<string, number>;
}

function drawRow(row: Row, { scale, y, bands }: RowContext): string {
  const middle = y + ROW / 2;
  const label =
    row.label.length > LABEL_CHARACTERS
      ? `${row.label.slice(0, LABEL_CHARACTERS - 1)}…`
      : row.label;
  if (row.kind === 'subject')
    return `<rect class="group" x="0" y="${y}" width="${WIDTH}" height="${ROW}"/><text class="host" x="6" y="${middle + 4}">${htmlText(label)}</text>`;
  const xs = row.times.map(({ timeMs }) => round(scale.x(timeMs)));
  const line = `<line class="span" x1="${xs[0]}" x2="${xs.at(-1)}" y1="${middle}" y2="${middle}"/>`;
  const dots = row.times.map(({ timeMs, count }) => {
    const radius = round(Math.min(8, 3.5 + Math.log2(count) / 2));
    const time = new Date(timeMs).toISOString().slice(0, 19).replace('T', ' ');
    const title = `${row.techniqueId} on ${row.subject}: ${htmlCount(count)}× from ${time} UTC`;
    return `<circle class="b${bands.get(row.techniqueId) ?? 1}" cx="${round(scale.x(timeMs))}" cy="${middle}" r="${radius}"><title>${htmlText(title)}</title></circle>`;
  });
  return `<a href="#${htmlText(row.techniqueId)}"><text class="label" x="18" y="${middle + 4}">${htmlText(label)}<title>${htmlText(row.label)}</title></text></a>${line}${dots.join('')}`;
}

function round(number: number): number {
  return Math.round(number * 10) / 10;
}
