import type { Environment } from './environments.js';

/** An id that several ids took over, by what the thing that carries it is about. */
export interface Split {
  readonly techniqueId: string;
  /** First release in which the id is revoked. */
  readonly since: string;
  /** Target by environment; an environment that is not here goes where `revoked-by` points. */
  readonly targets: Readonly<Partial<Record<Environment, string>>>;
}

// Source: ATT&CK 19.1. `revoked-by` names T1686 alone; its sub-techniques are MITRE's own division of the same subject by platform,
// and SigmaHQ's rules (2026-08) divided T1562.004 the same way.
/** Ids of Enterprise that were divided. */
export const SPLITS: readonly Split[] = [
  {
    techniqueId: 'T1562.004',
    since: '19.1',
    targets: {
      windows: 'T1686.003',
      cloud: 'T1686.001',
      'network-device': 'T1686.002',
    },
  },
];

/** One of several old ids that became one, told by words. */
export interface MergeCue {
  /** The id that took over. */
  readonly into: string;
  /** The old id that the words speak for. */
  readonly techniqueId: string;
  readonly pattern: RegExp;
  /** The words, for people. */
  readonly words: string;
}

/** What tells old ids apart on the way back. */
export const MERGE_CUES: readonly MergeCue[] = [
  {
    into: 'T1685',
    techniqueId: 'T1562.006',
    pattern: /\bindicator blocking\b|\betw\b|\bevent tracing\b|\btrace (?:log|provider|session)/i,
    words: 'event tracing or indicator blocking',
  },
  {
    into: 'T1574.001',
    techniqueId: 'T1574.002',
    pattern: /\bside-?load/i,
    words: 'side-loading',
  },
];

/** Where an id without ancestor goes in the version before it existed. */
export interface Kin {
  readonly techniqueId: string;
  readonly older: string;
  readonly why: string;
}

// Only where the parent is not the nearest. Source: names and scopes of the techniques in ATT&CK 14.1 to 19.1; our judgement, so always `suggested`.
/** Nearest older techniques of ids that came without an ancestor. */
export const KIN: readonly Kin[] = [
  { techniqueId: 'T1562.013', older: 'T1562.004', why: 'both weaken a firewall' },
  { techniqueId: 'T1680', older: 'T1082', why: 'local storage was part of system information' },
  { techniqueId: 'T1681', older: 'T1597', why: 'both search threat intelligence vendors' },
  { techniqueId: 'T1682', older: 'T1593', why: 'both search public services for the victim' },
  { techniqueId: 'T1684', older: 'T1656', why: 'impersonation is its oldest part' },
  { techniqueId: 'T1687', older: 'T1211', why: 'exploitation against defenses was one technique' },
];
