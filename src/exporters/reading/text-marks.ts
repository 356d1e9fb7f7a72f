import type { ReadMention, ReportReading } from '../../reports/index.js';
import { quoteLine } from './listed-findings.js';

/** Something to be shown on a stretch of a report's text. */
export interface TextMark {
  /** Unique in its report: the place of the mark in the order of the text. */
  readonly number: number;
  readonly start: number;
  readonly end: number;
  readonly kind: 'technique' | 'object' | 'ioc' | 'cve';
  /** `T1059.001`, `G0016`, `domain`, `CVE-2021-44228`. */
  readonly label: string;
  /** What the label stands for, and why it is here. */
  readonly title: string;
  /** Shortname of the technique's first tactic. */
  readonly tactic: string | undefined;
  readonly lane: string;
  readonly isReview: boolean;
}

/** A stretch of text on which the same marks lie. */
export interface MarkedSpan {
  readonly start: number;
  readonly end: number;
  /** The outermost, which began first, before the others. */
  readonly marks: readonly TextMark[];
}

// More marks than anyone looks at, and as many as a browser shows at once.
const MAX_MARKS = 20_000;
const WHYS = 4;

/** Everything that a reading says of its text, in the order of the text; longer before shorter at one place. */
export function marksOf(reading: ReportReading): readonly TextMark[] {
  const marks: Omit<TextMark, 'number'>[] = [];
  for (const { techniqueId, name, tactics, mentions } of reading.techniques)
    for (const mention of mentions)
      marks.push({
        ...foundMark(mention, techniqueId, name),
        kind: 'technique',
        tactic: tactics[0],
      });
  const { groups, software, campaigns, tactics, mitigations } = reading;
  for (const object of [groups, software, campaigns, tactics, mitigations].flat())
    for (const mention of object.mentions)
      marks.push({
        ...foundMark(mention, object.attackId, object.name),
        kind: 'object',
        tactic: undefined,
      });
  for (const { cveId, mentions } of reading.cves)
    for (const { start, end } of mentions) marks.push(plainMark({ start, end }, 'cve', cveId));
  for (const { type, defanged, warning, mentions } of reading.iocs)
    for (const { start, end } of mentions) {
      const known = warning === undefined ? '' : `, known as harmless by ${warning}`;
      marks.push({
        ...plainMark({ start, end }, 'ioc', type),
        title: `${type}: ${quoteLine(defanged, 300)}${known}`,
      });
    }
  return marks
    .sort((a, b) => a.start - b.start || b.end - a.end || (a.label < b.label ? -1 : 1))
    .slice(0, MAX_MARKS)
    .map((mark, index) => ({ ...mark, number: index + 1 }));
}

function foundMark(mention: ReadMention, label: string, name: string) {
  const { start, end, lane, confidence, certainty, why } = mention;
  const reasons = why.length === 0 ? '' : `\n${why.slice(0, WHYS).join('\n')}`;
  const waits = certainty === 'review' ? ', waits for review' : '';
  const title = `${label} ${name}: ${lane}, ${confidence.toFixed(2)}${waits}${reasons}`;
  return { start, end, label, lane, title, isReview: certainty === 'review' };
}

function plainMark(
  place: { readonly start: number; readonly end: number },
  kind: 'ioc' | 'cve',
  label: string,
): Omit<TextMark, 'number'> {
  return { ...place, kind, label, title: label, tactic: undefined, lane: kind, isReview: false };
}

/**
 * Cuts a stretch of text at the ends of all marks on it, so that overlapping marks nest nowhere: every span carries all
 * marks that lie on it.
 *
 * @param marks in the order of the text; those outside the stretch are passed over.
 * @param cuts further offsets at which a span must end.
 */
export function cutAtMarks(
  { start, end }: { readonly start: number; readonly end: number },
  marks: readonly TextMark[],
  cuts: readonly number[] = [],
): readonly MarkedSpan[] {
  const touching = marks.filter((mark) => mark.start < end && mark.end > start);
  const edges = new Set([start, end]);
  for (const mark of touching) {
    edges.add(Math.max(start, mark.start));
    edges.add(Math.min(end, mark.end));
  }
  for (const cut of cuts) if (cut > start && cut < end) edges.add(cut);
  const sorted = [...edges].sort((a, b) => a - b);
  const spans: MarkedSpan[] = [];
  let active: TextMark[] = [];
  let next = 0;
  for (const [index, from] of sorted.entries()) {
    const to = sorted[index + 1];
    if (to === undefined) break;
    active = active.filter((mark) => mark.end > from);
    for (
      let mark = touching[next];
      mark !== undefined && mark.start <= from;
      mark = touching[next]
    ) {
      if (mark.end > from) active.push(mark);
      next += 1;
    }
    spans.push({ start: from, end: to, marks: [...active] });
  }
  return spans;
}
