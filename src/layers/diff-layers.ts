import type { KnowledgeBase } from '../attack/lookup.js';
import type { Layer, LayerTechnique } from './layer.js';
import { type LayerCell, layerCells } from './layer-cells.js';

/** How a cell changed: `added` and `lost` are about being there at all, `better` and `worse` about the score. */
export const LAYER_CHANGES = ['added', 'lost', 'better', 'worse', 'unchanged'] as const;
export type LayerChangeKind = (typeof LAYER_CHANGES)[number];

/** One technique under one tactic in both layers. */
export interface LayerChange {
  readonly kind: LayerChangeKind;
  readonly techniqueId: string;
  /** Shortname; undefined = all tactics of the technique. */
  readonly tactic: string | undefined;
  readonly scoreBefore: number | undefined;
  readonly scoreAfter: number | undefined;
  readonly commentBefore: string;
  readonly commentAfter: string;
  /** Whether comment, colour, links or metadata differ. */
  readonly notesChanged: boolean;
}

export interface LayerDiff {
  /** In the order of the layers' entries. */
  readonly changes: readonly LayerChange[];
  readonly counts: Readonly<Record<LayerChangeKind, number>>;
}

export interface DiffOptions {
  /** Divides entries that stand for all tactics where the other layer divides them. */
  readonly knowledgeBase?: KnowledgeBase | undefined;
  /** Default true: a higher score is better. False for scores of risk. */
  readonly higherIsBetter?: boolean | undefined;
}

/** An entry that claims something; a disabled technique is out of the layer. */
function claimOf(entry: LayerTechnique | undefined): LayerTechnique | undefined {
  if (entry === undefined || !entry.enabled) return undefined;
  const isEmpty = entry.score === undefined && entry.color === '' && !hasNotes(entry);
  return isEmpty ? undefined : entry;
}

const hasNotes = (entry: LayerTechnique): boolean =>
  entry.comment !== '' || entry.links.length > 0 || entry.metadata.length > 0;

const notesOf = (entry: LayerTechnique | undefined): string =>
  JSON.stringify([
    entry?.comment ?? '',
    entry?.color ?? '',
    entry?.links ?? [],
    entry?.metadata ?? [],
  ]);

/** An unscored claim lies below every score: to gain a score is better, to lose it is worse. */
function compareScores(
  before: number | undefined,
  after: number | undefined,
  higherIsBetter: boolean,
): LayerChangeKind {
  if (before === after) return 'unchanged';
  if (before === undefined) return 'better';
  if (after === undefined) return 'worse';
  return after > before === higherIsBetter ? 'better' : 'worse';
}

function changeOf(
  { techniqueId, tactic, entries }: LayerCell,
  higherIsBetter: boolean,
): LayerChange | undefined {
  const [before, after] = entries.map(claimOf);
  if (before === undefined && after === undefined) return undefined;
  const kind =
    before === undefined
      ? 'added'
      : after === undefined
        ? 'lost'
        : compareScores(before.score, after.score, higherIsBetter);
  return {
    kind,
    techniqueId,
    tactic,
    scoreBefore: before?.score,
    scoreAfter: after?.score,
    commentBefore: before?.comment ?? '',
    commentAfter: after?.comment ?? '',
    notesChanged: notesOf(before) !== notesOf(after),
  };
}

/**
 * What changed between two layers of one ATT&CK version, per technique and tactic.
 *
 * A cell is in a layer when the layer has it enabled and gives it a score, colour, comment, link or metadata.
 */
export function diffLayers(before: Layer, after: Layer, options: DiffOptions = {}): LayerDiff {
  const { higherIsBetter = true, knowledgeBase } = options;
  const changes = layerCells([before, after], knowledgeBase)
    .map((cell) => changeOf(cell, higherIsBetter))
    .filter((change) => change !== undefined);
  const counts = { added: 0, lost: 0, better: 0, worse: 0, unchanged: 0 };
  for (const { kind } of changes) counts[kind] += 1;
  return { changes, counts };
}
