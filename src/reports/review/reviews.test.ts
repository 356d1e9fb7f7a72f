import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleAttack, sampleReading } from '../../../test/contract/sample-readings.js';
import { isTechniqueId, type TechniqueId } from '../../model/index.js';
import { applyReviews } from './apply-reviews.js';
import { compareReviews } from './compare-reviews.js';
import { decide, parseDecision } from './review-decisions.js';
import { formatReview, parseReviews, type ReviewRecord } from './review-record.js';

const knowledgeBase = sampleAttack();
const maker = { by: 'ana', at: '2026-11-24T12:00:00.000Z', comment: undefined };
const made = (status: ReviewRecord['status'], text: string, by = 'ana') =>
  decide(sampleReading(), parseDecision(text, status), { maker: { ...maker, by }, knowledgeBase });
const idsOf = (records: readonly ReviewRecord[]) =>
  applyReviews(sampleReading(), records, knowledgeBase)
    .techniques.filter(({ certainty }) => certainty === 'accepted')
    .map(({ techniqueId }) => techniqueId);

describe('decide', () => {
  it('writes down every mention of a technique, with the words and the sentence', () => {
    const records = made('accepted', 'T1059.001');
    expect(records.map(({ text, scope }) => [text, scope])).toEqual([
      ['PowerShell', 'technique'],
      ['T1059.001', 'technique'],
    ]);
    for (const { text, start, end, sentence } of records) {
      expect(sampleReading().document.text.slice(start, end)).toBe(text);
      expect(sentence).toContain(text);
    }
  });

  it('takes words that no lane found, to accept them', () => {
    expect(made('accepted', 'T1566.001@28-33')).toMatchObject([
      { text: 'APT29', lane: 'analyst', scope: 'mention', confidence: 0 },
    ]);
  });

  it.each([
    ['accepted', 'T1566.001', 'NOT_FOUND'],
    ['accepted', 'T1566.001@28-99999', 'NOT_FOUND'],
    ['rejected', 'T1566.001@28-33', 'NOT_FOUND'],
    ['accepted', 'T9999', 'NOT_FOUND'],
    ['edited', 'T1059.001=T9999', 'NOT_FOUND'],
    ['edited', 'T1059.001', 'USAGE'],
    ['accepted', 'T1059.001=T1059', 'USAGE'],
    ['accepted', 'T1059.001@33-28', 'USAGE'],
    ['accepted', 'PowerShell', 'USAGE'],
    ['accepted', '', 'USAGE'],
  ] as const)('refuses %s %s: %s', (status, text, code) => {
    expect(() => made(status, text)).toThrow(expect.objectContaining({ code }));
  });
});

