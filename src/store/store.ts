import type {
  DayCount,
  EvidenceFilter,
  EvidenceInput,
  EvidenceRecord,
  Facets,
  JointConfidence,
  MappingRecord,
  MatrixCell,
  ReferenceRecord,
  SubjectKind,
  SubjectRecord,
} from './evidence-records.js';
import type {
  BatchOutcome,
  ImportEnd,
  ImportInput,
  ImportKind,
  ImportRecord,
  ImportStatus,
} from './import-records.js';
import type { Page, PageRequest } from './page.js';
import type { ReviewInput, ReviewOfOne, ReviewRecord } from './review-records.js';
import type {
  AuditInput,
  AuditRecord,
  JobChange,
  JobInput,
  JobRecord,
  JobStatus,
  LayerInput,
  LayerRecord,
  LayerSummary,
  RuleInput,
  RuleRecord,
  SessionRecord,
  TokenInput,
  TokenRecord,
  UserChange,
  UserInput,
  UserRecord,
} from './workspace-records.js';

/**
 * What a workspace keeps: mappings and what they point at. SQLite and PostgreSQL behave the same; both pass
 * test/contract/store.ts. Several processes may use one store at once. Every method that writes is one transaction. All
 * throw AppError `STORE_UNAVAILABLE` when the database cannot be reached or is busy for longer than ten seconds,
 * `NOT_FOUND` for an id that is not there, and `USAGE` for a bad cursor or argument.
 */
export interface Store {
  readonly engine: 'sqlite' | 'postgres';
  readonly imports: ImportStore;
  readonly mappings: MappingStore;
  readonly reviews: ReviewStore;
  readonly rules: RuleStore;
  readonly layers: LayerStore;
  readonly accounts: AccountStore;
  readonly audit: AuditStore;
  readonly jobs: JobStore;
  readonly settings: SettingsStore;
  /** Rows that a backup holds, table by table. */
  readonly snapshot: SnapshotStore;
  /** Grows with every write of any process. */
  changeCount(): Promise<number>;
  /** Yields the change count whenever it has grown, until `signal` ends it. Several writes may come as one. */
  watch(options: { readonly signal: AbortSignal }): AsyncIterable<number>;
  close(): Promise<void>;
}

export interface ImportStore {
  /** Starts an import, or one more run of the import that had the same kind and files. */
  begin(input: ImportInput): Promise<{ readonly import: ImportRecord; readonly isKnown: boolean }>;
  /** Saves pieces of evidence, 1..20,000, all or none; those that are there already are counted and left as they are. */
  addBatch(importId: number, batch: readonly EvidenceInput[]): Promise<BatchOutcome>;
  /** After the last batch: how sure the whole import makes us. What an earlier import was surer of stays. */
  addJointConfidences(importId: number, joint: readonly JointConfidence[]): Promise<void>;
  end(importId: number, end: ImportEnd): Promise<ImportRecord>;
  find(importId: number): Promise<ImportRecord>;
  /** The import that has a file of this SHA-256. */
  findByFile(sha256: string): Promise<ImportRecord | undefined>;
  /** Newest first. */
  list(
    request: PageRequest & {
      readonly kinds?: readonly ImportKind[] | undefined;
      readonly statuses?: readonly ImportStatus[] | undefined;
    },
  ): Promise<Page<ImportRecord>>;
  /** Removes an import with its evidence, and mappings that nothing else speaks for. */
  remove(importId: number): Promise<void>;
}

/** Which evidence comes first. Evidence without time is the oldest. */
export type TimeOrder = 'newest' | 'oldest';

