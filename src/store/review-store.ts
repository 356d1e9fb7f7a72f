import type { Kysely, Transaction } from 'kysely';
import { AppError } from '../model/index.js';
import { applyDecisions, type Decision, type Decisions } from './evidence/apply-decisions.js';
import type { MappingStatus } from './evidence-records.js';
import type { Page, PageRequest } from './page.js';
import type { ReviewAction, ReviewInput, ReviewOfOne, ReviewRecord } from './review-records.js';
import type { Connection } from './sql/connection.js';
import { limitOf, parseCursor, toPage } from './sql/cursor.js';
import { clip, decodeText, encodeText } from './sql/encode-text.js';
import type { Row, Tables } from './sql/tables.js';
import type { ReviewStore } from './store.js';

const MAX_REVIEWED = 10_000;
const MAX_COMMENT_LENGTH = 10_000;
const MAX_HISTORY = 1_000;
const ROWS = 5_000;

const OUTCOMES: Readonly<Record<ReviewAction, 'accepted' | 'rejected' | 'same' | null>> = {
  accept: 'accepted',
  reject: 'rejected',
  reset: null,
  comment: 'same',
};

export function createReviewStore(connection: Connection): ReviewStore {
  const { engine } = connection;
  const write = <T>(work: (trx: Transaction<Tables>) => Promise<T>) =>
    connection.write(work, { isSerial: true });
  return {
    add: (input) =>
      write(async (trx) => {
        checkInput(input);
        const outcome = OUTCOMES[input.action];
        const decide = (found: readonly Found[]): readonly Decision[] =>
          found.map((one) => ({ ...one, after: outcome === 'same' ? one.before : outcome }));
        const decisions = {
          mappings: decide(await findMappings(trx, unique(input.mappingIds))),
          evidence: decide(await findEvidence(trx, unique(input.evidenceIds))),
        };
        const record = await saveReview(trx, decisions, {
          ...input,
          undoes: undefined,
          nowMs: connection.now(),
        });
        await applyDecisions({ trx, engine }, decisions);
        return record;
      }),
    undo: (reviewId, by) =>
      write(async (trx) => {
        const review = await findReview(trx, reviewId);
        if (review.undoneBy !== undefined)
          throw new AppError('CONFLICT', `review ${reviewId} has been taken back already`);
        const decisions = await decisionsBefore(trx, reviewId);
        const record = await saveReview(trx, decisions, {
          action: 'reset',
          comment: undefined,
          ...by,
          undoes: reviewId,
          nowMs: connection.now(),
        });
        await trx
          .updateTable('review')
          .set({ undone_by: record.reviewId })
          .where('id', '=', reviewId)
          .execute();
        // To take back an undo is to do it again.
        if (review.undoes !== undefined)
          await trx
            .updateTable('review')
            .set({ undone_by: null })
            .where('id', '=', review.undoes)
            .execute();
        await applyDecisions({ trx, engine }, decisions);
        return record;
      }),
    find: (reviewId) => connection.read((db) => findReview(db, reviewId)),
    list: (request) => connection.read((db) => listReviews(db, request)),
    historyOfMapping: (mappingId) =>
      connection.read(async (db) => {
        const rows = await db
          .selectFrom('review_mapping as item')
          .innerJoin('review', 'review.id', 'item.review_id')
          .selectAll('review')
          .select(['item.before', 'item.after'])
          .where('item.mapping_id', '=', mappingId)
          .orderBy('review.id', 'desc')
          .limit(MAX_HISTORY)
          .execute();
        return rows.map(toReviewOfOne);
      }),
    historyOfEvidence: (evidenceId) =>
      connection.read(async (db) => {
        const rows = await db
          .selectFrom('review_evidence as item')
          .innerJoin('review', 'review.id', 'item.review_id')
          .selectAll('review')
          .select(['item.before', 'item.after'])
          .where('item.evidence_id', '=', evidenceId)
          .orderBy('review.id', 'desc')
          .limit(MAX_HISTORY)
          .execute();
        return rows.map(toReviewOfOne);
      }),
  };
}

function checkInput({ mappingIds = [], evidenceIds = [], comment = '', action }: ReviewInput) {
  const count = mappingIds.length + evidenceIds.length;
  if (count === 0 || count > MAX_REVIEWED)
    throw new AppError('USAGE', `expected 1 to ${MAX_REVIEWED} things to review, found ${count}`);
  if (comment.length > MAX_COMMENT_LENGTH)
    throw new AppError('USAGE', `expected a comment of at most ${MAX_COMMENT_LENGTH} characters`);
  if (action === 'comment' && comment.trim() === '')
    throw new AppError('USAGE', 'expected a comment, found none');
}

function unique(ids: readonly number[] | undefined): readonly number[] {
  return [...new Set(ids)];
}

type Found = Omit<Decision, 'after'>;

async function findMappings(
  trx: Transaction<Tables>,
  ids: readonly number[],
): Promise<readonly Found[]> {
  const found: Found[] = [];
  for (let at = 0; at < ids.length; at += ROWS) {
    const rows = await trx
      .selectFrom('mapping')
      .select(['id', 'claim_id', 'decided'])
      .where('id', 'in', ids.slice(at, at + ROWS))
      .execute();
    found.push(...rows.map((row) => ({ id: row.id, claimId: row.claim_id, before: row.decided })));
  }
  requireAll('mapping', ids, found);
  return found;
}

