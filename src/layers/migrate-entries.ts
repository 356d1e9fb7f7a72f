import type { TechniqueMigration } from '../attack/lookup.js';
import type { Layer, LayerTechnique } from './layer.js';
import type { LayerMigrationStep } from './layer-migration-step.js';
import { mergeEntries } from './merge-entries.js';

/** An entry in the wanted version, and the one it comes from. */
interface Landing {
  readonly entry: LayerTechnique;
  readonly origin: LayerTechnique;
  /** Place of the origin in the layer. */
  readonly index: number;
}

const cellName = (techniqueId: string, tactic: string | undefined): string =>
  tactic === undefined ? techniqueId : `${techniqueId} in ${tactic}`;

const nameOf = ({ techniqueId, tactic }: LayerTechnique): string => cellName(techniqueId, tactic);

/** The cells that an entry lands on; one that its target has no tactic for stays under its own. */
function landingsOf(
  origin: LayerTechnique,
  index: number,
  migration: TechniqueMigration,
): readonly Landing[] {
  return migration.targets.flatMap(({ techniqueId, tactics }) => {
    const under = origin.tactic === undefined || tactics.length === 0 ? [origin.tactic] : tactics;
    return under.map((tactic) => ({ entry: { ...origin, techniqueId, tactic }, origin, index }));
  });
}

function stepOf(
  index: number,
  migration: TechniqueMigration,
  landings: readonly Landing[],
): LayerMigrationStep | undefined {
  if (!migration.changed && migration.decision === 'automatic') return undefined;
  const { alternatives, decision, reason, tactic, techniqueId } = migration;
  const choices = alternatives.length === 0 ? '' : `; or ${alternatives.join(', ')}`;
  return {
    kind: 'migration-step',
    path: `techniques[${index}]`,
    raw: techniqueId,
    from: cellName(techniqueId, tactic),
    to: landings.map(({ entry }) => nameOf(entry)).join(', '),
    decision,
    reason: `${reason}${choices}`,
    line: undefined,
  };
}

/** Landings by cell, in the order in which the cells are first landed on. */
function groupByCell(landings: readonly Landing[]): readonly (readonly Landing[])[] {
  const groups = new Map<string, Landing[]>();
  for (const landing of landings) {
    const name = nameOf(landing.entry);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [landing]);
    else group.push(landing);
  }
  return [...groups.values()];
}

/** Duplicates of the layer itself stay duplicates; only what came from different cells is merged. */
const isMerge = (group: readonly Landing[]): boolean =>
  new Set(group.map(({ origin }) => nameOf(origin))).size > 1;

// Enough for everything that ATT&CK ever merged; a step stays one line whatever the layer repeats.
const MOST_LISTED = 20;

function listed(names: readonly string[]): string {
  const distinct = [...new Set(names)];
  const more = distinct.length > MOST_LISTED ? ` and ${distinct.length - MOST_LISTED} more` : '';
  return `${distinct.slice(0, MOST_LISTED).join(', ')}${more}`;
}

function mergeStep(
  group: readonly Landing[],
  merged: { readonly entry: LayerTechnique; readonly notes: readonly string[] },
): LayerMigrationStep {
  const notes = merged.notes.length === 0 ? '' : `; ${merged.notes.join('; ')}`;
  return {
    kind: 'migration-step',
    path: listed(group.map(({ index }) => `techniques[${index}]`)),
    raw: listed(group.map(({ origin }) => origin.techniqueId)),
    from: listed(group.map(({ origin }) => nameOf(origin))),
    to: nameOf(merged.entry),
    decision: merged.notes.length === 0 ? 'automatic' : 'suggested',
    reason: `several entries became one; comments, links and metadata are joined${notes}`,
    line: undefined,
  };
}

/** For each technique, the entry for all tactics that counts (the last one) of each id that it comes from. */
function generalLandings(landings: readonly Landing[]): ReadonlyMap<string, readonly Landing[]> {
  const byTarget = new Map<string, Map<string, Landing>>();
  for (const landing of landings) {
    const { tactic, techniqueId } = landing.entry;
    if (tactic !== undefined) continue;
    const byOrigin = byTarget.get(techniqueId) ?? new Map<string, Landing>();
    byTarget.set(techniqueId, byOrigin.set(landing.origin.techniqueId, landing));
  }
  return new Map([...byTarget].map(([target, byOrigin]) => [target, [...byOrigin.values()]]));
}

/**
 * An entry for all tactics and one for a single tactic may come from different ids and meet in one technique. The single one then
 * holds what both say, and stands after the other so that it is the one that shows.
 */
function joinGeneral(landings: readonly Landing[]): readonly Landing[] {
  const general = generalLandings(landings);
  const joined = new Map<string, Landing>();
  for (const { entry, origin } of landings) {
    if (entry.tactic === undefined) continue;
    for (const other of general.get(entry.techniqueId) ?? []) {
      if (other.origin.techniqueId === origin.techniqueId) continue;
      const key = `${nameOf(entry)} of ${other.origin.techniqueId}`;
      joined.set(key, { ...other, entry: { ...other.entry, tactic: entry.tactic } });
    }
  }
  if (joined.size === 0) return landings;
  const mixed = new Set([...joined.values()].map(({ entry }) => entry.techniqueId));
  const isFirst = ({ entry }: Landing): boolean =>
    entry.tactic === undefined && mixed.has(entry.techniqueId);
  const others = landings.filter((landing) => !isFirst(landing));
  return [...landings.filter(isFirst), ...others, ...joined.values()];
}

/**
 * Moves the techniques of a layer.
 *
 * @param migrate asked once for each different entry.
 * @returns the entries in their order; merged ones stand where the first of them stood.
 */
export function migrateEntries(
  layer: Layer,
  migrate: (entry: LayerTechnique) => TechniqueMigration,
): {
  readonly techniques: readonly LayerTechnique[];
  readonly steps: readonly LayerMigrationStep[];
} {
  const known = new Map<string, TechniqueMigration>();
  const steps: LayerMigrationStep[] = [];
  const landings: Landing[] = [];
  for (const [index, entry] of layer.techniques.entries()) {
    const key = JSON.stringify([entry.techniqueId, entry.tactic, entry.comment]);
    const migration = known.get(key) ?? migrate(entry);
    known.set(key, migration);
    const found = landingsOf(entry, index, migration);
    landings.push(...found);
    const step = stepOf(index, migration, found);
    if (step !== undefined) steps.push(step);
  }
  const techniques: LayerTechnique[] = [];
  for (const group of groupByCell(joinGeneral(landings))) {
    const [first, ...others] = group.map(({ entry }) => entry);
    if (first === undefined) continue;
    if (!isMerge(group)) techniques.push(...group.map(({ entry }) => entry));
    else {
      const merged = mergeEntries(first, others);
      techniques.push(merged.entry);
      steps.push(mergeStep(group, merged));
    }
  }
  return { techniques, steps };
}
