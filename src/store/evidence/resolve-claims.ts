import type { Transaction } from 'kysely';
import { compareVersions } from '../../attack/lookup.js';
import { AppError } from '../../model/index.js';
import type { ClaimInput, ReferenceInput, SubjectInput } from '../evidence-records.js';
import { clip, encodeText } from '../sql/encode-text.js';
import type { Row, Tables } from '../sql/tables.js';
import { changeMappings, type WriteContext } from './change-mappings.js';
import type { KnownClaim } from './id-cache.js';
import { indexKey, searchText } from './index-key.js';

const MAX_NAME_LENGTH = 4_096;
/** Rows of a statement: SQLite binds 32,766 values at most. */
const ROWS = 1_000;
/** All of a claim that the store keeps, as one text. */
export function contentOf(claim: ClaimInput): string {
  const { reference, subject } = claim;
  return JSON.stringify([
    reference.kind,
    reference.key,
    reference.title,
    reference.level,
    subject.kind,
    subject.name,
    claim.evidenceKind,
    claim.domain,
    claim.attackVersion,
    claim.part,
    claim.status,
    claim.confidence,
    claim.techniqueIds,
  ]);
}

/**
 * Claims as the store has them; those that are new are added with their mappings, those that say something else than before are changed.
 *
 * @param claims by content.
 */
export async function resolveClaims(
  context: WriteContext,
  claims: ReadonlyMap<string, ClaimInput>,
  nowMs: number,
): Promise<ReadonlyMap<string, KnownClaim>> {
  if (claims.size === 0) return new Map();
  for (const { confidence } of claims.values())
    if (!(confidence >= 0 && confidence <= 1))
      throw new AppError('USAGE', `expected a confidence from 0 to 1, found ${confidence}`);
  const { trx } = context;
  const references = await resolveReferences(
    trx,
    [...claims.values()].map(({ reference }) => reference),
  );
  const subjects = await resolveSubjects(
    trx,
    [...claims.values()].map(({ subject }) => subject),
  );
  const rows = new Map<string, ClaimRow>();
  const rowOf = new Map<string, string>();
  for (const [content, claim] of claims) {
    const row = {
      reference_id: idOf(references, referenceKey(claim.reference)),
      subject_id: idOf(subjects, subjectKey(claim.subject)),
      kind: claim.evidenceKind,
      domain: claim.domain,
      part: encodeText(clip(claim.part ?? '', 200)),
    };
    const key = rowKey(row);
    rows.set(key, row);
    rowOf.set(content, key);
  }
  const ids = new Map<string, number>();
  for (const part of chunks([...rows.values()])) {
    const found = await trx
      .insertInto('claim')
      .values(part)
      .onConflict((conflict) =>
        conflict
          .columns(['reference_id', 'subject_id', 'kind', 'domain', 'part'])
          .doUpdateSet((eb) => ({ part: eb.ref('excluded.part') })),
      )
      .returning(['id', 'reference_id', 'subject_id', 'kind', 'domain', 'part'])
      .execute();
    for (const row of found) ids.set(rowKey(row), row.id);
  }
  const resolved = new Map([...rowOf].map(([content, key]) => [content, idOf(ids, key)]));
  await saveMappings(context, { claims, resolved, nowMs });
  return describeClaims(trx, claims, resolved);
}

/** With their mappings as they are now. */
async function describeClaims(
  trx: Transaction<Tables>,
  claims: ReadonlyMap<string, ClaimInput>,
  resolved: ReadonlyMap<string, number>,
): Promise<ReadonlyMap<string, KnownClaim>> {
  const mappings = new Map<number, Row<'mapping'>[]>();
  for (const ids of chunks([...new Set(resolved.values())])) {
    const rows = await trx
      .selectFrom('mapping')
      .selectAll()
      .where('claim_id', 'in', [...ids])
      .execute();
    for (const row of rows) {
      const known = mappings.get(row.claim_id);
      if (known === undefined) mappings.set(row.claim_id, [row]);
      else known.push(row);
    }
  }
  return new Map(
    [...claims].map(([content, { evidenceKind, domain }]) => {
      const id = idOf(resolved, content);
      return [content, { id, kind: evidenceKind, domain, mappings: mappings.get(id) ?? [] }];
    }),
  );
}

