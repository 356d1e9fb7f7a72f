import type { MigrationDecision } from './migration.js';

/** Where an id of one edition leads in another, before tactics are looked at. */
export interface Trace {
  readonly techniqueId: string;
  readonly decision: MigrationDecision;
  readonly reason: string;
  readonly alternatives: readonly string[];
}

const RANK: Readonly<Record<MigrationDecision, number>> = {
  automatic: 0,
  suggested: 1,
  'needs-person': 2,
};

/** The less sure of two decisions. */
export function lessSure(a: MigrationDecision, b: MigrationDecision): MigrationDecision {
  return RANK[a] >= RANK[b] ? a : b;
}