async function findEvidence(
  trx: Transaction<Tables>,
  ids: readonly number[],
): Promise<readonly Found[]> {
  const found: Found[] = [];
  for (let at = 0; at < ids.length; at += ROWS) {
    const rows = await trx
      .selectFrom('evidence')
      .select(['id', 'claim_id', 'decision'])
      .where('id', 'in', ids.slice(at, at + ROWS))
      .execute();
    found.push(...rows.map((row) => ({ id: row.id, claimId: row.claim_id, before: row.decision })));
  }
  requireAll('evidence', ids, found);
  return found;
}

function requireAll(what: string, ids: readonly number[], found: readonly Found[]): void {
  if (found.length === ids.length) return;
  const known = new Set(found.map(({ id }) => id));
  throw new AppError('NOT_FOUND', `no ${what} ${ids.find((id) => !known.has(id))}`);
}

/** What gives everything back its state before a review; refused when something was decided since. */
async function decisionsBefore(trx: Transaction<Tables>, reviewId: number): Promise<Decisions> {
  const mappings = await trx
    .selectFrom('review_mapping as item')
    .innerJoin('mapping', 'mapping.id', 'item.mapping_id')
    .select([
      'mapping.id',
      'mapping.claim_id',
      'mapping.decided as now',
      'item.before',
      'item.after',
    ])
    .where('item.review_id', '=', reviewId)
    .execute();
  const evidence = await trx
    .selectFrom('review_evidence as item')
    .innerJoin('evidence', 'evidence.id', 'item.evidence_id')
    .select([
      'evidence.id',
      'evidence.claim_id',
      'evidence.decision as now',
      'item.before',
      'item.after',
    ])
    .where('item.review_id', '=', reviewId)
    .execute();
  if ([...mappings, ...evidence].some(({ now, after }) => now !== after))
    throw new AppError('CONFLICT', `a later review decided on what review ${reviewId} was about`);
  const back = (row: (typeof mappings)[number] | (typeof evidence)[number]): Decision => ({
    id: row.id,
    claimId: row.claim_id,
    before: row.now,
    after: row.before,
  });
  return { mappings: mappings.map(back), evidence: evidence.map(back) };
}

type NewReview = Pick<ReviewInput, 'action' | 'comment' | 'author' | 'userId'> & {
  readonly undoes: number | undefined;
  readonly nowMs: number;
};

async function saveReview(
  trx: Transaction<Tables>,
  { mappings, evidence }: Decisions,
  { action, comment = '', author, userId, undoes, nowMs }: NewReview,
): Promise<ReviewRecord> {
  const row = await trx
    .insertInto('review')
    .values({
      action,
      comment: encodeText(comment),
      author: encodeText(clip(author, 200)),
      user_id: userId ?? null,
      time: nowMs,
      mapping_count: mappings.length,
      evidence_count: evidence.length,
      undone_by: null,
      undoes: undoes ?? null,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  for (let at = 0; at < mappings.length; at += ROWS)
    await trx
      .insertInto('review_mapping')
      .values(
        mappings
          .slice(at, at + ROWS)
          .map(({ id, before, after }) => ({ review_id: row.id, mapping_id: id, before, after })),
      )
      .execute();
  for (let at = 0; at < evidence.length; at += ROWS)
    await trx
      .insertInto('review_evidence')
      .values(
        evidence.slice(at, at + ROWS).map(({ id, before, after }) => ({
          review_id: row.id,
          evidence_id: id,
          before: before as EvidenceDecision,
          after: after as EvidenceDecision,
        })),
      )
      .execute();
  return toRecord(row);
}

type EvidenceDecision = Row<'evidence'>['decision'];

async function findReview(
  db: Pick<Kysely<Tables>, 'selectFrom'>,
  reviewId: number,
): Promise<ReviewRecord> {
  const row = await db
    .selectFrom('review')
    .selectAll()
    .where('id', '=', reviewId)
    .executeTakeFirst();
  if (row === undefined) throw new AppError('NOT_FOUND', `no review ${reviewId}`);
  return toRecord(row);
}

async function listReviews(db: Kysely<Tables>, request: PageRequest): Promise<Page<ReviewRecord>> {
  const limit = limitOf(request);
  const after = parseCursor(request, ['number']);
  const rows = await db
    .selectFrom('review')
    .selectAll()
    .$if(after !== undefined, (query) => query.where('id', '<', Number(after?.[0])))
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  return toPage(rows, limit, { cursorOf: ({ id }) => [id], toItem: toRecord });
}

function toRecord(row: Row<'review'>): ReviewRecord {
  return {
    reviewId: row.id,
    action: row.action,
    comment: decodeText(row.comment),
    author: decodeText(row.author),
    userId: row.user_id ?? undefined,
    timeMs: row.time,
    mappingCount: row.mapping_count,
    evidenceCount: row.evidence_count,
    undoneBy: row.undone_by ?? undefined,
    undoes: row.undoes ?? undefined,
  };
}

function toReviewOfOne(
  row: Row<'review'> & {
    readonly before: MappingStatus | null;
    readonly after: MappingStatus | null;
  },
): ReviewOfOne {
  return { ...toRecord(row), before: row.before ?? undefined, after: row.after ?? undefined };
}
