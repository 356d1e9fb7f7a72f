import type { Domain } from './domain.js';
import type { TechniqueId } from './ids.js';
import type { SourceLocation } from './issue.js';

/**
 * What a mapping claims. Never mixed: `observed` (it happened), `exposure` (a weakness would allow it),
 * `capability` (we could detect or stop it), `intel` (an adversary is said to do it).
 */
export type EvidenceKind = 'observed' | 'exposure' | 'capability' | 'intel';

/** The thing that shows the technique: an event, a sentence, a rule, a test, a control. */
export interface Evidence {
  /** What produced it: `sigma`, `behavior`, `report`, `layer`, `control`, `test`, `declared`. */
  readonly source: string;
  /** The rule, test or control; absent when nothing names it. */
  readonly reference?: string;
  /** The words or fields that show it, verbatim. */
  readonly quote?: string;
  /** ISO 8601 UTC. */
  readonly time?: string;
  readonly at?: SourceLocation;
}

/** Our claim that a subject shows a technique, why, and how sure we are. */
export interface Mapping {
  /** What the claim is about: a host, user, rule, report or control. */
  readonly subject: string;
  readonly techniqueId: TechniqueId;
  readonly domain: Domain;
  /** ATT&CK version that `techniqueId` was made against: `18.1`. */
  readonly attackVersion: string;
  readonly evidenceKind: EvidenceKind;
  /** 0..1; 1 means that an analyst or the rule's author said so. */
  readonly confidence: number;
  readonly evidence: readonly Evidence[];
  readonly status: 'proposed' | 'accepted' | 'rejected';
  /** The tactic that the source named, as a shortname; derived from the technique when absent. */
  readonly tactic?: string;
}