type ClaimRow = Pick<Row<'claim'>, 'reference_id' | 'subject_id' | 'kind' | 'domain' | 'part'>;

function rowKey({ reference_id, subject_id, kind, domain, part }: ClaimRow): string {
  return `${reference_id} ${subject_id} ${kind} ${domain} ${part}`;
}

/** Ids of files by name. */
export async function resolveSources(
  trx: Transaction<Tables>,
  names: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const byKey = new Map(
    names.map((name) => {
      const encoded = encodeText(clip(name, MAX_NAME_LENGTH));
      return [indexKey(encoded), { name: encoded, given: name }] as const;
    }),
  );
  const ids = new Map<string, number>();
  for (const part of chunks([...byKey])) {
    const found = await trx
      .insertInto('source')
      .values(part.map(([name_key, { name }]) => ({ name, name_key })))
      .onConflict((conflict) =>
        conflict.column('name_key').doUpdateSet((eb) => ({ name: eb.ref('excluded.name') })),
      )
      .returning(['id', 'name_key'])
      .execute();
    for (const { id, name_key } of found) ids.set(name_key, id);
  }
  return new Map(
    names.map((name) => [name, idOf(ids, indexKey(encodeText(clip(name, MAX_NAME_LENGTH))))]),
  );
}

async function resolveReferences(
  trx: Transaction<Tables>,
  references: readonly ReferenceInput[],
): Promise<ReadonlyMap<string, number>> {
  const rows = new Map(
    references.map((reference) => {
      const key = encodeText(clip(reference.key, MAX_NAME_LENGTH));
      const row = {
        kind: reference.kind,
        key,
        key_key: indexKey(key),
        title: encodeText(clip(reference.title, MAX_NAME_LENGTH)),
        level: reference.level === undefined ? null : encodeText(clip(reference.level, 60)),
        search: searchText(reference.title, reference.key),
      };
      return [referenceKey(reference), row] as const;
    }),
  );
  const ids = new Map<string, number>();
  for (const part of chunks([...rows.values()])) {
    const found = await trx
      .insertInto('reference')
      .values(part)
      .onConflict((conflict) =>
        conflict.columns(['kind', 'key_key']).doUpdateSet((eb) => ({
          title: eb.ref('excluded.title'),
          level: eb.ref('excluded.level'),
          search: eb.ref('excluded.search'),
        })),
      )
      .returning(['id', 'kind', 'key_key'])
      .execute();
    for (const { id, kind, key_key } of found) ids.set(`${kind} ${key_key}`, id);
  }
  return ids;
}

function referenceKey({ kind, key }: ReferenceInput): string {
  return `${kind} ${indexKey(encodeText(clip(key, MAX_NAME_LENGTH)))}`;
}

/** Ids of subjects by `subjectKey`. */
async function resolveSubjects(
  trx: Transaction<Tables>,
  subjects: readonly SubjectInput[],
): Promise<ReadonlyMap<string, number>> {
  const rows = new Map(
    subjects.map((subject) => {
      const name = encodeText(clip(subject.name, MAX_NAME_LENGTH));
      const row = {
        kind: subject.kind,
        name,
        name_key: indexKey(name),
        search: searchText(subject.name),
      };
      return [subjectKey(subject), row] as const;
    }),
  );
  const ids = new Map<string, number>();
  for (const part of chunks([...rows.values()])) {
    const found = await trx
      .insertInto('subject')
      .values(part)
      .onConflict((conflict) =>
        conflict
          .columns(['kind', 'name_key'])
          .doUpdateSet((eb) => ({ name: eb.ref('excluded.name') })),
      )
      .returning(['id', 'kind', 'name_key'])
      .execute();
    for (const { id, kind, name_key } of found) ids.set(`${kind} ${name_key}`, id);
  }
  return ids;
}

