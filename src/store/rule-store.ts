import { type Kysely, sql, type Transaction } from 'kysely';
import { AppError, type TechniqueId } from '../model/index.js';
import { indexKey, searchText } from './evidence/index-key.js';
import type { Page } from './page.js';
import type { Connection } from './sql/connection.js';
import { limitOf, parseCursor, toPage } from './sql/cursor.js';
import { clip, decodeText, encodeText } from './sql/encode-text.js';
import { inList, likePattern } from './sql/in-list.js';
import type { Row, Tables } from './sql/tables.js';
import type { RuleStore } from './store.js';
import type { RuleInput, RuleRecord } from './workspace-records.js';

const MAX_RULES = 5_000;
const MAX_TEXT_LENGTH = 1024 * 1024;
const ROWS = 500;

export function createRuleStore(connection: Connection): RuleStore {
  return {
    save: (rules, { importId }) =>
      connection.write((trx) =>
        saveRules(trx, rules, { importId: importId ?? null, nowMs: connection.now() }),
      ),
    find: (ruleId) =>
      connection.read(async (db) => {
        const [found] = await readRules(db, [ruleId]);
        if (found === undefined) throw new AppError('NOT_FOUND', `no rule ${ruleId}`);
        return found;
      }),
    findByKey: (key) =>
      connection.read(async (db) => {
        const row = await db
          .selectFrom('rule')
          .select('id')
          .where('key_key', '=', indexKey(encodeText(key)))
          .executeTakeFirst();
        return row === undefined ? undefined : (await readRules(db, [row.id]))[0];
      }),
    list: (request) => connection.read((db) => listRules(db, request)),
    enable: (ruleId, isEnabled) =>
      connection.write(async (trx) => {
        const { numUpdatedRows } = await trx
          .updateTable('rule')
          .set({ enabled: isEnabled ? 1 : 0 })
          .where('id', '=', ruleId)
          .executeTakeFirst();
        if (numUpdatedRows === 0n) throw new AppError('NOT_FOUND', `no rule ${ruleId}`);
      }),
    remove: (ruleId) =>
      connection.write(async (trx) => {
        const { numDeletedRows } = await trx
          .deleteFrom('rule')
          .where('id', '=', ruleId)
          .executeTakeFirst();
        if (numDeletedRows === 0n) throw new AppError('NOT_FOUND', `no rule ${ruleId}`);
      }),
  };
}

async function saveRules(
  trx: Transaction<Tables>,
  rules: readonly RuleInput[],
  { importId, nowMs }: { readonly importId: number | null; readonly nowMs: number },
): Promise<{ added: number; changed: number; same: number }> {
  if (rules.length > MAX_RULES)
    throw new AppError('USAGE', `expected at most ${MAX_RULES} rules, found ${rules.length}`);
  // The last of those that share a key is kept.
  const byKey = new Map(rules.map((rule) => [indexKey(encodeText(rule.key)), rule]));
  const known = await trx
    .selectFrom('rule')
    .select(['id', 'key_key', 'title', 'text', 'level', 'status'])
    .where('key_key', 'in', inList([...byKey.keys()]))
    .execute();
  const knownByKey = new Map(known.map((row) => [row.key_key, row]));
  const techniques = await techniquesOf(
    trx,
    known.map(({ id }) => id),
  );
  const counts = { added: 0, changed: 0, same: 0 };
  const changed: (readonly [string, RuleInput])[] = [];
  for (const [key, rule] of byKey) {
    const row = knownByKey.get(key);
    if (row === undefined) counts.added += 1;
    else if (isSame(row, techniques.get(row.id) ?? [], rule)) {
      counts.same += 1;
      continue;
    } else counts.changed += 1;
    changed.push([key, rule]);
  }
  for (let at = 0; at < changed.length; at += ROWS)
    await upsert(trx, changed.slice(at, at + ROWS), { importId, nowMs });
  return counts;
}

function isSame(
  row: Pick<Row<'rule'>, 'title' | 'text' | 'level' | 'status'>,
  techniqueIds: readonly TechniqueId[],
  rule: RuleInput,
): boolean {
  return (
    decodeText(row.text) === clip(rule.text, MAX_TEXT_LENGTH) &&
    decodeText(row.title) === rule.title &&
    row.level === rule.level &&
    row.status === (rule.status ?? null) &&
    techniqueIds.join() === [...new Set(rule.techniqueIds)].sort().join()
  );
}

