import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Review } from '../../../src/server/api-types.js';
import { countOf } from '../pages/format-values.js';
import { useStore } from '../state/create-store.js';
import { lastReview, undoReview } from './last-review.js';

const DONE: Readonly<Record<Review['decision'], string>> = {
  accept: 'accepted',
  reject: 'rejected',
  reset: 'back to proposed',
  comment: 'commented on',
};

function describeReview({ decision, mappings, evidence }: Review): string {
  const parts = [
    ...(mappings > 0 ? [countOf(mappings, 'mapping')] : []),
    ...(evidence > 0 ? [countOf(evidence, 'piece of evidence', 'pieces of evidence')] : []),
  ];
  return `${parts.join(' and ')} ${DONE[decision]}`;
}

/** What was just decided, with a way back; read out by screen readers. */
export function ReviewNotice(): ReactNode {
  const client = useQueryClient();
  const last = useStore(lastReview);
  return (
    <div className="toast-place" role="status">
      {last === undefined ? null : (
        <div className="toast">
          <span>
            {last.kind === 'failed'
              ? `Not saved: ${last.message}`
              : `${describeReview(last.review)}${last.kind === 'undone' ? ': taken back' : ''}`}
          </span>
          {last.kind === 'made' && last.review.decision !== 'comment' ? (
            <button
              type="button"
              className="button"
              onClick={() => void undoReview(client, last.review)}
            >
              Undo
            </button>
          ) : null}
          <button
            type="button"
            className="button quiet icon"
            aria-label="Dismiss"
            onClick={() => lastReview.set(undefined)}
          >
            ×
          </button>
        </div>
      )}
    </div>
  );
}
