import { type RawBuilder, sql } from 'kysely';
import { AppError } from '../../model/index.js';
import type { EvidenceFilter } from '../evidence-records.js';
import { NO_TIME } from '../sql/tables.js';

const MAX_VALUES = 10_000;

/** Conditions on mappings `m` of claims `c`; none for a filter that limits neither. */
export function mappingConditions(filter: EvidenceFilter): readonly RawBuilder<unknown>[] {
  const conditions = [
    anyOf(sql`m.technique_id`, filter.techniqueIds),
    anyOf(sql`m.attack_version`, filter.attackVersions),
    anyOf(sql`m.id`, filter.mappingIds),
    ...claimConditions(filter),
  ];
  if (filter.minConfidence !== undefined)
    conditions.push(sql`m.confidence >= ${ratio(filter.minConfidence)}`);
  if (filter.maxConfidence !== undefined)
    conditions.push(sql`m.confidence <= ${ratio(filter.maxConfidence)}`);
  return conditions.filter((condition) => condition !== undefined);
}

/** Conditions on claims `c` alone. */
function claimConditions(filter: EvidenceFilter): (RawBuilder<unknown> | undefined)[] {
  const { sources, subjectKinds, importIds } = filter;
  return [
    anyOf(sql`c.kind`, filter.evidenceKinds),
    anyOf(sql`c.domain`, filter.domains),
    anyOf(sql`c.subject_id`, filter.subjectIds),
    anyOf(sql`c.reference_id`, filter.referenceIds),
    sources === undefined
      ? undefined
      : sql`c.reference_id in (select r.id from reference r where ${anyOf(sql`r.kind`, sources)})`,
    subjectKinds === undefined
      ? undefined
      : sql`c.subject_id in (select s.id from subject s where ${anyOf(sql`s.kind`, subjectKinds)})`,
    importIds === undefined
      ? undefined
      : sql`c.id in (select i.claim_id from import_claim i where ${anyOf(sql`i.import_id`, importIds)})`,
  ];
}

/** Statuses of mappings: not among `mappingConditions`, because a piece of evidence may have a decision of its own. */
export function statusConditions({ statuses }: EvidenceFilter): readonly RawBuilder<unknown>[] {
  const condition = anyOf(sql`m.status`, statuses);
  return condition === undefined ? [] : [condition];
}

/** Claims that were seen in the time asked for: a wider net than their evidence in it. */
export function seenConditions({ fromMs, toMs }: EvidenceFilter): readonly RawBuilder<unknown>[] {
  return [
    ...(fromMs === undefined ? [] : [sql`c.last_seen >= ${whole(fromMs)}`]),
    ...(toMs === undefined ? [] : [sql`c.first_seen < ${whole(toMs)}`]),
  ];
}

/** Conditions on evidence `e` alone. */
export function evidenceConditions(filter: EvidenceFilter): readonly RawBuilder<unknown>[] {
  const { fromMs, toMs } = filter;
  const conditions: RawBuilder<unknown>[] = [];
  if (fromMs !== undefined) conditions.push(sql`e.time >= ${whole(fromMs)}`);
  if (toMs !== undefined) conditions.push(sql`e.time < ${whole(toMs)}`);
  if (toMs !== undefined && fromMs === undefined)
    conditions.push(sql`e.time <> ${sql.lit(NO_TIME)}`);
  const imports = anyOf(sql`e.import_id`, filter.importIds);
  return imports === undefined ? conditions : [...conditions, imports];
}

/** `a and b and …`; true for none. */
export function allOf(conditions: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  return conditions.length === 0 ? sql`1 = 1` : sql.join([...conditions], sql` and `);
}

function anyOf(
  column: RawBuilder<unknown>,
  values: readonly (string | number)[] | undefined,
): RawBuilder<unknown> | undefined {
  if (values === undefined) return undefined;
  if (values.length > MAX_VALUES)
    throw new AppError('USAGE', `expected at most ${MAX_VALUES} values of a filter`);
  return values.length === 0 ? sql`1 = 0` : sql`${column} in (${sql.join([...values])})`;
}

function whole(ms: number): number {
  if (Number.isFinite(ms) && Math.abs(ms) < Number.MAX_SAFE_INTEGER) return Math.trunc(ms);
  throw new AppError('USAGE', 'expected a time in milliseconds since 1970');
}

function ratio(value: number): number {
  if (value >= 0 && value <= 1) return value;
  throw new AppError('USAGE', `expected a confidence from 0 to 1, found ${value}`);
}