export interface MappingStore {
  /** Highest confidence first. */
  list(request: PageRequest & { readonly filter: EvidenceFilter }): Promise<Page<MappingRecord>>;
  find(mappingId: number): Promise<MappingRecord>;
  /**
   * Cells of the matrix, by technique id. With `fromMs` or `toMs` evidence is counted by whole UTC days and the rest of a
   * cell is of the mappings that were seen in that time.
   */
  aggregate(filter: EvidenceFilter): Promise<readonly MatrixCell[]>;
  /** Evidence by day, oldest first; at most 100,000 rows. */
  days(filter: EvidenceFilter): Promise<readonly DayCount[]>;
  facets(filter: EvidenceFilter): Promise<Facets>;
  evidence(
    request: PageRequest & {
      readonly filter: EvidenceFilter;
      /** Default `newest`. */
      readonly order?: TimeOrder | undefined;
    },
  ): Promise<Page<EvidenceRecord>>;
  findEvidence(evidenceId: number): Promise<EvidenceRecord>;
  /** By name; `text` is looked for anywhere in it, whatever the case. */
  subjects(
    request: PageRequest & {
      readonly text?: string | undefined;
      readonly kinds?: readonly SubjectKind[] | undefined;
    },
  ): Promise<Page<SubjectRecord>>;
  /** By title; `text` is looked for anywhere in title and key, whatever the case. */
  references(
    request: PageRequest & {
      readonly text?: string | undefined;
      readonly kinds?: readonly ReferenceRecord['kind'][] | undefined;
    },
  ): Promise<Page<ReferenceRecord>>;
  /** Totals of the whole store, for the home page. */
  totals(): Promise<StoreTotals>;
}

export interface StoreTotals {
  readonly evidence: number;
  readonly mappings: number;
  readonly subjects: number;
  readonly references: number;
  readonly imports: number;
}

export interface ReviewStore {
  add(review: ReviewInput): Promise<ReviewRecord>;
  /** Gives back the status that everything had before; itself a review. @throws AppError `CONFLICT` when a later review decided on the same. */
  undo(
    reviewId: number,
    by: { readonly author: string; readonly userId?: number | undefined },
  ): Promise<ReviewRecord>;
  find(reviewId: number): Promise<ReviewRecord>;
  /** Newest first. */
  list(request: PageRequest): Promise<Page<ReviewRecord>>;
  /** Newest first, at most 1,000. */
  historyOfMapping(mappingId: number): Promise<readonly ReviewOfOne[]>;
  historyOfEvidence(evidenceId: number): Promise<readonly ReviewOfOne[]>;
}

export interface RuleStore {
  /** Saves rules, 1..5,000, all or none; one of the same key is replaced. */
  save(
    rules: readonly RuleInput[],
    options: { readonly importId: number | undefined },
  ): Promise<{ readonly added: number; readonly changed: number; readonly same: number }>;
  find(ruleId: number): Promise<RuleRecord>;
  findByKey(key: string): Promise<RuleRecord | undefined>;
  /** By title. Texts are left out: empty. */
  list(
    request: PageRequest & {
      readonly text?: string | undefined;
      readonly techniqueIds?: readonly string[] | undefined;
    },
  ): Promise<Page<RuleRecord>>;
  enable(ruleId: number, isEnabled: boolean): Promise<void>;
  remove(ruleId: number): Promise<void>;
}

export interface LayerStore {
  add(layer: LayerInput): Promise<LayerRecord>;
  /** @throws AppError `CONFLICT` when the layer is no longer at that revision. */
  change(
    layerId: number,
    change: Pick<LayerInput, 'name' | 'domain' | 'attackVersion' | 'document'> & {
      readonly revision: number;
    },
  ): Promise<LayerRecord>;
  find(layerId: number): Promise<LayerRecord>;
  /** Changed last first. */
  list(
    request: PageRequest & { readonly userId?: number | undefined },
  ): Promise<Page<LayerSummary>>;
  remove(layerId: number): Promise<void>;
}

export interface AccountStore {
  /** @throws AppError `CONFLICT` when the name or external id is taken. */
  addUser(user: UserInput): Promise<UserRecord>;
  /** Adds the first user only: undefined when there is one already. Two at once make one. */
  addFirstUser(user: UserInput): Promise<UserRecord | undefined>;
  changeUser(userId: number, change: UserChange): Promise<UserRecord>;
  findUser(userId: number): Promise<UserRecord>;
  findUserByName(name: string): Promise<UserRecord | undefined>;
  findUserByExternalId(externalId: string): Promise<UserRecord | undefined>;
  /** By name. */
  listUsers(request: PageRequest): Promise<Page<UserRecord>>;
  countUsers(): Promise<number>;
  /** Removes the person with sessions and tokens; what they reviewed keeps their name. */
  removeUser(userId: number): Promise<void>;

