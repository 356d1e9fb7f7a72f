import type { AttackText, AttackTexts } from '../scripts/train-reports-attack.js';
import { draftNotes, openModel, pruneRecipe, toModelBytes } from '../scripts/train-reports-head.js';
import { attackRows, RECIPE, trainRecipe } from '../scripts/train-reports-recipe.js';
import { SMALLEST_EFFECT } from '../scripts/train-reports-shipped.js';
import { trainSvm } from '../scripts/train-reports-svm.js';
import { vectorize, vectorizeWith } from '../scripts/train-reports-vectors.js';
import { rankSentence } from '../src/reports/model/rank-sentence.js';
import type { RankedSentence } from './reports-measures.js';

/** Procedures to learn from and to be asked; beside them everything else that ATT&CK says. */
export interface Split {
  readonly learn: readonly AttackText[];
  readonly ask: readonly AttackText[];
  /** Names, descriptions, mitigations, detections. */
  readonly rest: readonly AttackText[];
}

/** A sentence's answer with the confidence of its first guess. */
export interface ProcedureAnswer extends RankedSentence {
  readonly confidence: number;
}

/** The recipe, trained, pruned, written and read again, asked as `portolan classify` asks it. */
export function askRecipe(
  texts: AttackTexts,
  { learn, ask, rest }: Split,
): readonly ProcedureAnswer[] {
  const recipe = trainRecipe(attackRows([...learn, ...rest], texts.techniqueIds), texts);
  pruneRecipe(recipe, SMALLEST_EFFECT);
  const bytes = toModelBytes(recipe, { reportLabels: [], bias: [] }, draftNotes(texts.version));
  const model = openModel(bytes);
  return ask.map(({ text, techniqueId }) => {
    const ranked = rankSentence(model, text, { top: 5 });
    return {
      truth: techniqueId,
      ranked: ranked.map((one) => one.techniqueId),
      confidence: ranked[0]?.confidence ?? 0,
    };
  });
}

/** The peer: one linear support vector machine a technique, over the same n-grams, C = 0.5. */
export function askBaseline(
  texts: AttackTexts,
  { learn, ask, rest }: Split,
): readonly RankedSentence[] {
  const known = rest.filter(
    ({ kind, created }) => kind !== 'mitigation' && kind !== 'detection' && created !== '',
  );
  const rows = attackRows(
    [...learn, ...known.filter(({ kind }) => kind === 'name')],
    texts.techniqueIds,
  );
  const vectors = vectorize(
    rows.map(({ text }) => text),
    RECIPE,
  );
  const asked = vectorizeWith(
    ask.map(({ text }) => text),
    vectors,
    RECIPE.blockWeights,
  );
  const best = ask.map((): { id: string; score: number }[] => []);
  const all = Uint32Array.from(rows.keys());
  for (const id of texts.techniqueIds) {
    const isPositive = Uint8Array.from(rows, ({ techniqueIds }) =>
      techniqueIds[0] === id ? 1 : 0,
    );
    const { weights, bias } = trainSvm(
      vectors,
      { rows: all, isPositive },
      { cost: 0.5, epochs: 9, seed: 4 },
    );
    for (let row = 0; row < ask.length; row++) {
      let score = bias;
      for (
        let at = asked.rowStarts[row] as number;
        at < (asked.rowStarts[row + 1] as number);
        at++
      ) {
        score += (asked.values[at] as number) * (weights[asked.features[at] as number] as number);
      }
      const list = best[row] as { id: string; score: number }[];
      list.push({ id, score });
      list.sort((a, b) => b.score - a.score);
      if (list.length > 5) list.pop();
    }
  }
  return ask.map(({ techniqueId }, row) => ({
    truth: techniqueId,
    ranked: (best[row] ?? []).map(({ id }) => id),
  }));
}
