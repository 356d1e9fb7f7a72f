import { AppError } from '../../model/index.js';
import type { ReviewOfOne, ReviewRecord } from '../../store/index.js';
import { type ApiRoute, defineRoute } from '../api-route.js';
import { type Caller, isAtLeast, nameOf, userIdOf } from '../auth/caller.js';
import {
  reviewInputSchema,
  reviewOutcomeSchema,
  reviewPageSchema,
  reviewQuerySchema,
  reviewUndoSchema,
} from '../schemas/reviews.js';
import type { ServerContext } from '../server-context.js';
import { storePage, toPage } from './paging.js';
import { parseId, toInstant } from './parse-ids.js';

/** What people decided on mappings and evidence; nothing of it is ever lost. */
export function reviewRoutes({ store }: ServerContext): readonly ApiRoute[] {
  return [
    defineRoute(
      {
        name: 'review.list',
        method: 'get',
        path: '/api/reviews',
        access: 'viewer',
        summary:
          'Lists reviews, newest first; of one mapping or piece of evidence its whole history',
        query: reviewQuerySchema,
        answer: reviewPageSchema,
      },
      async ({ query }) => {
        const { mapping, evidence } = query;
        if (mapping !== undefined)
          return whole(await store.reviews.historyOfMapping(parseId(mapping)));
        if (evidence !== undefined)
          return whole(await store.reviews.historyOfEvidence(parseId(evidence)));
        return toPage(await store.reviews.list(storePage(query)), toReview);
      },
    ),
    defineRoute(
      {
        name: 'review.add',
        method: 'post',
        path: '/api/reviews',
        access: 'analyst',
        summary:
          'Accepts, rejects, resets or comments mappings and pieces of evidence, one or many',
        body: reviewInputSchema,
        answer: reviewOutcomeSchema,
        status: 201,
      },
      async ({ body, caller, audit }) => {
        const mappingIds = body.mappingIds.map((id) => parseId(id));
        const evidenceIds = body.evidenceIds.map((id) => parseId(id));
        const review = await store.reviews.add({
          mappingIds,
          evidenceIds,
          action: body.decision,
          comment: body.comment,
          author: nameOf(caller),
          userId: userIdOf(caller),
        });
        audit.target = `${body.decision} ${mappingIds.length} mappings, ${evidenceIds.length} pieces of evidence`;
        return { review: toReview(review), changeCounter: await store.changeCount() };
      },
    ),
    defineRoute(
      {
        name: 'review.undo',
        method: 'post',
        path: '/api/reviews/undo',
        access: 'analyst',
        isOwned: true,
        summary: 'Takes a review back: everything has the status that it had before',
        body: reviewUndoSchema,
        answer: reviewOutcomeSchema,
      },
      async ({ body, caller, audit }) => {
        const reviewId = parseId(body.id);
        refuseOthers(await store.reviews.find(reviewId), caller);
        audit.target = `review ${reviewId}`;
        const by = { author: nameOf(caller), userId: userIdOf(caller) };
        const review = await store.reviews.undo(reviewId, by);
        return { review: toReview(review), changeCounter: await store.changeCount() };
      },
    ),
  ];
}

/** Only an admin takes back what another decided. */
function refuseOthers({ userId, reviewId }: ReviewRecord, caller: Caller): void {
  const isAdmin = caller.kind !== 'anonymous' && isAtLeast(caller.role, 'admin');
  if (isAdmin || userId === userIdOf(caller)) return;
  throw new AppError('NOT_FOUND', `no review of yours has the id ${reviewId}`);
}

function whole(reviews: readonly ReviewOfOne[]) {
  const items = reviews.map((review) => {
    return { ...toReview(review), before: review.before, after: review.after };
  });
  return { items, next: null };
}

function toReview(review: ReviewRecord) {
  const { reviewId, action, undoneBy, undoes } = review;
  return {
    id: String(reviewId),
    decision: action,
    comment: review.comment,
    by: review.author,
    at: toInstant(review.timeMs),
    mappings: review.mappingCount,
    evidence: review.evidenceCount,
    undoneBy: undoneBy === undefined ? undefined : String(undoneBy),
    undoes: undoes === undefined ? undefined : String(undoes),
  };
}