describe('applyReviews', () => {
  it('leaves a reading alone that nobody reviewed', () => {
    const other = { ...made('rejected', 'T1041')[0], reportSha256: 'c'.repeat(64) } as ReviewRecord;
    expect(applyReviews(sampleReading(), [other], knowledgeBase)).toEqual(sampleReading());
  });

  it.each<readonly [string, readonly ReviewRecord[], readonly string[]]>([
    ['rejected is gone', made('rejected', 'T1041'), ['T1059.001', 'T1003.001']],
    [
      'accepted out of review is certain',
      made('accepted', 'T1053.005'),
      ['T1053.005', 'T1041', 'T1059.001', 'T1003.001'],
    ],
    [
      'edited stands elsewhere',
      made('edited', 'T1041=T1567.002'),
      ['T1567.002', 'T1059.001', 'T1003.001'],
    ],
    [
      'edited to one that is there joins it',
      made('edited', 'T1041=T1059.001'),
      ['T1059.001', 'T1003.001'],
    ],
    [
      'added is there',
      made('accepted', 'T1566.001@28-33'),
      ['T1566.001', 'T1041', 'T1059.001', 'T1003.001'],
    ],
    [
      'the last decision counts',
      [...made('rejected', 'T1041'), ...made('accepted', 'T1041', 'bo')],
      ['T1041', 'T1059.001', 'T1003.001'],
    ],
    [
      'what is proposed again is as it was read',
      [...made('rejected', 'T1041'), ...made('proposed', 'T1041')],
      ['T1041', 'T1059.001', 'T1003.001'],
    ],
    [
      'one mention rejected leaves the other',
      made('rejected', 'T1059.001@71-80'),
      ['T1041', 'T1003.001', 'T1059.001'],
    ],
    [
      'a technique rejected after one mention was accepted is gone',
      [...made('accepted', 'T1059.001@71-80'), ...made('rejected', 'T1059.001')],
      ['T1041', 'T1003.001'],
    ],
    [
      'an addition that is rejected later is gone',
      [
        ...made('accepted', 'T1566.001@28-33'),
        ...made('accepted', 'T1566.001@28-33').map((one) => ({
          ...one,
          status: 'rejected' as const,
        })),
      ],
      ['T1041', 'T1059.001', 'T1003.001'],
    ],
  ])('%s', (_name, records, expected) => {
    expect(idsOf(records)).toEqual(expected);
  });

  it('says who decided, and keeps every quote verbatim', () => {
    const records = [...made('edited', 'T1041=T1567.002'), ...made('accepted', 'T1566.001@28-33')];
    const { techniques, document } = applyReviews(sampleReading(), records, knowledgeBase);
    expect(techniques[0]?.decision).toMatchObject({ by: 'ana', at: maker.at });
    expect(techniques.flatMap(({ mentions }) => mentions).map(({ why }) => why[0])).toContain(
      'changed from T1041 by ana',
    );
    for (const { start, end, text } of techniques.flatMap(({ mentions }) => mentions))
      expect(document.text.slice(start, end)).toBe(text);
  });

  it('follows an id of an older version, and says when it cannot', () => {
    const [record] = made('accepted', 'T1041');
    if (record === undefined) throw new Error('expected a record');
    const old = { ...record, techniqueId: 'T1086' as TechniqueId, scope: 'mention' as const };
    const successor = applyReviews(sampleReading(), [old], knowledgeBase);
    expect(
      successor.techniques.find(({ techniqueId }) => techniqueId === 'T1059.001')?.confidence,
    ).toBe(1);
    const lost = { ...record, techniqueId: 'T7777' as TechniqueId };
    const { issues } = applyReviews(sampleReading(), [lost], knowledgeBase);
    expect(issues.map(({ code }) => code)).toEqual(['TECHNIQUE_UNKNOWN']);
  });
});

describe('parseReviews', () => {
  it('reads what formatReview wrote', () => {
    const records = [...made('edited', 'T1041=T1567.002'), ...made('accepted', 'T1566.001@28-33')];
    const { records: again, issues } = parseReviews(records.map(formatReview).join(''), 'r.ndjson');
    expect(issues).toEqual([]);
    expect(again).toEqual(records);
  });

  const line = formatReview(made('accepted', 'T1041')[0] as ReviewRecord);
  it.each([
    ['{"a":', 'JSON_INVALID'],
    ['[1]', 'REVIEW_INVALID'],
    [line.replace('"techniqueId":"T1041"', '"techniqueId":"T41"'), 'REVIEW_INVALID'],
    [line.replace('"accepted"', '"maybe"'), 'REVIEW_INVALID'],
    [line.replace('"accepted"', '"edited"'), 'REVIEW_INVALID'],
    [line.replace(/"start":\d+/, '"start":-1'), 'REVIEW_INVALID'],
    [line.replace(/"end":\d+/, '"end":1e99'), 'REVIEW_INVALID'],
    [line.replace('"ana"', '" "'), 'REVIEW_INVALID'],
    [line.replace(maker.at, 'yesterday'), 'REVIEW_INVALID'],
    [line.replace('a'.repeat(64), 'a'), 'REVIEW_INVALID'],
  ])('passes over %j', (bad, code) => {
    const { records, issues } = parseReviews(`${bad.trim()}\n\n${line}`, 'r.ndjson');
    expect(records).toHaveLength(1);
    expect(issues).toMatchObject([{ code, at: { source: 'r.ndjson', line: 1 } }]);
  });

  it('throws on no text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        const { records } = parseReviews(text, 'r');
        expect(records.every(({ techniqueId }) => isTechniqueId(techniqueId))).toBe(true);
      }),
    );
  });
});

