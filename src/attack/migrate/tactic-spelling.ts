import type { TacticName } from './migration.js';

/** A tactic as an input writes it, and how to write another one the same way. */
export interface SpelledTactic {
  readonly shortname: string;
  /** Writes a tactic of the wanted version; a name that it does not know comes back as its shortname. */
  spell(shortname: string): string;
}

/** Tactics of both ends of a migration. */
export interface TacticNames {
  readonly from: readonly TacticName[];
  readonly to: readonly TacticName[];
}

/**
 * Reads `defense-evasion`, `defense_evasion`, `Defense Evasion`, `TA0005` and the like, in any case. The id is read as one of the
 * version that the input comes from, since `TA0005` is Defense Evasion up to 18 and Stealth from 19.
 *
 * @returns undefined for a name of neither version.
 */
export function readTactic(raw: string, { from, to }: TacticNames): SpelledTactic | undefined {
  const known = [...from, ...to];
  const id = raw.toUpperCase();
  const byId = /^TA\d{4}$/.test(id) ? known.find(({ attackId }) => attackId === id) : undefined;
  if (byId !== undefined) {
    const isLower = raw !== id;
    return {
      shortname: byId.shortname,
      spell: (shortname) => {
        const found = [...to, ...from].find((tactic) => tactic.shortname === shortname);
        if (found === undefined) return shortname;
        return isLower ? found.attackId.toLowerCase() : found.attackId;
      },
    };
  }
  const shortname = raw.toLowerCase().replace(/[^a-z]+/g, '-');
  const isKnown = known.some((tactic) => tactic.shortname === shortname);
  return isKnown ? { shortname, spell: (other) => spellLike(raw, other, known) } : undefined;
}

function spellLike(raw: string, shortname: string, known: readonly TacticName[]): string {
  const isLower = raw === raw.toLowerCase();
  if (!isLower && raw !== raw.toUpperCase()) {
    const name = known.find((tactic) => tactic.shortname === shortname)?.name ?? shortname;
    return name.replaceAll(' ', separatorOf(raw, ' '));
  }
  const spelled = shortname.replaceAll('-', separatorOf(raw, '-'));
  return isLower ? spelled : spelled.toUpperCase();
}

function separatorOf(raw: string, usual: string): string {
  return /[^A-Za-z]/.exec(raw)?.[0] ?? usual;
}
