import { type ConfidenceRule, familyOf } from './map-confidence-rule.js';

// Bounds memory on logs made to name a host a line; matches on further subjects count as on one more, without a name.
const MAX_SUBJECTS = 10_000;

/** One firing of a rule or behaviour that names techniques. */
export interface ConfidenceMatch {
  /** The same object each time. */
  readonly rule: ConfidenceRule;
  /** Host, user or file that it is about. */
  readonly subject: string;
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

/** Subject → rule → how it fired. */
export type SubjectCounts = ReadonlyMap<string, ReadonlyMap<ConfidenceRule, RuleCount>>;

/** Counts matches by subject and rule; memory grows with subjects and rules, not with events. */
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
    for (const { rule, subject: name } of event) {
      const key = subjects.has(name) || subjects.size < MAX_SUBJECTS ? name : '';
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
