/** A stretch of time that is drawn without a break. */
export interface TimeSegment {
  readonly startMs: number;
  readonly endMs: number;
  /** Pixels. */
  readonly x0: number;
  readonly x1: number;
}

export interface TimeTick {
  readonly x: number;
  readonly label: string;
}

/** Where times stand on a line on which long silences are cut out. */
export interface TimeScale {
  readonly segments: readonly TimeSegment[];
  readonly ticks: readonly TimeTick[];
  x(timeMs: number): number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MAX_SEGMENTS = 8;
const BREAK_PIXELS = 26;
const MIN_SEGMENT_PIXELS = 120;
const TICK_PIXELS = 90;
const STEPS = [
  MINUTE,
  5 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
  2 * DAY,
  7 * DAY,
  30 * DAY,
  90 * DAY,
  365 * DAY,
];

/**
 * Places times on a line of some pixels. A silence of more than six hours that is longer than all else that is shown is
 * cut out: logs of one night must not shrink to a dot because one event has the date of 1970.
 *
 * @param times milliseconds since 1970; at least one.
 */
export function createTimeScale(times: readonly number[], from: number, to: number): TimeScale {
  const spans = cutSilences([...new Set(times)].sort((a, b) => a - b));
  const segments = placeSpans(spans, from, to);
  return {
    segments,
    ticks: segments.flatMap(ticksOf),
    x(timeMs) {
      const segment = segments.findLast(({ startMs }) => timeMs >= startMs) ?? segments[0];
      if (segment === undefined) return from;
      const { startMs, endMs, x0, x1 } = segment;
      const share = endMs === startMs ? 0.5 : (timeMs - startMs) / (endMs - startMs);
      return x0 + Math.min(1, Math.max(0, share)) * (x1 - x0);
    },
  };
}

type Span = readonly number[];

function cutSilences(sorted: Span): readonly Span[] {
  let spans: readonly Span[] = [sorted];
  while (spans.length < MAX_SEGMENTS) {
    const shown = spans.reduce((sum, span) => sum + lengthOf(span), 0);
    const widest = spans
      .map((span) => ({ span, ...widestGap(span) }))
      .reduce((a, b) => (b.gap > a.gap ? b : a));
    if (widest.gap <= 6 * HOUR || widest.gap <= shown - widest.gap) break;
    spans = spans.flatMap((span) =>
      span === widest.span ? [span.slice(0, widest.at), span.slice(widest.at)] : [span],
    );
  }
  return spans;
}

function lengthOf(span: Span): number {
  return (span.at(-1) ?? 0) - (span[0] ?? 0);
}

function widestGap(span: Span): { readonly gap: number; readonly at: number } {
  let widest = { gap: 0, at: 0 };
  for (let at = 1; at < span.length; at += 1) {
    const gap = (span[at] ?? 0) - (span[at - 1] ?? 0);
    if (gap > widest.gap) widest = { gap, at };
  }
  return widest;
}

function placeSpans(spans: readonly Span[], from: number, to: number): readonly TimeSegment[] {
  const room = to - from - (spans.length - 1) * BREAK_PIXELS;
  const least = Math.min(MIN_SEGMENT_PIXELS, room / spans.length);
  const free = room - least * spans.length;
  const total = spans.reduce((sum, span) => sum + lengthOf(span), 0);
  let x = from;
  return spans.map((span) => {
    const share = total === 0 ? 1 / spans.length : lengthOf(span) / total;
    const segment = {
      startMs: span[0] ?? 0,
      endMs: span.at(-1) ?? 0,
      x0: x,
      x1: x + least + free * share,
    };
    x = segment.x1 + BREAK_PIXELS;
    return segment;
  });
}

function ticksOf({ startMs, endMs, x0, x1 }: TimeSegment): readonly TimeTick[] {
  const first = { x: startMs === endMs ? (x0 + x1) / 2 : x0, label: labelOf(startMs, true) };
  const perPixel = (endMs - startMs) / (x1 - x0);
  const step = STEPS.find((one) => one >= perPixel * TICK_PIXELS);
  if (perPixel === 0 || step === undefined) return [first];
  const ticks: TimeTick[] = [first];
  for (let at = Math.ceil(startMs / step) * step; at <= endMs; at += step) {
    const x = x0 + (at - startMs) / perPixel;
    const isMidnight = at % DAY === 0;
    if (x - x0 >= TICK_PIXELS * 1.4)
      ticks.push({ x, label: labelOf(at, isMidnight || step >= DAY) });
  }
  return ticks;
}

function labelOf(timeMs: number, withDate: boolean): string {
  const iso = new Date(timeMs).toISOString();
  const time = iso.slice(11, 16);
  if (!withDate) return time;
  return timeMs % DAY === 0 ? iso.slice(0, 10) : `${iso.slice(0, 10)} ${time}`;
}
