import type { SectionKind } from '../sentence.js';
import type { FollowedId } from './follow-id.js';
import type { IdCandidate } from './scan-ids.js';

/** What is known of a candidate beside its form. */
export interface IdSurroundings {
  readonly followed: FollowedId;
  readonly section: SectionKind | undefined;
  /** Characters of its sentence before and after it. */
  readonly before: number;
  readonly after: number;
}

/** Characters to either side that count: one sentence of 10 MB must not be read again for every id in it. */
const NEAR = 240;
const SPEAKS_OF_ATTACK = /ATT&?(?:amp;)?CK|MITRE|\bTTPs?\b|\btactics?\b|techniques?\b/i;
const NAMES_ATTACK = /ATT&(?:amp;)?CK|MITRE|\bTTPs\b/i;
/** Words before the numbers of other things. */
const OTHER_NUMBER =
  /\b(?:model|part|series|sku|type|room|section|article|version|serial|product|item|unit|order|gate|flight|form|building|bus|route|exit|highway|phone|printer|router|switch|server|chip|board|ticket|case|invoice|line|port|page|figure|table)s?(?: no\.?| number| #|:)?\s*$/i;

/**
 * Weighs whether characters that look like an ATT&CK id are one: `T1000` may be a part number, `S1234` a model, `G2024` a summit.
 *
 * @returns a function to a trust of 0 (they are something else) to 1.
 */
export function weighIdContext(
  text: string,
  candidates: readonly IdCandidate[],
): (candidate: IdCandidate, surroundings: IdSurroundings) => number {
  const isAttackReport =
    NAMES_ATTACK.test(text) || candidates.some(({ form }) => form === 'certain');
  return (candidate, surroundings) => {
    const { start, end } = candidate;
    const from = Math.max(0, start - Math.min(surroundings.before, NEAR));
    const near = text.slice(from, end + Math.min(surroundings.after, NEAR));
    const signs: Signs = {
      isKnown: surroundings.followed.outcome !== 'unknown',
      isAttackReport,
      isTable: surroundings.section === 'attack-table',
      isNamed: namesObject(near, surroundings.followed),
      speaksOfAttack: SPEAKS_OF_ATTACK.test(near),
      isOtherNumber: OTHER_NUMBER.test(text.slice(Math.max(from, start - 24), start)),
    };
    return candidate.family === 'technique' || candidate.family === 'tactic'
      ? trustTechnique(candidate, signs)
      : trustObject(candidate, signs);
  };
}

interface Signs {
  readonly isKnown: boolean;
  readonly isAttackReport: boolean;
  readonly isTable: boolean;
  /** The object's name or an alias stands nearby. */
  readonly isNamed: boolean;
  readonly speaksOfAttack: boolean;
  readonly isOtherNumber: boolean;
}

function namesObject(near: string, { objects }: FollowedId): boolean {
  const words = near.toLowerCase();
  return objects.some(({ name, aliases }) =>
    [name, ...aliases].some((one) => one.length > 2 && words.includes(one.toLowerCase())),
  );
}

function trustTechnique({ form }: IdCandidate, signs: Signs): number {
  if (!signs.isKnown) return trustUnknown(form, signs);
  if (form === 'certain' || signs.isNamed || signs.isTable) return 1;
  if (form === 'attached') return signs.isAttackReport && signs.speaksOfAttack ? 0.8 : 0;
  if (signs.isOtherNumber && !signs.speaksOfAttack) return 0;
  if (form === 'bracketed' || signs.speaksOfAttack || signs.isAttackReport) return 1;
  return 0.45;
}

/** An id of no version is worth an issue only where an id was surely meant. */
function trustUnknown(form: IdCandidate['form'], signs: Signs): number {
  if (form === 'attached' || signs.isOtherNumber) return 0;
  if (signs.isTable || signs.speaksOfAttack) return 1;
  return form !== 'bare' && signs.isAttackReport ? 1 : 0;
}

/** One letter and four digits name many things, so that these need more than techniques do. */
function trustObject({ form }: IdCandidate, signs: Signs): number {
  if (!signs.isKnown) return form === 'certain' || (signs.isTable && form !== 'attached') ? 1 : 0;
  if (form === 'certain' || signs.isNamed || signs.isTable) return 1;
  if (form === 'attached' || signs.isOtherNumber) return 0;
  if (form === 'bracketed') return signs.isAttackReport ? 1 : 0;
  return signs.speaksOfAttack ? 0.9 : 0;
}
