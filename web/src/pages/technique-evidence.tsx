import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { EvidenceSummary } from '../../../src/server/api-types.js';
import { readApi } from '../api/api-client.js';
import { EvidencePiece } from '../technique/evidence-piece.js';
import { AnswerOf } from './answer-of.js';

/** Why a technique has its colour, and the evidence for it and its sub-techniques. */
export function TechniqueEvidence({
  techniqueId,
  summary,
}: {
  readonly techniqueId: string;
  readonly summary: EvidenceSummary | undefined;
}): ReactNode {
  const query = { technique: techniqueId, includeSubtechniques: true, limit: 20 };
  const evidence = useQuery({
    queryKey: ['evidence', query],
    queryFn: ({ signal }) => readApi('/api/evidence', { query, signal }),
  });
  return (
    <section className="panel stack tight">
      <h2>Our evidence</h2>
      {summary === undefined ? null : <p className="notice">{summary.why}</p>}
      <AnswerOf query={evidence} what="the evidence">
        {({ items, next }) =>
          items.length === 0 ? (
            <p className="muted">
              None. <Link href="/imports">Bring in</Link> logs, reports or rules that show it.
            </p>
          ) : (
            <>
              <ul className="plain-list evidence-list">
                {items.map((item) => (
                  <EvidencePiece key={item.id} item={item} />
                ))}
              </ul>
              {next === null ? null : (
                <p>
                  <Link href={`/investigation?technique=${techniqueId}`}>All of it</Link>
                </p>
              )}
            </>
          )
        }
      </AnswerOf>
    </section>
  );
}
