import type { Domain } from '../../model/index.js';

/** A tactic that others took over. */
export interface TacticSuccession {
  readonly domain: Domain;
  readonly old: string;
  readonly successors: readonly string[];
}

// Source: ATT&CK 19.1. TA0005 went on as Stealth, TA0112 Defense Impairment is new; Mobile and ICS kept their tactics.
/** Tactics that were replaced between the versions that ship. */
export const TACTIC_SUCCESSIONS: readonly TacticSuccession[] = [
  {
    domain: 'enterprise-attack',
    old: 'defense-evasion',
    successors: ['stealth', 'defense-impairment'],
  },
];
