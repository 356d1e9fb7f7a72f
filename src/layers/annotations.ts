import type { Layer, LayerTechnique } from './layer.js';

/** What a layer says of each technique under each tactic. */
export interface Annotations {
  /**
   * The entry for a technique under a tactic.
   *
   * @param tactic shortname; undefined asks for the entry that stands for all tactics only.
   */
  at(techniqueId: string, tactic: string | undefined): LayerTechnique | undefined;
  /** The entries of a technique that count, general ones first; duplicates that lost are left out. */
  of(techniqueId: string): readonly LayerTechnique[];
  /** Every technique id of the layer, in the order in which it first names them. */
  readonly techniqueIds: readonly string[];
}

interface Entries {
  readonly byTactic: Map<string, LayerTechnique>;
  general: LayerTechnique | undefined;
}

/**
 * Indexes the entries of a layer.
 *
 * The entry that comes last wins, as in Navigator: one without a tactic replaces the ones with a tactic before it.
 */
export function indexAnnotations(layer: Layer): Annotations {
  const index = new Map<string, Entries>();
  for (const entry of layer.techniques) {
    const known = index.get(entry.techniqueId) ?? { byTactic: new Map(), general: undefined };
    index.set(entry.techniqueId, known);
    if (entry.tactic !== undefined) known.byTactic.set(entry.tactic, entry);
    else {
      known.byTactic.clear();
      known.general = entry;
    }
  }
  return {
    at(techniqueId, tactic) {
      const entries = index.get(techniqueId);
      if (entries === undefined) return undefined;
      return (tactic === undefined ? undefined : entries.byTactic.get(tactic)) ?? entries.general;
    },
    of(techniqueId) {
      const entries = index.get(techniqueId);
      if (entries === undefined) return [];
      const { byTactic, general } = entries;
      return general === undefined ? [...byTactic.values()] : [general, ...byTactic.values()];
    },
    techniqueIds: [...index.keys()],
  };
}

/** Whether an entry says anything: a score, colour, comment, link or metadata, or that the technique is disabled. */
export function isAnnotated(entry: LayerTechnique): boolean {
  return (
    entry.score !== undefined ||
    entry.color !== '' ||
    entry.comment !== '' ||
    !entry.enabled ||
    entry.links.length > 0 ||
    entry.metadata.length > 0
  );
}
