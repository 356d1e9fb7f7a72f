import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Link } from 'wouter';
import type { ObjectReference, VersionDiff } from '../../../src/server/api-types.js';
import { readApi } from '../api/api-client.js';
import { useVersions } from '../attack/use-knowledge-base.js';
import { AnswerOf } from './answer-of.js';
import { countOf } from './format-values.js';

const nameOf = ({ attackId, name }: Pick<ObjectReference, 'attackId' | 'name'>): string =>
  attackId === undefined ? name : `${attackId} ${name}`;

function linesOf(diff: VersionDiff): readonly (readonly [string, readonly string[]])[] {
  const changed = (list: VersionDiff['renamed']): readonly string[] =>
    list.map(({ object, from = '', to = '' }) => `${nameOf(object)}: ${from} → ${to}`);
  const moved = (list: VersionDiff['movedTactic']): readonly string[] =>
    list.map(
      ({ object, lost, gained }) =>
        `${nameOf(object)}${lost.length > 0 ? `, no longer ${lost.join(', ')}` : ''}${gained.length > 0 ? `, now ${gained.join(', ')}` : ''}`,
    );
  return [
    ['New', diff.added.map(nameOf)],
    [
      'Revoked',
      diff.revoked.map(
        ({ object, successors }) =>
          `${nameOf(object)} → ${successors.map(nameOf).join(' or ') || 'nothing'}`,
      ),
    ],
    ['Deprecated', diff.deprecated.map(nameOf)],
    ['Deleted', diff.deleted.map(({ object }) => nameOf(object))],
    ['Restored', diff.restored.map(nameOf)],
    ['Renamed', changed(diff.renamed)],
    ['Another id', changed(diff.renumbered)],
    ['In other tactics', moved(diff.movedTactic)],
    ['On other platforms', moved(diff.changedPlatforms)],
  ];
}

function Diff({ diff }: { readonly diff: VersionDiff }): ReactNode {
  const sections = linesOf(diff).filter(([, lines]) => lines.length > 0);
  const notes = [...new Set([...diff.from.carriedOver, ...diff.to.carriedOver])];
  return (
    <div className="stack">
      {notes.length === 0 ? null : (
        <ul className="notice">
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      {sections.length === 0 ? <p>Nothing that matters here differs.</p> : null}
      {sections.map(([title, lines]) => (
        <details key={title} className="panel" open={lines.length <= 20}>
          <summary>
            <h2>
              {title} <span className="muted">({lines.length})</span>
            </h2>
          </summary>
          <ul className="columns">
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </details>
      ))}
    </div>
  );
}

function Compare({ versions }: { readonly versions: readonly string[] }): ReactNode {
  const [from, setFrom] = useState(versions.at(-2) ?? '');
  const [to, setTo] = useState(versions.at(-1) ?? '');
  const query = { from, to, kinds: ['technique', 'tactic'] };
  const diff = useQuery({
    queryKey: ['diff', query],
    queryFn: ({ signal }) => readApi('/api/versions/diff', { query, signal }),
    enabled: from !== '' && to !== '' && from !== to,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const choice = (label: string, value: string, choose: (next: string) => void): ReactNode => (
    <label className="field">
      <span>{label}</span>
      <select value={value} onChange={(event) => choose(event.target.value)}>
        {versions.map((version) => (
          <option key={version}>{version}</option>
        ))}
      </select>
    </label>
  );
  return (
    <section className="stack" aria-labelledby="compare">
      <h2 id="compare">What changed</h2>
      <div className="row">
        {choice('From', from, setFrom)}
        {choice('To', to, setTo)}
      </div>
      {from === to ? (
        <p className="muted">Choose two versions.</p>
      ) : (
        <AnswerOf query={diff} what="the difference">
          {(answer) => <Diff diff={answer} />}
        </AnswerOf>
      )}
    </section>
  );
}

/** Versions of ATT&CK that are here, and what differs between two. */
export function VersionsPage(): ReactNode {
  const versions = useVersions();
  return (
    <main className="page">
      <h1>Versions of ATT&amp;CK</h1>
      <AnswerOf query={versions} what="the versions">
        {(items) => (
          <>
            <div className="scroll">
              <table className="plain">
                <thead>
                  <tr>
                    <th scope="col">Domain</th>
                    <th scope="col">Version</th>
                    <th scope="col">Released</th>
                    <th scope="col" className="number">
                      Techniques
                    </th>
                    <th scope="col">From</th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((one) => (
                    <tr key={`${one.domain} ${one.version} ${one.origin}`}>
                      <td>{one.domain}</td>
                      <td>
                        {one.version} {one.isDefault ? <span className="chip">shown</span> : null}
                      </td>
                      <td>{one.released ?? '–'}</td>
                      <td className="number">{one.techniqueCount}</td>
                      <td className="small">
                        {one.origin}
                        {one.problem === undefined ? '' : `: ${one.problem}`}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
            <p className="muted small">
              {countOf(items.length, 'version')}. `portolan attack update` fetches newer ones,
              `portolan attack import` takes a bundle from disk. A layer is moved to another version
              in the <Link href="/matrix">matrix</Link>, under More.
            </p>
            <Compare
              versions={[
                // A version may be both shipped and installed.
                ...new Set(
                  items
                    .filter(({ domain }) => domain === 'enterprise-attack')
                    .map(({ version }) => version),
                ),
              ]}
            />
          </>
        )}
      </AnswerOf>
    </main>
  );
}
