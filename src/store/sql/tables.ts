import type { Generated, Selectable } from 'kysely';
import type { Domain, EvidenceKind, TechniqueId } from '../../model/index.js';
import type { EvidenceSource, MappingStatus, SubjectKind } from '../evidence-records.js';
import type { ImportKind, ImportStatus } from '../import-records.js';
import type { ReviewAction } from '../review-records.js';
import type { JobStatus, Role } from '../workspace-records.js';

/** Time of evidence that has none: sorts as the oldest. */
export const NO_TIME = Number.MIN_SAFE_INTEGER;

/** Columns by table, as both engines have them. Texts are encoded by `encodeText`, JSON is text, truth is 0 or 1. */
export interface Tables {
  meta: MetaTable;
  subject: SubjectTable;
  reference: ReferenceTable;
  source: SourceTable;
  import: ImportTable;
  import_file: ImportFileTable;
  import_claim: ImportClaimTable;
  claim: ClaimTable;
  mapping: MappingTable;
  evidence: EvidenceTable;
  cell: CellTable;
  cell_day: CellDayTable;
  review: ReviewTable;
  review_mapping: ReviewMappingTable;
  review_evidence: ReviewEvidenceTable;
  rule: RuleTable;
  rule_technique: RuleTechniqueTable;
  layer: LayerTable;
  user: UserTable;
  session: SessionTable;
  token: TokenTable;
  audit: AuditTable;
  job: JobTable;
  setting: SettingTable;
}

/** `version` of the schema, `changes` of `changeCount`, `generation`: grows when ids vanish. */
interface MetaTable {
  name: string;
  value: number;
}

interface SubjectTable {
  id: Generated<number>;
  kind: SubjectKind;
  name: string;
  /** The name, or the hash of a long one: what an index can hold. */
  name_key: string;
  /** Lower case, clipped: what lists are sorted by and searched in. */
  search: string;
}

interface ReferenceTable {
  id: Generated<number>;
  kind: EvidenceSource;
  key: string;
  key_key: string;
  title: string;
  level: string | null;
  search: string;
}

interface SourceTable {
  id: Generated<number>;
  name: string;
  name_key: string;
}

interface ImportTable {
  id: Generated<number>;
  kind: ImportKind;
  name: string;
  status: ImportStatus;
  /** Of kind and files. */
  fingerprint: string;
  attack_version: string;
  user_id: number | null;
  options: string;
  runs: number;
  started: number;
  finished: number | null;
  records: number;
  added: number;
  duplicates: number;
  issue_count: number;
  issues: string;
  failure: string | null;
}

interface ImportFileTable {
  import_id: number;
  place: number;
  source: string;
  sha256: string;
  size: number;
}

/** Which claims an import has evidence for. */
interface ImportClaimTable {
  import_id: number;
  claim_id: number;
}

interface ClaimTable {
  id: Generated<number>;
  reference_id: number;
  subject_id: number;
  kind: EvidenceKind;
  domain: Domain;
  part: string;
  evidence_count: Generated<number>;
  accepted_count: Generated<number>;
  rejected_count: Generated<number>;
  first_seen: Generated<number | null>;
  last_seen: Generated<number | null>;
}

interface MappingTable {
  id: Generated<number>;
  claim_id: number;
  technique_id: TechniqueId;
  attack_version: string;
  /** As it counts. */
  status: MappingStatus;
  /** As it was imported. */
  initial_status: MappingStatus;
  /** A person's; null when none. */
  decided: MappingStatus | null;
  confidence: number;
  own_confidence: number;
  joint_confidence: number | null;
  created: number;
}

interface EvidenceTable {
  id: Generated<number>;
  claim_id: number;
  time: number;
  /** 52 bits of a SHA-256 of what the event is, whatever the file. */
  key: number;
  import_id: number;
  source_id: number;
  record: string;
  /** JSON: quote, fields, matched, detail. */
  body: string;
  decision: 'accepted' | 'rejected' | null;
}

/** A rollup of mappings and claims. A stale one is counted anew when it is read. */
interface CellTable {
  technique_id: TechniqueId;
  domain: Domain;
  attack_version: string;
  kind: EvidenceKind;
  stale: number;
  evidence_proposed: number;
  evidence_accepted: number;
  evidence_rejected: number;
  mappings_proposed: number;
  mappings_accepted: number;
  mappings_rejected: number;
  confidence: number;
  first_seen: number | null;
  last_seen: number | null;
  reference_count: number;
  subject_count: number;
}

/** A rollup of evidence with a time. */
interface CellDayTable {
  technique_id: TechniqueId;
  domain: Domain;
  attack_version: string;
  kind: EvidenceKind;
  /** Days since 1970 UTC. */
  day: number;
  proposed: number;
  accepted: number;
  rejected: number;
}

interface ReviewTable {
  id: Generated<number>;
  action: ReviewAction;
  comment: string;
  author: string;
  user_id: number | null;
  time: number;
  mapping_count: number;
  evidence_count: number;
  undone_by: number | null;
  undoes: number | null;
}

interface ReviewMappingTable {
  review_id: number;
  mapping_id: number;
  before: MappingStatus | null;
  after: MappingStatus | null;
}

interface ReviewEvidenceTable {
  review_id: number;
  evidence_id: number;
  before: 'accepted' | 'rejected' | null;
  after: 'accepted' | 'rejected' | null;
}

interface RuleTable {
  id: Generated<number>;
  key: string;
  key_key: string;
  title: string;
  level: string;
  status: string | null;
  source: string;
  text: string;
  import_id: number | null;
  enabled: number;
  updated: number;
  search: string;
}

interface RuleTechniqueTable {
  rule_id: number;
  technique_id: TechniqueId;
}

interface LayerTable {
  id: Generated<number>;
  name: string;
  domain: Domain;
  attack_version: string;
  document: string;
  size: number;
  user_id: number | null;
  import_id: number | null;
  revision: number;
  created: number;
  updated: number;
}

interface UserTable {
  id: Generated<number>;
  name: string;
  /** Lower case: unique. */
  name_key: string;
  display_name: string;
  role: Role;
  password_hash: string | null;
  external_id: string | null;
  disabled: number;
  created: number;
  last_sign_in: number | null;
}

interface SessionTable {
  hash: string;
  user_id: number;
  csrf_hash: string;
  created: number;
  expires: number;
  last_used: number;
  user_agent: string;
}

interface TokenTable {
  id: Generated<number>;
  user_id: number;
  name: string;
  hash: string;
  prefix: string;
  scopes: string;
  created: number;
  expires: number;
  last_used: number | null;
  revoked: number | null;
}

interface AuditTable {
  id: Generated<number>;
  time: number;
  user_id: number | null;
  actor: string;
  action: string;
  target: string;
  address: string | null;
  detail: string;
}

interface JobTable {
  id: Generated<number>;
  kind: string;
  status: JobStatus;
  user_id: number | null;
  import_id: number | null;
  progress: number | null;
  message: string;
  input: string;
  outcome: string;
  created: number;
  started: number | null;
  finished: number | null;
  beat: number | null;
}

interface SettingTable {
  name: string;
  value: string;
}

export type Row<Name extends keyof Tables> = Selectable<Tables[Name]>;
