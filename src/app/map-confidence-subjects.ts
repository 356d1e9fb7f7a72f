import { type ConfidenceRule, familyOf } from './map-confidence-rule.js';

// Bounds memory on logs made to name a host a line; matches on further subjects and days count as on one without a name.
const MAX_SUBJECTS = 10_000;

/** One firing of a rule or behaviour that names techniques. */
export interface ConfidenceMatch {
  /** The same object each time. */
  readonly rule: ConfidenceRule;
  /** Host, user or file that it is about. */
  readonly subject: string;
  /** ISO 8601 UTC. */
  readonly time: string | undefined;
  /** File and place in it: matches in a row with the same are of one event. */
  readonly source: string;
  readonly record: string;
}

/** How a rule fired on one subject. */
export interface RuleCount {
  /** Events. */
  readonly matches: number;
  /** 0..1: 1 / techniques claimed on an event by all rules, for the event on which this is largest. */
  readonly share: number;
}

/**
 * Day of a subject (see `subjectOf`) → rule → how it fired. A day by itself: what a host shows in a month is not one thing,
 * and logs of any length are looked at like those that the model learned on.
 */
export type SubjectCounts = ReadonlyMap<string, ReadonlyMap<ConfidenceRule, RuleCount>>;

const DAY_LENGTH = '2026-11-24'.length;

/** The subject that a day of the counts is of. */
export function subjectOf(day: string): string {
  return day.slice(0, Math.max(0, day.lastIndexOf('\n')));
}

/** Counts matches by subject, day and rule; memory grows with these, not with events. */
export interface SubjectTally {
  add(match: ConfidenceMatch): void;
  counts(): SubjectCounts;
}

interface GrowingCount {
  matches: number;
  share: number;
}

export function createSubjectTally(): SubjectTally {
  const families = new Map<ConfidenceRule, readonly string[]>();
  const subjects = new Map<string, Map<ConfidenceRule, GrowingCount>>();
  let event: ConfidenceMatch[] = [];
  const familiesOf = (rule: ConfidenceRule): readonly string[] => {
    const known = families.get(rule) ?? rule.techniqueIds.map(familyOf);
    families.set(rule, known);
    return known;
  };
  const endEvent = (): void => {
    const claimed = new Set(event.flatMap(({ rule }) => familiesOf(rule)));
    for (const { rule, subject: name, time } of event) {
      const day = `${name}\n${time?.slice(0, DAY_LENGTH) ?? ''}`;
      const key = subjects.has(day) || subjects.size < MAX_SUBJECTS ? day : '';
      const subject = subjects.get(key) ?? new Map<ConfidenceRule, GrowingCount>();
      subjects.set(key, subject);
      const count = subject.get(rule) ?? { matches: 0, share: 0 };
      subject.set(rule, count);
      count.matches += 1;
      count.share = Math.max(count.share, 1 / claimed.size);
    }
    event = [];
  };
  return {
    add(match) {
      const [first] = event;
      if (first?.source !== match.source || first.record !== match.record) endEvent();
      event.push(match);
    },
    counts() {
      endEvent();
      return subjects;
    },
  };
}
