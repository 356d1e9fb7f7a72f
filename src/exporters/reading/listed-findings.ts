import type { ReadMention, ReadObject, ReadTechnique, ReportReading } from '../../reports/index.js';
import type { ReadingExportOptions } from './reading-exporter.js';

/** What of a reading is to be written. */
export interface ListedFindings {
  readonly techniques: readonly ReadTechnique[];
  readonly tactics: readonly ReadObject[];
  readonly groups: readonly ReadObject[];
  readonly software: readonly ReadObject[];
  readonly campaigns: readonly ReadObject[];
  readonly mitigations: readonly ReadObject[];
}

/** The accepted findings; with `includeReview` also what waits for review, after them. */
export function listedFindings(
  reading: ReportReading,
  { includeReview }: Pick<ReadingExportOptions, 'includeReview'>,
): ListedFindings {
  const listed = <T extends Pick<ReadTechnique, 'certainty'>>(found: readonly T[]) =>
    found.filter(({ certainty }) => includeReview || certainty === 'accepted');
  return {
    techniques: listed(reading.techniques),
    tactics: listed(reading.tactics),
    groups: listed(reading.groups),
    software: listed(reading.software),
    campaigns: listed(reading.campaigns),
    mitigations: listed(reading.mitigations),
  };
}

/** The mentions that a finding is shown with: the surest first, then in the order of the text, one of each sentence. */
export function bestMentions(
  mentions: readonly ReadMention[],
  max: number,
): readonly ReadMention[] {
  const seen = new Set<number>();
  const best: ReadMention[] = [];
  const sorted = [...mentions].sort((a, b) => b.confidence - a.confidence || a.start - b.start);
  for (const mention of sorted) {
    if (best.length === max) break;
    if (seen.has(mention.sentence.start)) continue;
    seen.add(mention.sentence.start);
    best.push(mention);
  }
  return best;
}

/** A quote on one line, cut in the middle of no character. */
export function quoteLine(text: string, maxLength: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= maxLength) return line;
  const isSplit = /[\ud800-\udbff]/.test(line.charAt(maxLength - 2));
  return `${line.slice(0, isSplit ? maxLength - 2 : maxLength - 1).trimEnd()}…`;
}

/** Title of a report for people: its own, else where it came from. */
export function titleOf({ document }: ReportReading): string {
  const title = quoteLine(document.title ?? '', 300);
  return title === '' ? document.source : title;
}

/** `1 technique`, `2 techniques` */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