  addSession(session: SessionRecord): Promise<void>;
  /** With its user; undefined when unknown, expired or when the user is disabled. */
  findSession(
    sessionHash: string,
    nowMs: number,
  ): Promise<{ readonly session: SessionRecord; readonly user: UserRecord } | undefined>;
  touchSession(
    sessionHash: string,
    times: { readonly lastUsedMs: number; readonly expiresMs: number },
  ): Promise<void>;
  /** Of one user, used last first, at most 100. */
  listSessions(userId: number): Promise<readonly SessionRecord[]>;
  /** No error when it is gone already. */
  removeSession(sessionHash: string): Promise<void>;
  /** All of a user but one. */
  removeSessions(userId: number, except?: string): Promise<void>;
  /** How many were removed. */
  removeExpiredSessions(nowMs: number): Promise<number>;

  addToken(token: TokenInput): Promise<TokenRecord>;
  /** With its user; undefined when unknown, expired, revoked or when the user is disabled. */
  findToken(
    tokenHash: string,
    nowMs: number,
  ): Promise<{ readonly token: TokenRecord; readonly user: UserRecord } | undefined>;
  findTokenById(tokenId: number): Promise<TokenRecord>;
  touchToken(tokenId: number, lastUsedMs: number): Promise<void>;
  /** Newest first; of all users when none is named. */
  listTokens(
    request: PageRequest & { readonly userId?: number | undefined },
  ): Promise<Page<TokenRecord>>;
  revokeToken(tokenId: number): Promise<void>;
}

export interface AuditStore {
  add(entry: AuditInput): Promise<AuditRecord>;
  /** Newest first. */
  list(
    request: PageRequest & {
      readonly userId?: number | undefined;
      /** Whole action, or `user.` for all that begin so. */
      readonly action?: string | undefined;
      readonly fromMs?: number | undefined;
      readonly toMs?: number | undefined;
    },
  ): Promise<Page<AuditRecord>>;
}

export interface JobStore {
  add(job: JobInput): Promise<JobRecord>;
  find(jobId: number): Promise<JobRecord>;
  change(jobId: number, change: JobChange): Promise<JobRecord>;
  /** Newest first. */
  list(
    request: PageRequest & {
      readonly statuses?: readonly JobStatus[] | undefined;
      readonly userId?: number | undefined;
    },
  ): Promise<Page<JobRecord>>;
  /** Takes the oldest queued job for this process, marks it running; undefined when none waits. Two at once take two. */
  claim(kinds: readonly string[]): Promise<JobRecord | undefined>;
  /** Fails running jobs without a beat since then, for a server that starts after a crash; how many. */
  failStale(beforeMs: number): Promise<number>;
}

/** Named JSON values, at most 1 MiB each. */
export interface SettingsStore {
  read(name: string): Promise<unknown>;
  write(name: string, value: unknown): Promise<void>;
  remove(name: string): Promise<void>;
  all(): Promise<Readonly<Record<string, unknown>>>;
}

/** A row as a backup has it: columns by name. */
export type SnapshotRow = Readonly<Record<string, string | number | null>>;

export interface SnapshotTable {
  readonly name: string;
  /** Passwords, sessions, tokens: only with `withUsers`. */
  readonly isSecret: boolean;
}

export interface SnapshotStore {
  readonly schemaVersion: number;
  /** In the order in which rows may be written. */
  readonly tables: readonly SnapshotTable[];
  /** Reads all tables as they are at one moment, in batches. */
  read(options: {
    readonly withUsers: boolean;
    readonly onBatch: (table: string, rows: readonly SnapshotRow[]) => Promise<void>;
  }): Promise<void>;
  /**
   * Fills an empty store, all or nothing.
   *
   * @throws AppError `CONFLICT` when the store holds anything.
   */
  write(
    batches: AsyncIterable<{ readonly table: string; readonly rows: readonly SnapshotRow[] }>,
  ): Promise<void>;
}
