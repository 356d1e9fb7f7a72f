import { EVIDENCE_SOURCES, MAPPING_STATUSES, SUBJECT_KINDS } from './evidence-records.js';
import { IMPORT_KINDS } from './import-records.js';
import type { Tables } from './sql/tables.js';

/** Tables that a backup holds. Rollups are counted anew; sessions and jobs end with the server that they belong to. */
export type SnapshotTableName = Exclude<
  keyof Tables,
  'meta' | 'cell' | 'cell_day' | 'session' | 'job'
>;

export type ColumnType = 'int' | 'real' | 'text' | 'json' | 'texts' | readonly string[];

export interface ColumnShape {
  readonly name: string;
  readonly type: ColumnType;
  readonly isNullable: boolean;
}

export interface TableShape {
  readonly name: SnapshotTableName;
  /** The primary key: what rows are read in the order of. */
  readonly key: readonly string[];
  readonly columns: readonly ColumnShape[];
  /** Only in backups that are asked for it. */
  readonly isSecret: boolean;
}

const WORDS: Readonly<Record<string, readonly string[]>> = {
  subject: SUBJECT_KINDS,
  source: EVIDENCE_SOURCES,
  import: IMPORT_KINDS,
  importStatus: ['running', 'finished', 'failed', 'cancelled'],
  evidence: ['observed', 'exposure', 'capability', 'intel'],
  domain: ['enterprise-attack', 'mobile-attack', 'ics-attack'],
  status: MAPPING_STATUSES,
  decision: ['accepted', 'rejected'],
  action: ['accept', 'reject', 'reset', 'comment'],
  role: ['viewer', 'analyst', 'admin'],
};

// In the order in which rows point at each other: what is pointed at comes first. `?` marks what may be null.
const SHAPES: readonly (readonly [SnapshotTableName, string, string])[] = [
  ['setting', 'name', 'name:text value:json'],
  ['subject', 'id', 'id:int kind:subject name:text name_key:text search:text'],
  [
    'reference',
    'id',
    'id:int kind:source key:text key_key:text title:text level:text? search:text',
  ],
  ['source', 'id', 'id:int name:text name_key:text'],
  [
    'user',
    'id',
    'id:int name:text name_key:text display_name:text role:role password_hash:text? external_id:text? disabled:int created:int last_sign_in:int?',
  ],
  [
    'import',
    'id',
    'id:int kind:import name:text status:importStatus fingerprint:text attack_version:text user_id:int? options:json runs:int started:int finished:int? records:int added:int duplicates:int issue_count:int issues:json failure:text?',
  ],
  ['import_file', 'import_id place', 'import_id:int place:int source:text sha256:text size:int'],
  [
    'claim',
    'id',
    'id:int reference_id:int subject_id:int kind:evidence domain:domain part:text evidence_count:int accepted_count:int rejected_count:int first_seen:int? last_seen:int?',
  ],
  ['import_claim', 'import_id claim_id', 'import_id:int claim_id:int'],
  [
    'mapping',
    'id',
    'id:int claim_id:int technique_id:text attack_version:text status:status initial_status:status decided:status? confidence:real own_confidence:real joint_confidence:real? created:int',
  ],
  [
    'evidence',
    'id',
    'id:int claim_id:int time:int key:int import_id:int source_id:int record:text body:json decision:decision?',
  ],
  [
    'review',
    'id',
    'id:int action:action comment:text author:text user_id:int? time:int mapping_count:int evidence_count:int undone_by:int? undoes:int?',
  ],
  [
    'review_mapping',
    'review_id mapping_id',
    'review_id:int mapping_id:int before:status? after:status?',
  ],
  [
    'review_evidence',
    'review_id evidence_id',
    'review_id:int evidence_id:int before:decision? after:decision?',
  ],
  [
    'rule',
    'id',
    'id:int key:text key_key:text title:text level:text status:text? source:text text:text import_id:int? enabled:int updated:int search:text',
  ],
  ['rule_technique', 'rule_id technique_id', 'rule_id:int technique_id:text'],
  [
    'layer',
    'id',
    'id:int name:text domain:domain attack_version:text document:text size:int user_id:int? import_id:int? revision:int created:int updated:int',
  ],
  [
    'token',
    'id',
    'id:int user_id:int name:text hash:text prefix:text scopes:texts created:int expires:int last_used:int? revoked:int?',
  ],
  [
    'audit',
    'id',
    'id:int time:int user_id:int? actor:text action:text target:text address:text? detail:json',
  ],
];

const SECRET: readonly string[] = ['user', 'token'];

/** Every table of a backup, in the order in which its rows can be written. */
export const SNAPSHOT_SHAPES: readonly TableShape[] = SHAPES.map(([name, key, columns]) => ({
  name,
  key: key.split(' '),
  columns: columns.split(' ').map((text) => {
    const [column = '', type = ''] = text.replace('?', '').split(':');
    return {
      name: column,
      type: WORDS[type] ?? (type as ColumnType),
      isNullable: text.endsWith('?'),
    };
  }),
  isSecret: SECRET.includes(name),
}));
