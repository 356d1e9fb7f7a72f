import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { EvidenceItem, Review } from '../../../src/server/api-types.js';
import { readApi } from '../api/api-client.js';
import { AnswerOf } from '../pages/answer-of.js';
import { formatTime } from '../pages/format-values.js';
import { sendReview } from './last-review.js';

function ReviewLine({ review }: { readonly review: Review }): ReactNode {
  const { decision, comment, by, at, undoneBy, before, after } = review;
  const change = before !== undefined && after !== undefined ? `: ${before} → ${after}` : '';
  return (
    <li className="small">
      <strong>{by}</strong> {decision}
      {change} <span className="muted">{formatTime(at)}</span>
      {undoneBy === undefined ? '' : ' (taken back)'}
      {comment === '' ? null : <blockquote>{comment}</blockquote>}
    </li>
  );
}

function ReviewHistory({ evidenceId }: { readonly evidenceId: string }): ReactNode {
  const query = { evidence: evidenceId, limit: 100 };
  const reviews = useQuery({
    queryKey: ['reviews', query],
    queryFn: ({ signal }) => readApi('/api/reviews', { query, signal }),
  });
  return (
    <AnswerOf query={reviews} what="the history">
      {({ items }) =>
        items.length === 0 ? (
          <p className="muted small">Nobody has decided on this yet.</p>
        ) : (
          <ul className="plain-list stack tight">
            {items.map((review) => (
              <ReviewLine key={review.id} review={review} />
            ))}
          </ul>
        )
      }
    </AnswerOf>
  );
}

function CommentField({
  evidenceId,
  onDone,
}: {
  readonly evidenceId: string;
  readonly onDone: () => void;
}): ReactNode {
  const client = useQueryClient();
  const [text, setText] = useState('');
  return (
    <form
      className="stack tight"
      onSubmit={(event) => {
        event.preventDefault();
        const comment = text.trim();
        if (comment !== '')
          void sendReview(client, { evidenceIds: [evidenceId], decision: 'comment', comment });
        onDone();
      }}
    >
      <label className="field">
        <span>Comment</span>
        <textarea
          rows={2}
          value={text}
          maxLength={4000}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <p>
        <button type="submit" className="button" disabled={text.trim() === ''}>
          Add comment
        </button>
      </p>
    </form>
  );
}

/** Accept, reject, comment on a piece of evidence, and who decided what before. */
export function ReviewControls({ item }: { readonly item: EvidenceItem }): ReactNode {
  const client = useQueryClient();
  const [opened, setOpened] = useState<'comment' | 'history' | undefined>();
  const decided = item.decision;
  const decide = (decision: 'accept' | 'reject' | 'reset'): void =>
    void sendReview(client, { evidenceIds: [item.id], decision });
  const toggle = (part: 'comment' | 'history'): void =>
    setOpened(opened === part ? undefined : part);
  return (
    <div className="stack tight">
      <div className="row">
        <button
          type="button"
          className="button"
          aria-pressed={decided === 'accepted'}
          onClick={() => decide(decided === 'accepted' ? 'reset' : 'accept')}
        >
          Accept
        </button>
        <button
          type="button"
          className="button"
          aria-pressed={decided === 'rejected'}
          onClick={() => decide(decided === 'rejected' ? 'reset' : 'reject')}
        >
          Reject
        </button>
        <button
          type="button"
          className="button quiet"
          aria-expanded={opened === 'comment'}
          onClick={() => toggle('comment')}
        >
          Comment
        </button>
        <button
          type="button"
          className="button quiet"
          aria-expanded={opened === 'history'}
          onClick={() => toggle('history')}
        >
          History
        </button>
      </div>
      {opened === 'comment' ? (
        <CommentField evidenceId={item.id} onDone={() => setOpened('history')} />
      ) : null}
      {opened === 'history' ? <ReviewHistory evidenceId={item.id} /> : null}
    </div>
  );
}
