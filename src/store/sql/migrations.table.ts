/** One step of the schema. `ID`, `INT`, `REAL` and `TEXT` stand for the engine's types. */
export interface Migration {
  readonly version: number;
  readonly statements: readonly string[];
}

// Steps are only ever added: a step that some database has taken never changes.
export const MIGRATIONS: readonly Migration[] = [
  {
    version: 1,
    statements: [
      `create table subject (
        id ID, kind TEXT not null, name TEXT not null, name_key TEXT not null, search TEXT not null,
        unique (kind, name_key))`,
      'create index subject_search on subject (search, id)',
      `create table reference (
        id ID, kind TEXT not null, key TEXT not null, key_key TEXT not null, title TEXT not null, level TEXT,
        search TEXT not null, unique (kind, key_key))`,
      'create index reference_search on reference (search, id)',
      'create table source (id ID, name TEXT not null, name_key TEXT not null unique)',
      `create table "user" (
        id ID, name TEXT not null, name_key TEXT not null unique, display_name TEXT not null, role TEXT not null,
        password_hash TEXT, external_id TEXT unique, disabled INT not null default 0, created INT not null,
        last_sign_in INT)`,
      `create table import (
        id ID, kind TEXT not null, name TEXT not null, status TEXT not null, fingerprint TEXT not null unique,
        attack_version TEXT not null, user_id INT references "user" (id) on delete set null, options TEXT not null,
        runs INT not null, started INT not null, finished INT, records INT not null default 0,
        added INT not null default 0, duplicates INT not null default 0, issue_count INT not null default 0,
        issues TEXT not null, failure TEXT)`,
      `create table import_file (
        import_id INT not null references import (id) on delete cascade, place INT not null, source TEXT not null,
        sha256 TEXT not null, size INT not null, primary key (import_id, place))`,
      'create index import_file_sha256 on import_file (sha256)',
      `create table claim (
        id ID, reference_id INT not null references reference (id), subject_id INT not null references subject (id),
        kind TEXT not null, domain TEXT not null, part TEXT not null, evidence_count INT not null default 0,
        accepted_count INT not null default 0, rejected_count INT not null default 0, first_seen INT, last_seen INT,
        unique (reference_id, subject_id, kind, domain, part))`,
      'create index claim_subject on claim (subject_id)',
      'create index claim_rejected on claim (id) where rejected_count > 0',
      `create table import_claim (
        import_id INT not null references import (id) on delete cascade,
        claim_id INT not null references claim (id) on delete cascade, primary key (import_id, claim_id))`,
      'create index import_claim_claim on import_claim (claim_id)',
      `create table mapping (
        id ID, claim_id INT not null references claim (id) on delete cascade, technique_id TEXT not null,
        attack_version TEXT not null, status TEXT not null, initial_status TEXT not null, decided TEXT,
        confidence REAL not null, own_confidence REAL not null, joint_confidence REAL, created INT not null,
        unique (claim_id, technique_id))`,
      'create index mapping_technique on mapping (technique_id, claim_id)',
      'create index mapping_confidence on mapping (confidence desc, id)',
      // Without foreign keys: three look-ups a row cost more than the row. Only one piece of code inserts here.
      `create table evidence (
        id ROWID, claim_id INT not null, time INT not null, key INT not null, import_id INT not null,
        source_id INT not null, record TEXT not null, body TEXT not null, decision TEXT)`,
      'create unique index evidence_claim on evidence (claim_id, time, key)',
      'create index evidence_time on evidence (time, id)',
      `create table cell (
        technique_id TEXT not null, domain TEXT not null, attack_version TEXT not null, kind TEXT not null,
        stale INT not null, evidence_proposed INT not null default 0, evidence_accepted INT not null default 0,
        evidence_rejected INT not null default 0, mappings_proposed INT not null default 0,
        mappings_accepted INT not null default 0, mappings_rejected INT not null default 0,
        confidence REAL not null default 0, first_seen INT, last_seen INT, reference_count INT not null default 0,
        subject_count INT not null default 0, primary key (technique_id, domain, attack_version, kind))`,
      `create table cell_day (
        technique_id TEXT not null, domain TEXT not null, attack_version TEXT not null, kind TEXT not null,
        day INT not null, proposed INT not null, accepted INT not null, rejected INT not null,
        primary key (technique_id, domain, attack_version, kind, day))`,
      `create table review (
        id ID, action TEXT not null, comment TEXT not null, author TEXT not null,
        user_id INT references "user" (id) on delete set null, time INT not null, mapping_count INT not null,
        evidence_count INT not null, undone_by INT references review (id), undoes INT references review (id))`,
      `create table review_mapping (
        review_id INT not null references review (id),
        mapping_id INT not null references mapping (id) on delete cascade, before TEXT, after TEXT,
        primary key (review_id, mapping_id))`,
      'create index review_mapping_mapping on review_mapping (mapping_id, review_id)',
      `create table review_evidence (
        review_id INT not null references review (id),
        evidence_id INT not null references evidence (id) on delete cascade, before TEXT, after TEXT,
        primary key (review_id, evidence_id))`,
      'create index review_evidence_evidence on review_evidence (evidence_id, review_id)',
      `create table rule (
        id ID, key TEXT not null, key_key TEXT not null unique, title TEXT not null, level TEXT not null, status TEXT,
        source TEXT not null, text TEXT not null, import_id INT references import (id) on delete set null,
        enabled INT not null default 1, updated INT not null, search TEXT not null)`,
      'create index rule_search on rule (search, id)',
      `create table rule_technique (
        rule_id INT not null references rule (id) on delete cascade, technique_id TEXT not null,
        primary key (rule_id, technique_id))`,
      'create index rule_technique_technique on rule_technique (technique_id)',
      `create table layer (
        id ID, name TEXT not null, domain TEXT not null, attack_version TEXT not null, document TEXT not null,
        size INT not null, user_id INT references "user" (id) on delete set null,
        import_id INT references import (id) on delete set null, revision INT not null, created INT not null,
        updated INT not null)`,
      'create index layer_updated on layer (updated, id)',
      `create table session (
        hash TEXT not null primary key, user_id INT not null references "user" (id) on delete cascade,
        csrf_hash TEXT not null, created INT not null, expires INT not null, last_used INT not null,
        user_agent TEXT not null)`,
      'create index session_of_user on session (user_id)',
      'create index session_expires on session (expires)',
      `create table token (
        id ID, user_id INT not null references "user" (id) on delete cascade, name TEXT not null,
        hash TEXT not null unique, prefix TEXT not null, scopes TEXT not null, created INT not null,
        expires INT not null, last_used INT, revoked INT)`,
      'create index token_of_user on token (user_id, id)',
      `create table audit (
        id ID, time INT not null, user_id INT references "user" (id) on delete set null, actor TEXT not null,
        action TEXT not null, target TEXT not null, address TEXT, detail TEXT not null)`,
      'create index audit_time on audit (time)',
      'create index audit_action on audit (action, id)',
      `create table job (
        id ID, kind TEXT not null, status TEXT not null, user_id INT references "user" (id) on delete set null,
        import_id INT references import (id) on delete set null, progress REAL, message TEXT not null,
        input TEXT not null, outcome TEXT not null, created INT not null, started INT, finished INT, beat INT)`,
      'create index job_status on job (status, id)',
      'create table setting (name TEXT not null primary key, value TEXT not null)',
      "insert into meta (name, value) values ('changes', 0), ('generation', 0)",
    ],
  },
];
