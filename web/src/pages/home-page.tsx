import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { MatrixAggregate, Workspace } from '../../../src/server/api-types.js';
import { readApi, writeApi } from '../api/api-client.js';
import { refreshWorkspace } from '../live/use-live-events.js';
import { AnswerOf } from './answer-of.js';
import { countOf, formatCount, formatTime } from './format-values.js';
import { ImportList } from './import-list.js';

/** Loads the investigation that ships with Portolan. */
export function LoadExample({ isFirst }: { readonly isFirst: boolean }): ReactNode {
  const client = useQueryClient();
  const load = useMutation({
    mutationFn: () => writeApi('POST /api/imports/example'),
    onSettled: () => refreshWorkspace(client),
  });
  return (
    <>
      <button
        type="button"
        className={isFirst ? 'button primary' : 'button'}
        disabled={load.isPending}
        onClick={() => load.mutate()}
      >
        Load the example
      </button>
      {load.isError ? (
        <span role="alert" className="notice bad">
          {load.error.message}
        </span>
      ) : null}
    </>
  );
}

function EmptyHome({ workspace }: { readonly workspace: Workspace }): ReactNode {
  return (
    <section className="panel stack">
      <h2>Nothing is here yet</h2>
      <p>
        Portolan maps what you have to ATT&amp;CK and keeps the evidence for every claim. Bring in
        logs of an incident (a folder of .evtx, JSON of your SIEM, CloudTrail, syslog), threat
        reports, Sigma rules or Navigator layers. Nothing leaves this machine.
      </p>
      <div className="row">
        <Link className="button primary" href="/imports">
          Bring in files
        </Link>
        {workspace.hasExample ? <LoadExample isFirst={false} /> : null}
        <Link className="button quiet" href="/guide">
          Show me how, in ten minutes
        </Link>
      </div>
    </section>
  );
}

function Tile({
  count,
  label,
  href,
}: {
  readonly count: number;
  readonly label: string;
  readonly href: string;
}): ReactNode {
  return (
    <Link className="tile" href={href}>
      <span className="tile-count">{formatCount(count)}</span>
      <span className="tile-label">{label}</span>
    </Link>
  );
}

function CameIn({ workspace }: { readonly workspace: Workspace }): ReactNode {
  const { counts } = workspace;
  return (
    <section className="stack tight" aria-labelledby="came-in">
      <h2 id="came-in">What came in</h2>
      <div className="tiles">
        <Tile
          count={counts.techniques}
          label="techniques with any evidence"
          href="/matrix?confidence=0"
        />
        <Tile count={counts.evidence} label="pieces of evidence" href="/investigation" />
        <Tile count={counts.subjects} label="hosts, users, reports" href="/investigation" />
        <Tile count={counts.reports} label="threat reports" href="/reports" />
        <Tile count={counts.layers} label="saved layers" href="/matrix" />
        <Tile count={counts.rules} label="rules that run here" href="/rules" />
      </div>
    </section>
  );
}

const SHOWN = 8;

/** The surest techniques, each with its reason. */
function WhatItMeans({ matrix }: { readonly matrix: MatrixAggregate }): ReactNode {
  const cells = matrix.cells.toSorted((a, b) => b.score - a.score);
  if (cells.length === 0)
    return <p className="muted">No event shows a technique. Look at what was not covered.</p>;
  return (
    <>
      <div className="scroll">
        <table className="plain">
          <thead>
            <tr>
              <th scope="col">Technique</th>
              <th scope="col" className="number">
                Score
              </th>
              <th scope="col">First seen</th>
              <th scope="col" className="number">
                Hosts
              </th>
              <th scope="col">Why</th>
            </tr>
          </thead>
          <tbody>
            {cells.slice(0, SHOWN).map((cell) => (
              <tr key={cell.techniqueId}>
                <td>
                  <Link href={`/techniques/${cell.techniqueId}`}>{cell.techniqueId}</Link>
                </td>
                <td className="number">{Math.round(cell.score)}</td>
                <td>{formatTime(cell.firstSeen)}</td>
                <td className="number">{cell.hosts}</td>
                <td className="small">{cell.why}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {cells.length > SHOWN ? (
        <p>
          <Link href="/matrix">All {cells.length} techniques in the matrix</Link>
        </p>
      ) : null}
    </>
  );
}

function NextSteps({ matrix }: { readonly matrix: MatrixAggregate }): ReactNode {
  const { status, otherVersions } = matrix.totals;
  return (
    <ul className="stack tight">
      {status.proposed > 0 ? (
        <li>
          <Link href="/investigation">
            Review {countOf(status.proposed, 'mapping')} nobody has looked at
          </Link>
          : accept what happened, reject what did not; the colours follow.
        </li>
      ) : null}
      {otherVersions > 0 ? (
        <li>
          <Link href="/versions">
            {countOf(otherVersions, 'mapping')} of other versions of ATT&amp;CK
          </Link>{' '}
          are not in this matrix.
        </li>
      ) : null}
      <li>
        <Link href="/investigation">Read the timeline</Link>: what happened on which host, in order.
      </li>
      <li>
        <Link href="/imports">Bring in more</Link>: what was not logged cannot be seen.
      </li>
    </ul>
  );
}

/** What came in, what it means, what to do next. */
export function HomePage(): ReactNode {
  const workspace = useQuery({
    queryKey: ['workspace'],
    queryFn: ({ signal }) => readApi('/api/workspace', { signal }),
  });
  const query = { kinds: ['observed'] };
  const matrix = useQuery({
    queryKey: ['matrix', 'home', query],
    queryFn: ({ signal }) => readApi('/api/matrix', { query, signal }),
  });
  return (
    <main className="page">
      <AnswerOf query={workspace} what="the workspace">
        {(held) => (
          <>
            <h1>{held.name}</h1>
            {held.isEmpty ? (
              <EmptyHome workspace={held} />
            ) : (
              <>
                <CameIn workspace={held} />
                <section className="stack tight" aria-labelledby="means">
                  <h2 id="means">What it means</h2>
                  <AnswerOf query={matrix} what="the matrix">
                    {(answer) => <WhatItMeans matrix={answer} />}
                  </AnswerOf>
                </section>
                <section className="stack tight" aria-labelledby="next">
                  <h2 id="next">What to do next</h2>
                  <AnswerOf query={matrix} what="the matrix">
                    {(answer) => <NextSteps matrix={answer} />}
                  </AnswerOf>
                </section>
              </>
            )}
            <section className="stack tight" aria-labelledby="imports">
              <h2 id="imports">Latest imports</h2>
              <ImportList limit={5} />
            </section>
          </>
        )}
      </AnswerOf>
    </main>
  );
}