/** A subject as `name_key` and `kind` tell it. */
function subjectKey({ kind, name }: SubjectInput): string {
  return `${kind} ${indexKey(encodeText(clip(name, MAX_NAME_LENGTH)))}`;
}

interface MappingsToSave {
  readonly claims: ReadonlyMap<string, ClaimInput>;
  readonly resolved: ReadonlyMap<string, number>;
  readonly nowMs: number;
}

async function saveMappings(context: WriteContext, save: MappingsToSave): Promise<void> {
  const { trx } = context;
  const wanted = wantedMappings(save);
  const known = new Map<string, Row<'mapping'>>();
  for (const ids of chunks([...new Set(save.resolved.values())])) {
    const rows = await trx
      .selectFrom('mapping')
      .selectAll()
      .where('claim_id', 'in', [...ids])
      .execute();
    for (const row of rows) known.set(`${row.claim_id} ${row.technique_id}`, row);
  }
  const changed = [...wanted].filter(([key, row]) => isChange(known.get(key), row));
  if (changed.length === 0) return;
  const rows = changed.map(([, row]) => row);
  // Of claims without evidence, which most new ones are, nothing has to be counted anew.
  const touched = await withEvidence(trx, [...new Set(rows.map(({ claim_id }) => claim_id))]);
  if (touched.length === 0) await upsertMappings(trx, rows);
  else await changeMappings(context, touched, () => upsertMappings(trx, rows));
}

type NewMapping = Omit<Row<'mapping'>, 'id'>;

function wantedMappings({ claims, resolved, nowMs }: MappingsToSave): Map<string, NewMapping> {
  const wanted = new Map<string, NewMapping>();
  for (const [content, claim] of claims) {
    const claim_id = idOf(resolved, content);
    const status = claim.status ?? 'proposed';
    for (const technique_id of claim.techniqueIds)
      wanted.set(`${claim_id} ${technique_id}`, {
        claim_id,
        technique_id,
        attack_version: claim.attackVersion,
        status,
        initial_status: status,
        decided: null,
        confidence: claim.confidence,
        own_confidence: claim.confidence,
        joint_confidence: null,
        created: nowMs,
      });
  }
  return wanted;
}

/** What was made for a newer ATT&CK version stays. */
function isChange(known: Row<'mapping'> | undefined, wanted: NewMapping): boolean {
  if (known === undefined) return true;
  const order = compareVersions(wanted.attack_version, known.attack_version);
  if (order !== 0) return order > 0;
  return (
    known.own_confidence !== wanted.own_confidence || known.initial_status !== wanted.initial_status
  );
}

async function upsertMappings(
  trx: Transaction<Tables>,
  rows: readonly NewMapping[],
): Promise<void> {
  for (const part of chunks(rows))
    await trx
      .insertInto('mapping')
      .values(part)
      .onConflict((conflict) =>
        conflict.columns(['claim_id', 'technique_id']).doUpdateSet((eb) => ({
          attack_version: eb.ref('excluded.attack_version'),
          own_confidence: eb.ref('excluded.own_confidence'),
          initial_status: eb.ref('excluded.initial_status'),
        })),
      )
      .execute();
}

async function withEvidence(
  trx: Transaction<Tables>,
  claimIds: readonly number[],
): Promise<readonly number[]> {
  const found: number[] = [];
  for (const ids of chunks(claimIds)) {
    const rows = await trx
      .selectFrom('claim')
      .select('id')
      .where('id', 'in', [...ids])
      .where('evidence_count', '>', 0)
      .execute();
    found.push(...rows.map(({ id }) => id));
  }
  return found;
}

function* chunks<T>(items: readonly T[]): Generator<T[]> {
  for (let at = 0; at < items.length; at += ROWS) yield items.slice(at, at + ROWS);
}

function idOf(ids: ReadonlyMap<string, number>, key: string): number {
  const id = ids.get(key);
  if (id === undefined) throw new AppError('INTERNAL', 'a row that was just written is not there');
  return id;
}
