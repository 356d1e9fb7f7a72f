import type { MigrationContext, MigrationDecision } from './migration.js';
import { TACTIC_CUES, TACTIC_DOUBTS, type TacticCue } from './tactic-cues.table.js';

/** Which of the successors of Defense Evasion a rule without technique is about. */
export interface TacticVerdict {
  readonly tactic: TacticCue['tactic'] | undefined;
  readonly decision: MigrationDecision;
  readonly reason: string;
}

// Titles come first in `text`; a description seldom needs more.
const LONGEST = 5000;

/**
 * Decides between `stealth` and `defense-impairment` by a list of cues in text and logsource. It decides only when cues of one
 * tactic alone are there and no word makes them doubtful: `automatic` with two cues or one in the first line (the title).
 *
 * @param cues which cues count; default all of them. Tests leave some out.
 * @returns `needs-person` and no tactic otherwise.
 */
export function weighTactic(
  context: MigrationContext,
  cues: readonly TacticCue[] = TACTIC_CUES,
): TacticVerdict {
  const { text = '', logsource } = context;
  const title = (text.split('\n', 1)[0] ?? '').slice(0, LONGEST).toLowerCase();
  const parts = Object.entries(logsource ?? {}).map(([part, value]) => `${part}:${value ?? ''}`);
  const words = `${text.slice(0, LONGEST)} . ${parts.join(' ')}`.toLowerCase().replace(/\s+/g, ' ');
  const found = cues.filter(({ pattern }) => pattern.test(words));
  const [first] = found;
  if (first === undefined)
    return undecided('nothing in its title, description or logsource decides');
  const named = [...new Set(found.map(({ name }) => name))].join(', ');
  if (found.some(({ tactic }) => tactic !== first.tactic)) {
    return undecided(`its text speaks for both (${named})`);
  }
  const doubt = TACTIC_DOUBTS.both.exec(words) ?? TACTIC_DOUBTS[first.tactic].exec(words);
  if (doubt !== null) return undecided(`its text speaks of ${named}, but also of "${doubt[0]}"`);
  const isInTitle = found.some(({ pattern }) => pattern.test(title));
  const isSure = isInTitle || new Set(found.map(({ name }) => name)).size > 1;
  return {
    tactic: first.tactic,
    decision: isSure ? 'automatic' : 'suggested',
    reason: `its text speaks of ${named}`,
  };
}

function undecided(reason: string): TacticVerdict {
  return { tactic: undefined, decision: 'needs-person', reason };
}
