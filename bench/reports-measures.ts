import { seededRandom } from '../scripts/train-reports-softmax.js';

/** A figure with the interval that 95 of 100 resamples fall into. */
export interface Figure {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

const RESAMPLES = 500;

/** Bootstrap over items: the figure of the items drawn with replacement, again and again. Seeded. */
export function bootstrap<Item>(
  items: readonly Item[],
  measure: (items: readonly Item[]) => number,
): Figure {
  const random = seededRandom(1);
  const values = Array.from({ length: RESAMPLES }, () =>
    measure(items.map(() => items[Math.floor(random() * items.length)] as Item)),
  ).sort((a, b) => a - b);
  return {
    value: measure(items),
    low: values[Math.floor(RESAMPLES * 0.025)] ?? Number.NaN,
    high: values[Math.floor(RESAMPLES * 0.975)] ?? Number.NaN,
  };
}

/** A sentence with its technique and what was ranked first to fifth. */
export interface RankedSentence {
  readonly truth: string;
  readonly ranked: readonly string[];
}

/** Share of sentences whose technique is among the first. */
export function topShare(items: readonly RankedSentence[], top: number): number {
  return (
    items.filter(({ truth, ranked }) => ranked.slice(0, top).includes(truth)).length / items.length
  );
}

/** Mean over the techniques that are there of the F1 of the first guess. */
export function macroF1(items: readonly RankedSentence[]): number {
  const truth = new Map<string, number>();
  const guessed = new Map<string, number>();
  const right = new Map<string, number>();
  const count = (map: Map<string, number>, id: string) => map.set(id, (map.get(id) ?? 0) + 1);
  for (const { truth: id, ranked } of items) {
    count(truth, id);
    count(guessed, ranked[0] ?? '');
    if (ranked[0] === id) count(right, id);
  }
  const scores = [...truth].map(
    ([id, wanted]) => (2 * (right.get(id) ?? 0)) / (wanted + (guessed.get(id) ?? 0)),
  );
  return scores.reduce((sum, one) => sum + one, 0) / scores.length;
}

/** `.650 (.634–.666)` */
export function formatFigure({ value, low, high }: Figure): string {
  const short = (one: number) => one.toFixed(3).replace(/^0/, '');
  return `${short(value)} (${short(low)}–${short(high)})`;
}
