import type { QueryClient } from '@tanstack/react-query';
import type { Review, ReviewInput } from '../../../src/server/api-types.js';
import { writeApi } from '../api/api-client.js';
import { refreshWorkspace } from '../live/use-live-events.js';
import { createStore } from '../state/create-store.js';

/** The review that was just made and can be taken back, or why one could not be made. */
export type LastReview =
  | { readonly kind: 'made'; readonly review: Review }
  | { readonly kind: 'undone'; readonly review: Review }
  | { readonly kind: 'failed'; readonly message: string };

/** undefined = nothing to say. */
export const lastReview = createStore<LastReview | undefined>(undefined);

/** Sends a review; what it changed is asked for again. */
export async function sendReview(client: QueryClient, review: ReviewInput): Promise<void> {
  try {
    const made = await writeApi('POST /api/reviews', { json: review });
    lastReview.set({ kind: 'made', review: made.review });
  } catch (error) {
    lastReview.set({ kind: 'failed', message: error instanceof Error ? error.message : '' });
  }
  refreshWorkspace(client);
}

/** Takes a review back. */
export async function undoReview(client: QueryClient, review: Review): Promise<void> {
  try {
    await writeApi('POST /api/reviews/undo', { json: { id: review.id } });
    lastReview.set({ kind: 'undone', review });
  } catch (error) {
    lastReview.set({ kind: 'failed', message: error instanceof Error ? error.message : '' });
  }
  refreshWorkspace(client);
}
