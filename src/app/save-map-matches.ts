import type { Issue, Mapping } from '../model/index.js';
import type {
  ClaimInput,
  EvidenceInput,
  ImportFile,
  ImportRecord,
  JointConfidence,
  Store,
  SubjectInput,
} from '../store/index.js';
import type { MatchRule, TalliedMatch } from './map-match.js';
import type { MapOptions } from './map-options.js';
import type { MapOutcome } from './map-result.js';

const BATCH = 5_000;
// Bounds memory on logs made to name a host a line.
const MAX_CLAIMS = 100_000;
const MAX_REPEATED = 500_000;
const JOINT_BATCH = 5_000;

export interface MapSaverOptions {
  readonly store: Store;
  /** For people: what was mapped. */
  readonly name: string;
  readonly files: readonly ImportFile[];
  readonly attackVersion: string;
  readonly userId?: number | undefined;
  /** How it was read. */
  readonly options?: Readonly<Record<string, unknown>> | undefined;
}

/** Saves the matches of a run while they come. */
export interface MapSaver {
  /** What `mapEvents` is given beside its options. */
  readonly listeners: Required<Pick<MapOptions, 'onWholeMatch' | 'afterBatch'>>;
  /** The import as it began. */
  readonly import: ImportRecord;
  /** Whether the same files had been imported before. */
  readonly isKnown: boolean;
  /** Saves what is left and how sure the run is of each technique. */
  finish(outcome: MapOutcome): Promise<ImportRecord>;
  /** Ends the import after a fault; what is saved by then stays, whole batches. */
  fail(reason: string): Promise<void>;
}

/** Begins to save a run of `mapEvents` as an import. A run over the same files adds only what was not there. */
export async function createMapSaver(options: MapSaverOptions): Promise<MapSaver> {
  const { store, name, files, attackVersion, userId } = options;
  const begun = await store.imports.begin({
    kind: 'logs',
    name,
    files,
    attackVersion,
    userId,
    options: options.options,
  });
  const { importId } = begun.import;
  const pending = new PendingMatches(attackVersion);
  const flush = async (minimum: number): Promise<void> => {
    while (pending.size > 0 && pending.size >= minimum)
      await store.imports.addBatch(importId, pending.take(BATCH));
  };
  return {
    import: begun.import,
    isKnown: begun.isKnown,
    listeners: {
      onWholeMatch: (match) => pending.add(match),
      afterBatch: () => flush(BATCH),
    },
    async finish(outcome) {
      await flush(0);
      const joint = outcome.allMappings().map((mapping) => toJoint(mapping, pending.subjects));
      for (let at = 0; at < joint.length; at += JOINT_BATCH)
        await store.imports.addJointConfidences(importId, joint.slice(at, at + JOINT_BATCH));
      const { input, issues } = outcome.result;
      return store.imports.end(importId, {
        status: outcome.isInterrupted ? 'cancelled' : 'finished',
        records: input.events,
        issueCount: input.issueCount,
        issues,
      });
    },
    async fail(reason) {
      const issues: readonly Issue[] = [];
      const end = { status: 'failed', records: 0, issueCount: 0, issues, failure: reason } as const;
      await store.imports.end(importId, end);
    },
  };
}

/** Matches that wait to be saved. */
class PendingMatches {
  /** Names that were seen as the subject of a match → what they name. */
  readonly subjects = new Map<string, SubjectInput>();
  readonly #attackVersion: string;
  readonly #claims = new Map<MatchRule, Map<string, ClaimInput>>();
  /** How often the same content was seen in the file that is read, by rule. */
  readonly #repeated = new Map<string, number>();
  #claimCount = 0;
  #source: string | undefined;
  #waiting: EvidenceInput[] = [];

  constructor(attackVersion: string) {
    this.#attackVersion = attackVersion;
  }

  get size(): number {
    return this.#waiting.length;
  }

  take(count: number): readonly EvidenceInput[] {
    return this.#waiting.splice(0, count);
  }

  add(match: TalliedMatch): void {
    const { rule, time, source, record, fields = {}, event } = match;
    const whole = event?.fields;
    this.#waiting.push({
      claim: this.#claimOf(rule, subjectOf(match)),
      timeMs: time === undefined ? undefined : Date.parse(time),
      source,
      record,
      identity: event === undefined ? undefined : this.#identityOf(match, event.contentHash),
      fields: whole === undefined ? fields : { ...fields, ...whole, ...fields },
      matched: whole === undefined ? undefined : Object.keys(fields),
    });
  }

  /**
   * The content, and the how-manieth event of that content in its file it is: a copy of a file, or its rotated part,
   * gives the same identities, and equal lines of one file stay several.
   */
  #identityOf({ rule, source, time }: TalliedMatch, contentHash: string): string {
    if (source !== this.#source || this.#repeated.size >= MAX_REPEATED) this.#repeated.clear();
    this.#source = source;
    const key = `${rule.order} ${time} ${contentHash}`;
    const count = this.#repeated.get(key) ?? 0;
    this.#repeated.set(key, count + 1);
    return `${contentHash} ${count}`;
  }

  #claimOf(rule: MatchRule, subject: SubjectInput): ClaimInput {
    const bySubject = this.#claims.get(rule) ?? new Map<string, ClaimInput>();
    this.#claims.set(rule, bySubject);
    const key = `${subject.kind} ${subject.name}`;
    const known = bySubject.get(key);
    if (known !== undefined) return known;
    if (this.#claimCount >= MAX_CLAIMS) {
      this.#claims.clear();
      this.#claimCount = 0;
    }
    const claim = toClaim(rule, subject, this.#attackVersion);
    bySubject.set(key, claim);
    this.#claimCount += 1;
    if (!this.subjects.has(subject.name)) this.subjects.set(subject.name, subject);
    return claim;
  }
}

function toClaim(rule: MatchRule, subject: SubjectInput, attackVersion: string): ClaimInput {
  const { ruleId, title, level, confidence, techniques } = rule;
  const { techniqueIds } = techniques;
  const isBehavior = ruleId.startsWith('portolan:');
  return {
    reference: { kind: isBehavior ? 'behavior' : 'sigma', key: ruleId, title, level },
    subject,
    evidenceKind: 'observed',
    domain: 'enterprise-attack',
    attackVersion,
    techniqueIds,
    confidence,
    // A rule names the same techniques whenever it fires; a behaviour names what it saw this time.
    part: isBehavior ? [...techniqueIds].sort().join(' ') : undefined,
  };
}

/** As `mapEvents` names subjects: the host; the user or file where none is known. */
function subjectOf({ host, user, source }: TalliedMatch): SubjectInput {
  if (host !== undefined) return { kind: 'host', name: host };
  if (user !== undefined) return { kind: 'user', name: user };
  return { kind: 'file', name: source };
}

function toJoint(
  { subject, evidenceKind, domain, techniqueId, confidence }: Mapping,
  subjects: ReadonlyMap<string, SubjectInput>,
): JointConfidence {
  return {
    subject: subjects.get(subject) ?? { kind: 'host', name: subject },
    evidenceKind,
    domain,
    techniqueId,
    confidence,
  };
}
