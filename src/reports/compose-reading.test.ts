import { describe, expect, it } from 'vitest';
import { documentOf, sampleAttack, sampleReading } from '../../test/contract/sample-readings.js';
import type { TechniqueId } from '../model/index.js';
import { composeReading, type ReadingParts } from './compose-reading.js';
import type { TechniqueMention } from './mention.js';
import { readingMappings } from './reading-mappings.js';

const TEXT = 'It ran PowerShell. It ran it again and again.';
const mention = (rest: Partial<TechniqueMention> = {}): TechniqueMention => ({
  techniqueId: 'T1059.001' as TechniqueId,
  start: 7,
  end: 17,
  lane: 'name',
  confidence: 0.6,
  certainty: 'accepted',
  why: [],
  ...rest,
});

function compose(techniques: readonly TechniqueMention[], rest: Partial<ReadingParts> = {}) {
  return composeReading({
    document: documentOf([['paragraph', TEXT]]),
    textSha256: 'a'.repeat(64),
    sentences: [{ start: 0, end: 18, block: 'paragraph', section: 'body', heading: undefined }],
    knowledgeBase: sampleAttack(),
    modelVersion: '1',
    techniques,
    objects: [],
    cves: [],
    iocs: [],
    issues: [],
    minConfidence: undefined,
    ...rest,
  });
}

describe('composeReading', () => {
  it.each<readonly [string, readonly TechniqueMention[], object]>([
    [
      'the surest mention',
      [mention(), mention({ lane: 'explicit', confidence: 0.9 })],
      { confidence: 0.9, lane: 'explicit', certainty: 'accepted' },
    ],
    [
      'an accepted mention before a surer one in review',
      [mention(), mention({ lane: 'model', confidence: 0.9, certainty: 'review' })],
      { confidence: 0.6, lane: 'name', certainty: 'accepted' },
    ],
    [
      'at a tie the lane that leaves less to doubt',
      [mention({ lane: 'model' }), mention({ lane: 'explicit' })],
      { confidence: 0.6, lane: 'explicit' },
    ],
  ])('is as sure as %s', (_name, mentions, expected) => {
    expect(compose(mentions).techniques).toMatchObject([expected]);
  });

  it('keeps lanes apart, the same lane at the same words once, in the order of the text', () => {
    const { techniques } = compose([
      mention({ start: 19, end: 25 }),
      mention(),
      mention({ confidence: 0.7 }),
      mention({ lane: 'model', start: 0, end: 18 }),
    ]);
    const rows = techniques[0]?.mentions.map((one) => [one.start, one.lane, one.confidence]);
    expect(rows).toEqual([
      [0, 'model', 0.6],
      [7, 'name', 0.7],
      [19, 'name', 0.6],
    ]);
  });

  it('quotes verbatim, with the sentence around', () => {
    const [technique] = compose([mention()]).techniques;
    expect(technique?.mentions[0]).toMatchObject({
      text: 'PowerShell',
      sentence: { start: 0, end: 18, text: 'It ran PowerShell.' },
    });
  });

  it('lists no parent because its sub-technique is there, and no id that the version lacks', () => {
    const ids = compose([mention(), mention({ techniqueId: 'T7777' as TechniqueId })]).techniques;
    expect(ids.map(({ techniqueId }) => techniqueId)).toEqual(['T1059.001']);
  });

  it('takes one threshold for ids and names when one is given', () => {
    const at = (minConfidence: number) =>
      compose([mention()], { minConfidence }).techniques[0]?.certainty;
    expect([at(0.6), at(0.61)]).toEqual(['accepted', 'review']);
  });

  it('is as sure of a model technique as the whole report, unless a name is surer', () => {
    const modelDecisions = new Map([
      ['T1059.001' as TechniqueId, { confidence: 0.8, certainty: 'accepted' as const }],
    ]);
    const model = mention({ lane: 'model', confidence: 0.3 });
    expect(compose([model], { modelDecisions }).techniques).toMatchObject([
      { confidence: 0.8, lane: 'model' },
    ]);
    const named = mention({ confidence: 0.95 });
    expect(compose([model, named], { modelDecisions }).techniques).toMatchObject([
      { confidence: 0.95, lane: 'name' },
    ]);
  });

  it('keeps a thousand mentions of one thing and says so', () => {
    const many = Array.from({ length: 1_500 }, (_, index) =>
      mention({ start: index, end: index + 1 }),
    );
    const { techniques, issues } = compose(many);
    expect(techniques[0]?.mentions).toHaveLength(1_000);
    expect(issues).toMatchObject([{ code: 'REPORT_TRUNCATED' }]);
  });
});

describe('readingMappings', () => {
  it('makes a mapping of kind intel of each technique, with the place of every quote', () => {
    const mappings = readingMappings(sampleReading());
    expect(mappings.map(({ techniqueId, status }) => [techniqueId, status])).toEqual([
      ['T1041', 'accepted'],
      ['T1059.001', 'accepted'],
      ['T1003.001', 'accepted'],
      ['T1053.005', 'proposed'],
    ]);
    expect(mappings[0]).toMatchObject({
      evidenceKind: 'intel',
      attackVersion: '19.1',
      evidence: [{ reference: 'characters 198 to 203', quote: expect.stringContaining('T1041') }],
    });
  });
});
