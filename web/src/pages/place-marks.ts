import type { ApiMapping } from '../../../src/server/api-types.js';

/** A mapping on a time line. */
export interface TimeMark {
  readonly mapping: ApiMapping;
  /** 0..1 from the first to the last of all. */
  readonly start: number;
  readonly end: number;
  /** 0-based line within its subject, so that marks do not lie on each other. */
  readonly lane: number;
}

/** The marks of one host, user or account, in the order of time. */
export interface SubjectMarks {
  readonly subject: string;
  readonly marks: readonly TimeMark[];
  readonly lanes: number;
}

/** What a time line shows. */
export interface TimeLine {
  /** Milliseconds since 1970. */
  readonly firstMs: number;
  readonly lastMs: number;
  /** Those first seen first. */
  readonly subjects: readonly SubjectMarks[];
  /** Mappings without a time. */
  readonly undated: number;
}

/** Places mappings on a line of time for each subject. @param gap least distance of two marks of a lane, 0..1. */
export function placeMarks(mappings: readonly ApiMapping[], gap: number): TimeLine {
  const dated = mappings
    .flatMap((mapping) => {
      const { firstSeen, lastSeen = firstSeen } = mapping;
      return firstSeen === undefined
        ? []
        : [{ mapping, fromMs: Date.parse(firstSeen), toMs: Date.parse(lastSeen ?? firstSeen) }];
    })
    .sort((a, b) => a.fromMs - b.fromMs);
  const firstMs = dated[0]?.fromMs ?? 0;
  const lastMs = dated.reduce((last, { toMs }) => Math.max(last, toMs), firstMs);
  const span = Math.max(1, lastMs - firstMs);
  const bySubject = new Map<string, TimeMark[]>();
  const ends = new Map<string, number[]>();
  for (const { mapping, fromMs, toMs } of dated) {
    const { subject } = mapping;
    const start = (fromMs - firstMs) / span;
    const end = (toMs - firstMs) / span;
    const taken = ends.get(subject) ?? [];
    const free = taken.findIndex((one) => one + gap <= start);
    const lane = free === -1 ? taken.length : free;
    taken[lane] = end;
    ends.set(subject, taken);
    const marks = bySubject.get(subject) ?? [];
    marks.push({ mapping, start, end, lane });
    bySubject.set(subject, marks);
  }
  return {
    firstMs,
    lastMs,
    undated: mappings.length - dated.length,
    subjects: [...bySubject].map(([subject, marks]) => ({
      subject,
      marks,
      lanes: ends.get(subject)?.length ?? 0,
    })),
  };
}
