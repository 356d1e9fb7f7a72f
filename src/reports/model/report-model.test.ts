import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TechniqueId } from '../../model/index.js';
import { type Anchor, encodeAnchors, loadAnchors } from './anchors.js';
import { cleanSentence } from './clean-sentence.js';
import { decideDocument } from './decide-document.js';
import { encodeReportModel } from './encode-report-model.js';
import { explainSentence } from './explain-sentence.js';
import { createHashedFeatures, hashFeatures } from './hash-features.js';
import { learnCorrections, measureCorrections } from './learn-corrections.js';
import { loadReportModel } from './load-report-model.js';
import { rankSentence } from './rank-sentence.js';
import type { ReportModel } from './report-model.js';
import { vectorOf } from './sentence-vector.js';

const LABELS = ['T1003', 'T1003.001', 'T1053.005'] as unknown as readonly TechniqueId[];

/** Hashes of the words and pairs of a text. */
function hashesOf(text: string): readonly number[] {
  const into = createHashedFeatures();
  hashFeatures(cleanSentence(text), into);
  return [...into.hashes.subarray(0, into.count)];
}

/** A model that knows five words: what each says of the labels and of the report label. */
function tinyModel(): Uint8Array {
  const words: Readonly<Record<string, readonly number[]>> = {
    lsass: [1, 4, -1, 1],
    credentials: [3, 1, 0, 0.5],
    schtasks: [-1, -1, 5, 0],
    dumped: [1, 2, 0, 0.2],
    harmless: [-2, -3, -1, -1],
  };
  const rows = Object.entries(words)
    .map(([word, weights]) => ({ hash: hashesOf(word)[0] ?? 0, weights }))
    .sort((a, b) => a.hash - b.hash);
  const threshold = (confidence: number) => ({ confidence, precision: 0, recall: 0 });
  return encodeReportModel({
    header: {
      name: 'tiny',
      version: '1',
      date: '2026-01-01',
      licence: 'Apache-2.0',
      attackVersion: '19.1',
      labels: LABELS,
      reportLabels: ['T1003.001'],
      bias: [0, 0, 0, -0.5],
      temperature: 0.5,
      blockWeights: [1, 1],
      head: {
        taught: { bias: 0, weights: [1, 1, 0, 0, 0] },
        untaught: { bias: 0.5, weights: [1, 0, 0, 0, 0] },
        document: { bias: 0, weights: [1, 0, 0, 0, 0, 0] },
      },
      thresholds: {
        'high-precision': threshold(0.9),
        default: threshold(0.5),
        'high-recall': threshold(0.1),
      },
      source: {},
    },
    hashes: Uint32Array.from(rows, ({ hash }) => hash),
    idf: new Float32Array(rows.length).fill(1),
    weights: Float32Array.from(rows.flatMap(({ weights }) => weights)),
    stride: 4,
    smallestWeight: 0,
  });
}

function opened(bytes = tinyModel()): ReportModel {
  const model = loadReportModel(bytes);
  if (model.kind === 'issue') throw new Error(model.message);
  return model;
}

describe('a model of reports', () => {
  it('ranks every technique once, surest first', () => {
    const ranked = rankSentence(opened(), 'LSASS was dumped');
    expect(ranked.map(({ techniqueId }) => techniqueId)).toEqual([
      'T1003.001',
      'T1003',
      'T1053.005',
    ]);
    expect(ranked.reduce((sum, { confidence }) => sum + confidence, 0)).toBeCloseTo(1, 9);
  });

  it('ranks few as it ranks all', () => {
    const model = opened();
    expect(rankSentence(model, 'schtasks and lsass', { top: 2 })).toEqual(
      rankSentence(model, 'schtasks and lsass').slice(0, 2),
    );
  });

  it('keeps weights to the step that a byte allows', () => {
    const model = opened();
    const value = vectorOf(model, 'lsass').values[0] ?? 0;
    expect(value).toBeCloseTo(1, 6);
    const scores = rankSentence(model, 'lsass').map(({ techniqueId, score }) => [
      techniqueId,
      score,
    ]);
    const byId = Object.fromEntries(scores) as Record<string, number>;
    expect(byId['T1003.001']).toBeCloseTo(4, 1);
    expect(byId['T1053.005']).toBeCloseTo(-1, 1);
  });

  it('gives the same answer twice, and nothing of one sentence stays for the next', () => {
    const model = opened();
    const first = rankSentence(model, 'lsass credentials');
    rankSentence(model, 'schtasks schtasks schtasks');
    expect(rankSentence(model, 'lsass credentials')).toEqual(first);
  });

  it('reads through zero-width characters and full-width letters', () => {
    const model = opened();
    expect(rankSentence(model, 'l\u200bs\u200bass')).toEqual(rankSentence(model, 'lsass'));
    expect(rankSentence(model, 'ｌｓａｓｓ')).toEqual(rankSentence(model, 'lsass'));
  });
});

