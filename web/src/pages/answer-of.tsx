import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';

interface AnswerOfProps<T> {
  readonly query: UseQueryResult<T>;
  /** What is read, for people: `the imports`. */
  readonly what: string;
  readonly children: (answer: T) => ReactNode;
}

/** What a query answered; until then that it is being read, and otherwise why it could not be. */
export function AnswerOf<T>({ query, what, children }: AnswerOfProps<T>): ReactNode {
  if (query.isPending) return <p className="muted">Reading {what} …</p>;
  if (query.isError)
    return (
      <div className="notice bad stack tight" role="alert">
        <p>
          Cannot read {what}: {query.error.message}
        </p>
        <p>
          <button type="button" className="button" onClick={() => void query.refetch()}>
            Try again
          </button>
        </p>
      </div>
    );
  return children(query.data);
}