/** `count` items of one technique, decided alike by each person. */
function items(
  count: number,
  {
    from,
    statuses,
    id = 'T1041',
  }: {
    readonly from: number;
    readonly statuses: readonly ['accepted' | 'rejected', 'accepted' | 'rejected'];
    readonly id?: string;
  },
): readonly (readonly [ReviewRecord, ReviewRecord])[] {
  const [base] = made('accepted', 'T1041');
  if (base === undefined) throw new Error('expected a record');
  return Array.from({ length: count }, (_, index) => {
    const place = { start: from + index, end: from + index + 1, techniqueId: id as TechniqueId };
    const [mine, theirs] = statuses;
    return [
      { ...base, ...place, status: mine },
      { ...base, ...place, status: theirs, by: 'bo' },
    ] as const;
  });
}

describe('compareReviews', () => {
  // 50 items: both yes 20, first only 5, second only 10, both no 15: o = .7, e = .5 × .6 + .5 × .4 = .5, kappa = .4.
  const worked = [
    ...items(20, { from: 0, statuses: ['accepted', 'accepted'] }),
    ...items(5, { from: 100, statuses: ['accepted', 'rejected'] }),
    ...items(10, { from: 200, statuses: ['rejected', 'accepted'] }),
    ...items(15, { from: 300, statuses: ['rejected', 'rejected'] }),
  ];
  const compare = (pairs: readonly (readonly [ReviewRecord, ReviewRecord])[]) =>
    compareReviews(
      pairs.map(([first]) => first),
      pairs.map(([, second]) => second),
      knowledgeBase,
    );

  it("is Cohen's kappa of the worked example", () => {
    const { overall, tactics, disagreements } = compare(worked);
    expect(overall).toMatchObject({ items: 50, agreed: 35 });
    expect(overall.kappa).toBeCloseTo(0.4, 10);
    expect(tactics.map(({ name }) => name)).toEqual(['Exfiltration']);
    expect(tactics[0]?.kappa).toBeCloseTo(0.4, 10);
    expect(disagreements).toHaveLength(15);
  });

  it('has no kappa where chance alone gives full agreement, and 1 where two habits agree', () => {
    expect(compare([]).overall.kappa).toBeUndefined();
    const alike = items(5, { from: 0, statuses: ['accepted', 'accepted'] });
    expect(compare(alike).overall.kappa).toBeUndefined();
    const both = [
      ...items(2, { from: 0, statuses: ['accepted', 'accepted'] }),
      ...items(2, { from: 9, statuses: ['rejected', 'rejected'] }),
    ];
    expect(compare(both).overall.kappa).toBe(1);
  });

  it('scores documents exactly and by parent; edits that differ disagree', () => {
    const first = [...made('accepted', 'T1059.001'), ...made('rejected', 'T1041')];
    const second = [
      ...made('edited', 'T1059.001=T1059.003', 'bo'),
      ...made('rejected', 'T1041', 'bo'),
      ...made('accepted', 'T1003.001', 'bo'),
    ];
    const { reports, exactF1, parentF1, disagreements, onlySecond } = compareReviews(
      first,
      second,
      knowledgeBase,
    );
    // {T1059.001} and {T1059.003, T1003.001}: nothing in common; {T1059} and {T1059, T1003}: 2 × 1 / 3.
    expect([reports, exactF1, onlySecond]).toEqual([1, 0, 1]);
    expect(parentF1).toBeCloseTo(2 / 3, 10);
    expect(disagreements).toHaveLength(2);
  });
});