describe('an explanation', () => {
  const text = 'credentials of lsass were dumped, harmless schtasks';

  it('names the words that speak for a technique and against it, strongest first', () => {
    const explanation = explainSentence(opened(), text, 'T1003.001' as TechniqueId);
    expect(explanation?.for[0]?.words).toBe('lsass');
    expect(explanation?.against[0]?.words).toBe('harmless');
  });

  it('is true: without the strongest word the technique scores lower', () => {
    const model = opened();
    const scoreOf = (sentence: string) =>
      rankSentence(model, sentence).find(({ techniqueId }) => techniqueId === 'T1003.001')?.score ??
      0;
    const strongest = explainSentence(model, text, 'T1003.001' as TechniqueId)?.for[0]?.words ?? '';
    expect(scoreOf(text.replace(strongest, ''))).toBeLessThan(scoreOf(text));
  });

  it('names the nearest other technique and what tells it apart', () => {
    const rival = explainSentence(
      opened(),
      'credentials of lsass',
      'T1003.001' as TechniqueId,
    )?.rival;
    expect(rival?.techniqueId).toBe('T1003');
    expect(rival?.apart[0]?.words).toBe('lsass');
  });

  it('is undefined for a technique that the model does not know', () => {
    expect(explainSentence(opened(), text, 'T9999' as TechniqueId)).toBeUndefined();
  });
});

describe('decisions about a document', () => {
  it('accept what is sure, with the sentences that say so', () => {
    const sentences = [{ text: 'nothing here' }, { text: 'lsass dumped' }];
    const [first] = decideDocument(opened(), sentences);
    expect(first).toMatchObject({ techniqueId: 'T1003.001', certainty: 'accepted' });
    expect(first?.mentions[0]?.sentence).toBe(1);
  });

  it('leave for review what a stricter setting does not accept', () => {
    const decisions = decideDocument(opened(), [{ text: 'schtasks' }], { minConfidence: 0.999 });
    expect(decisions.map(({ certainty }) => certainty)).not.toContain('accepted');
  });

  it('count a sentence less where it stands for less', () => {
    const confidenceOf = (weight: number) =>
      decideDocument(opened(), [{ text: 'lsass dumped', weight }])[0]?.confidence ?? 0;
    expect(confidenceOf(0.5)).toBeLessThan(confidenceOf(1));
  });

  it('leave to a person a technique that another of its family clearly beats in the same sentence', () => {
    const options = { minConfidence: 0.1 };
    const [first, ...rest] = decideDocument(opened(), [{ text: 'lsass dumped' }], options);
    expect(first?.certainty).toBe('accepted');
    const parent = rest.find(({ techniqueId }) => techniqueId === 'T1003');
    expect(parent?.confidence ?? 0).toBeLessThan((first?.confidence ?? 0) / 2);
    expect(parent?.certainty ?? 'review').toBe('review');
    const own = decideDocument(opened(), [{ text: 'lsass dumped' }, { text: 'credentials' }], {
      minConfidence: 0.1,
    }).find(({ techniqueId }) => techniqueId === 'T1003');
    expect(own?.certainty).toBe('accepted');
  });

  it('are none for an empty report', () => {
    expect(decideDocument(opened(), [])).toEqual([]);
  });
});

describe('foreign bytes', () => {
  it('any bytes are a model or an Issue', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(['issue', 'report-model']).toContain(loadReportModel(bytes).kind);
      }),
    );
  });

  it('a damaged model is an Issue, or one that still ranks', () => {
    const whole = tinyModel();
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), fc.nat(whole.length), (at, byte, cut) => {
        const bytes = whole.slice(0, Math.max(cut, 1));
        if (at < bytes.length) bytes[at] = byte;
        const model = loadReportModel(bytes);
        if (model.kind === 'report-model') rankSentence(model, 'lsass was dumped');
      }),
      { numRuns: 500 },
    );
  });

  it('any bytes are anchors or an Issue', () => {
    const model = opened();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        loadAnchors(Uint8Array.from([0x50, 0x52, 0x41, 0x31, ...bytes]), model);
      }),
    );
  });

  it('any text is ranked', () => {
    const model = opened();
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 6_000 }), (text) => {
        expect(rankSentence(model, text)).toHaveLength(3);
      }),
      { numRuns: 50 },
    );
  });
});

describe('corrections', () => {
  const anchorOf = (model: ReportModel, label: number, text: string): Anchor => {
    const { features, values, count } = vectorOf(model, text);
    return { label, features: features.slice(0, count), values: values.slice(0, count) };
  };
  const wrong = { text: 'credentials', techniqueId: 'T1003' as TechniqueId, isRight: false };
  const right = { text: 'credentials', techniqueId: 'T1003.001' as TechniqueId, isRight: true };

  it('move the model to what a person says', () => {
    const model = opened();
    expect(rankSentence(model, 'credentials')[0]?.techniqueId).toBe('T1003');
    const user = learnCorrections(model, [wrong, right], []);
    expect(rankSentence({ ...model, user }, 'credentials')[0]?.techniqueId).toBe('T1003.001');
    expect(rankSentence(model, 'credentials')[0]?.techniqueId).toBe('T1003');
  });

  it('leave what the model knew, held by anchors', () => {
    const model = opened();
    const anchors = [anchorOf(model, 2, 'schtasks'), anchorOf(model, 1, 'lsass dumped')];
    const user = learnCorrections(model, [right], anchors);
    expect(rankSentence({ ...model, user }, 'schtasks')[0]?.techniqueId).toBe('T1053.005');
    const many = Array.from({ length: 10 }, (_, at) => ({ ...right, text: `credentials ${at}` }));
    const { before, after } = measureCorrections(model, many, anchors);
    expect(before.first).toBe(0);
    expect(after.first).toBe(1);
    expect(after.anchors).toBe(1);
  });

  it('come back from a file of anchors', () => {
    const model = opened();
    const anchor = anchorOf(model, 1, 'lsass dumped');
    const [read] = loadAnchors(encodeAnchors([anchor]), model) as readonly Anchor[];
    expect(read?.label).toBe(1);
    expect([...(read?.features ?? [])].sort()).toEqual([...anchor.features].sort());
  });
});
