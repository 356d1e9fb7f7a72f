import type { Store } from '../store/index.js';
import type { KnowledgeShelf } from './serve-knowledge.js';
import { type MatrixQuestion, showMatrix, toFilter } from './serve-matrix.js';

/** Evidence day by day. */
export interface ShownTimeline {
  readonly domain: MatrixQuestion['domain'];
  /** `YYYY-MM-DD`, UTC; undefined when nothing has a time. */
  readonly first: string | undefined;
  readonly last: string | undefined;
  /** Pieces of evidence without time. */
  readonly undated: number;
  /** Days with evidence, oldest first. */
  readonly days: readonly {
    readonly day: string;
    readonly count: number;
    readonly techniques: readonly {
      readonly techniqueId: string;
      readonly count: number;
      /** Of the technique as a whole. */
      readonly maxConfidence: number;
    }[];
  }[];
}

/** For a slider over time: what was seen on which day. Techniques that the version shown has not are left out. */
export async function showTimeline(
  store: Store,
  shelf: KnowledgeShelf,
  question: MatrixQuestion,
): Promise<ShownTimeline> {
  const matrix = await showMatrix(store, shelf, question);
  const confidences = new Map(matrix.cells.map((cell) => [cell.techniqueId, cell.maxConfidence]));
  const byDay = new Map<string, Map<string, number>>();
  let dated = 0;
  for (const { dayMs, techniqueId, count } of await store.mappings.days(toFilter(question))) {
    if (!confidences.has(techniqueId)) continue;
    const day = new Date(dayMs).toISOString().slice(0, 10);
    const techniques = byDay.get(day) ?? new Map<string, number>();
    techniques.set(techniqueId, (techniques.get(techniqueId) ?? 0) + count);
    byDay.set(day, techniques);
    dated += count;
  }
  const days = [...byDay]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([day, techniques]) => ({
      day,
      count: [...techniques.values()].reduce((sum, count) => sum + count, 0),
      techniques: [...techniques].map(([techniqueId, count]) => ({
        techniqueId,
        count,
        maxConfidence: confidences.get(techniqueId) ?? 0,
      })),
    }));
  const all = Object.values(matrix.totals.counts).reduce((sum, count) => sum + count, 0);
  return {
    domain: question.domain,
    first: days[0]?.day,
    last: days.at(-1)?.day,
    undated: Math.max(0, all - dated),
    days,
  };
}
