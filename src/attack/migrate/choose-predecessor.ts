import type { Technique } from '../attack-object.js';
import type { Edition } from './edition.js';
import type { MigrationContext } from './migration.js';
import { nearestTechniques } from './nearest-techniques.js';
import { KIN, MERGE_CUES, SPLITS } from './splits.table.js';
import type { Trace } from './trace.js';

/** Two neighbouring editions, and what is known of the carrier. */
export interface PredecessorOptions {
  readonly here: Edition;
  readonly older: Edition;
  readonly context: MigrationContext;
}

/**
 * What a technique was in the edition before.
 *
 * @returns undefined when it was there under the same id, and no other id was merged into it.
 */
export function choosePredecessor(
  technique: Technique,
  options: PredecessorOptions,
): Trace | undefined {
  const { here, older, context } = options;
  const ancestors = here
    .ancestors(technique)
    .flatMap(({ attackId }) => older.active(attackId) ?? []);
  const self = older.active(technique.attackId);
  if (self !== undefined && ancestors.length === 0) return undefined;
  const candidates = self === undefined ? ancestors : [self, ...ancestors];
  const [only] = candidates;
  if (only === undefined) return withoutAncestor(technique, options);
  if (candidates.length > 1) return chooseOfMerged(technique, { candidates, older, context });
  return {
    techniqueId: only.attackId,
    decision: 'automatic',
    reason: `${technique.attackId} was ${only.attackId} ${only.name} in ATT&CK ${older.version}`,
    alternatives: [],
  };
}

interface Merged {
  readonly candidates: readonly Technique[];
  readonly older: Edition;
  readonly context: MigrationContext;
}

function chooseOfMerged(technique: Technique, { candidates, older, context }: Merged): Trace {
  const were = `${candidates.map(({ attackId }) => attackId).join(', ')} of ATT&CK ${older.version} became ${technique.attackId}`;
  const answer = (chosen: Technique, decision: 'automatic' | 'suggested', why: string): Trace => ({
    techniqueId: chosen.attackId,
    decision,
    reason: `${were}; ${chosen.attackId} because ${why}`,
    alternatives: candidates.map(({ attackId }) => attackId).filter((id) => id !== chosen.attackId),
  });
  const text = (context.text ?? '').slice(0, 20_000);
  for (const cue of MERGE_CUES) {
    if (cue.into !== technique.attackId || !cue.pattern.test(text)) continue;
    const chosen = candidates.find(({ attackId }) => attackId === cue.techniqueId);
    if (chosen !== undefined) return answer(chosen, 'suggested', `its text speaks of ${cue.words}`);
  }
  const sameId = candidates.find(({ attackId }) => attackId === technique.attackId);
  if (sameId !== undefined) return answer(sameId, 'suggested', 'the id was there');
  const namesakes = candidates.filter(({ name }) => name === technique.name);
  const [namesake] = namesakes;
  if (namesake !== undefined && namesakes.length === 1) {
    return answer(namesake, 'automatic', `it has the same name, ${namesake.name}`);
  }
  const fitting = candidates.filter((candidate) => sharesPlatform(candidate, context.platforms));
  const [chosen = technique] = fitting.length > 0 ? fitting : candidates;
  return answer(chosen, 'suggested', 'it is the first that fits');
}

function sharesPlatform(technique: Technique, platforms: readonly string[] = []): boolean {
  return platforms.some((platform) => technique.platforms.includes(platform));
}

function withoutAncestor(technique: Technique, { here, older }: PredecessorOptions): Trace {
  const { attackId: id } = technique;
  const isNew = `${id} ${technique.name} is not in ATT&CK ${older.version}`;
  const split = SPLITS.find(
    ({ techniqueId, targets }) =>
      Object.values(targets).includes(id) && older.active(techniqueId) !== undefined,
  );
  if (split !== undefined) {
    return {
      techniqueId: split.techniqueId,
      decision: 'automatic',
      reason: `${isNew}; ${split.techniqueId} was divided into it`,
      alternatives: [],
    };
  }
  const kin = KIN.find(({ techniqueId }) => techniqueId === id);
  const suggested = (techniqueId: string, why: string): Trace => ({
    techniqueId,
    decision: 'suggested',
    reason: `${isNew}; ${techniqueId} is nearest: ${why}`,
    alternatives: nearestTechniques(technique, older).filter((other) => other !== techniqueId),
  });
  if (kin !== undefined && older.active(kin.older) !== undefined) {
    return suggested(kin.older, kin.why);
  }
  const parent = technique.parentId === undefined ? undefined : here.active(technique.parentId);
  // A parent has no parent: this also ends the search where a bundle claims otherwise.
  if (parent !== undefined && parent.parentId === undefined) {
    if (older.active(parent.attackId) !== undefined)
      return suggested(parent.attackId, 'its parent');
    const parentWas = choosePredecessor(parent, { here, older, context: { from: '', to: '' } });
    if (parentWas !== undefined && older.active(parentWas.techniqueId) !== undefined) {
      return suggested(parentWas.techniqueId, `its parent ${parent.attackId} came from it`);
    }
  }
  const nearest = nearestTechniques(technique, older);
  const hint = nearest.length > 0 ? `; perhaps ${nearest.join(', ')}` : '';
  return {
    techniqueId: id,
    decision: 'needs-person',
    reason: `${isNew}, which has neither ancestor nor parent there${hint}; kept`,
    alternatives: nearest,
  };
}
