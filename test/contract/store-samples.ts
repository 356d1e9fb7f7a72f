import type { TechniqueId } from '../../src/model/index.js';
import type { ClaimInput, EvidenceInput, Store } from '../../src/store/index.js';

/** Start of a day, UTC. */
export const DAY = Date.UTC(2026, 10, 2);
export const DAY_MS = 86_400_000;

export function techniques(...ids: readonly string[]): readonly TechniqueId[] {
  return ids as readonly TechniqueId[];
}

export interface ClaimChoice {
  readonly rule?: string;
  readonly host?: string;
  readonly ids?: readonly string[];
  readonly confidence?: number;
  readonly attackVersion?: string;
}

/** That a rule fired on a host. */
export function claimOf(choice: ClaimChoice = {}): ClaimInput {
  const {
    rule = 'rule-1',
    host = 'srv1.example.com',
    ids = ['T1059.001'],
    confidence = 0.5,
  } = choice;
  return {
    reference: { kind: 'sigma', key: rule, title: `Title of ${rule}`, level: 'high' },
    subject: { kind: 'host', name: host },
    evidenceKind: 'observed',
    domain: 'enterprise-attack',
    attackVersion: choice.attackVersion ?? '19.1',
    techniqueIds: techniques(...ids),
    confidence,
  };
}

/** Pieces of evidence of a claim, an hour apart. */
export function eventsOf(
  claim: ClaimInput,
  count: number,
  startMs = DAY,
): readonly EvidenceInput[] {
  return Array.from({ length: count }, (_, place) => ({
    claim,
    timeMs: startMs + place * 3_600_000,
    source: 'logs/security.evtx',
    record: String(place + 1),
    fields: { CommandLine: `powershell -enc ${place}`, User: 'EXAMPLE\\carol' },
    matched: ['CommandLine'],
  }));
}

let imports = 0;

/** Begins an import of its own, saves a batch, and ends it. */
export async function save(store: Store, batch: readonly EvidenceInput[]): Promise<number> {
  imports += 1;
  const files = [
    { source: 'a.evtx', sha256: imports.toString(16).padStart(64, '0'), sizeBytes: 1 },
  ];
  const begun = await store.imports.begin({
    kind: 'logs',
    name: 'logs',
    files,
    attackVersion: '19.1',
  });
  const { importId } = begun.import;
  await store.imports.addBatch(importId, batch);
  await store.imports.end(importId, {
    status: 'finished',
    records: batch.length,
    issueCount: 0,
    issues: [],
  });
  return importId;
}

/** What must be the same whichever way it was counted. */
export async function cellsOf(store: Store) {
  const cells = await store.mappings.aggregate({});
  return cells.map(
    ({ techniqueId, attackVersion, evidence, mappings, confidence, references, subjects }) => ({
      techniqueId,
      attackVersion,
      evidence,
      mappings,
      confidence,
      references,
      subjects,
    }),
  );
}