async function upsert(
  trx: Transaction<Tables>,
  rules: readonly (readonly [string, RuleInput])[],
  { importId, nowMs }: { readonly importId: number | null; readonly nowMs: number },
): Promise<void> {
  const rows = await trx
    .insertInto('rule')
    .values(
      rules.map(([key_key, rule]) => ({
        key: encodeText(clip(rule.key, 4_096)),
        key_key,
        title: encodeText(clip(rule.title, 4_096)),
        level: encodeText(clip(rule.level, 60)),
        status: rule.status === undefined ? null : encodeText(clip(rule.status, 60)),
        source: encodeText(clip(rule.source, 4_096)),
        text: encodeText(clip(rule.text, MAX_TEXT_LENGTH)),
        import_id: importId,
        enabled: 1,
        updated: nowMs,
        search: searchText(rule.title, rule.key),
      })),
    )
    .onConflict((conflict) =>
      conflict.column('key_key').doUpdateSet((eb) => ({
        title: eb.ref('excluded.title'),
        level: eb.ref('excluded.level'),
        status: eb.ref('excluded.status'),
        source: eb.ref('excluded.source'),
        text: eb.ref('excluded.text'),
        import_id: eb.ref('excluded.import_id'),
        updated: eb.ref('excluded.updated'),
        search: eb.ref('excluded.search'),
      })),
    )
    .returning(['id', 'key_key'])
    .execute();
  const ids = new Map(rows.map(({ id, key_key }) => [key_key, id]));
  await trx
    .deleteFrom('rule_technique')
    .where('rule_id', 'in', inList([...ids.values()]))
    .execute();
  const techniques = rules.flatMap(([key, { techniqueIds }]) =>
    [...new Set(techniqueIds)].map((technique_id) => ({
      rule_id: ids.get(key) ?? 0,
      technique_id,
    })),
  );
  for (let at = 0; at < techniques.length; at += ROWS)
    await trx
      .insertInto('rule_technique')
      .values(techniques.slice(at, at + ROWS))
      .execute();
}

async function techniquesOf(
  db: Pick<Kysely<Tables>, 'selectFrom'>,
  ruleIds: readonly number[],
): Promise<ReadonlyMap<number, readonly TechniqueId[]>> {
  const rows = await db
    .selectFrom('rule_technique')
    .selectAll()
    .where('rule_id', 'in', inList(ruleIds))
    .orderBy('technique_id')
    .execute();
  const byRule = new Map<number, TechniqueId[]>();
  for (const { rule_id, technique_id } of rows) {
    const known = byRule.get(rule_id);
    if (known === undefined) byRule.set(rule_id, [technique_id]);
    else known.push(technique_id);
  }
  return byRule;
}

async function listRules(
  db: Kysely<Tables>,
  request: Parameters<RuleStore['list']>[0],
): Promise<Page<RuleRecord>> {
  const limit = limitOf(request);
  const after = parseCursor(request, ['string', 'number']);
  const { text, techniqueIds } = request;
  const rows = await db
    .selectFrom('rule')
    .select(['id', 'search'])
    .$if(text !== undefined, (query) =>
      query.where(sql<boolean>`search like ${likePattern(text ?? '')} escape '!'`),
    )
    .$if(techniqueIds !== undefined, (query) =>
      query.where('id', 'in', (eb) =>
        eb
          .selectFrom('rule_technique')
          .select('rule_id')
          .where('technique_id', 'in', inList(techniqueIds) as TechniqueId[]),
      ),
    )
    .$if(after !== undefined, (query) =>
      query.where(sql<boolean>`(search, id) > (${after?.[0]}, ${after?.[1]})`),
    )
    .orderBy('search')
    .orderBy('id')
    .limit(limit + 1)
    .execute();
  const records = await readRules(
    db,
    rows.map(({ id }) => id),
  );
  const byId = new Map(records.map((record) => [record.ruleId, record]));
  const found = rows.flatMap(({ id, search }) => {
    const record = byId.get(id);
    return record === undefined ? [] : [{ id, search, record }];
  });
  return toPage(found, limit, {
    cursorOf: ({ search, id }) => [search, id],
    toItem: ({ record }) => ({ ...record, text: '' }),
  });
}

async function readRules(
  db: Kysely<Tables>,
  ruleIds: readonly number[],
): Promise<readonly RuleRecord[]> {
  const rows = await db
    .selectFrom('rule')
    .leftJoin('reference', (join) =>
      join.onRef('reference.key_key', '=', 'rule.key_key').on('reference.kind', '=', 'sigma'),
    )
    .selectAll('rule')
    .select('reference.id as reference_id')
    .where('rule.id', 'in', inList(ruleIds))
    .execute();
  const techniques = await techniquesOf(db, ruleIds);
  return rows.map((row) => ({
    ruleId: row.id,
    key: decodeText(row.key),
    title: decodeText(row.title),
    level: decodeText(row.level),
    status: row.status === null ? undefined : decodeText(row.status),
    source: decodeText(row.source),
    text: decodeText(row.text),
    techniqueIds: techniques.get(row.id) ?? [],
    referenceId: row.reference_id ?? undefined,
    importId: row.import_id ?? undefined,
    isEnabled: row.enabled === 1,
    updatedMs: row.updated,
  }));
}
