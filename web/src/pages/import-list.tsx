import { useMutation, useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { ApiImport, ApiIssue } from '../../../src/server/api-types.js';
import { readApi, writeApi } from '../api/api-client.js';
import { liveImports } from '../live/use-live-events.js';
import { useStore } from '../state/create-store.js';
import { AnswerOf } from './answer-of.js';
import { countOf, formatBytes, formatCount, formatTime } from './format-values.js';

const isUnderWay = ({ state }: ApiImport): boolean => state === 'queued' || state === 'running';

function describeResult({ result, error, state, progress }: ApiImport): string {
  if (error !== undefined) return error.message;
  if (result === undefined)
    return state === 'running'
      ? `${countOf(progress.events, 'event')}, ${formatBytes(progress.bytes)} of ${formatBytes(progress.totalBytes)}`
      : '';
  const parts = [
    [result.events, 'event'],
    [result.techniques, 'technique'],
    [result.mappings, 'new mapping'],
    [result.layers, 'layer'],
    [result.rules, 'rule'],
    [result.reports, 'report'],
  ] as const;
  const named = parts.filter(([count]) => count > 0).map(([count, one]) => countOf(count, one));
  return named.length === 0 ? 'nothing new' : named.join(', ');
}

function placeOf({ at }: ApiIssue): string {
  if (at === undefined) return '';
  const { source = '', line, column, offset, path } = at;
  const place = [line, column].filter((one) => one !== undefined).join(':');
  return [source, place === '' ? undefined : place, offset === undefined ? path : `byte ${offset}`]
    .filter((one) => one !== undefined && one !== '')
    .join(':');
}

function ImportIssues({ id }: { readonly id: string }): ReactNode {
  const issues = useQuery({
    queryKey: ['imports', id, 'issues'],
    queryFn: ({ signal }) =>
      readApi('/api/imports/{id}/issues', { names: { id }, query: { limit: 200 }, signal }),
  });
  return (
    <AnswerOf query={issues} what="the issues">
      {({ items, next }) => (
        <ul className="stack tight small">
          {items.map((issue) => (
            <li key={`${placeOf(issue)} ${issue.code} ${issue.message}`}>
              <code>{placeOf(issue)}</code> {issue.message}{' '}
              <span className="chip">{issue.code}</span>
            </li>
          ))}
          {next === null ? null : <li className="muted">and more</li>}
        </ul>
      )}
    </AnswerOf>
  );
}

function CancelImport({ id }: { readonly id: string }): ReactNode {
  const cancel = useMutation({
    mutationFn: () => writeApi('POST /api/imports/{id}/cancel', { names: { id } }),
  });
  return (
    <button
      type="button"
      className="button"
      disabled={cancel.isPending}
      onClick={() => cancel.mutate()}
    >
      Cancel
    </button>
  );
}

function ImportRow({ job }: { readonly job: ApiImport }): ReactNode {
  const [isOpen, setOpen] = useState(false);
  const { progress } = job;
  return (
    <li className="panel stack tight">
      <div className="row">
        <strong>{job.name}</strong>
        <span className="chip">{job.kind}</span>
        <span className={`chip state-${job.state}`}>{job.state}</span>
        <span className="muted small">
          {formatTime(job.createdAt)} by {job.by}
        </span>
        <span className="gap" />
        {isUnderWay(job) ? <CancelImport id={job.id} /> : null}
      </div>
      {isUnderWay(job) ? (
        <progress
          aria-label={`Progress of ${job.name}`}
          max={Math.max(1, progress.totalBytes)}
          value={progress.bytes}
        />
      ) : null}
      <p className="small">{describeResult(job)}</p>
      {job.issueCount > 0 ? (
        <>
          <p>
            <button
              type="button"
              className="link"
              aria-expanded={isOpen}
              onClick={() => setOpen(!isOpen)}
            >
              {formatCount(job.issueCount)} that could not be read
            </button>
          </p>
          {isOpen ? <ImportIssues id={job.id} /> : null}
        </>
      ) : null}
    </li>
  );
}

/** What was brought in, newest first, and how far it is. */
export function ImportList({ limit }: { readonly limit: number }): ReactNode {
  const live = useStore(liveImports);
  const imports = useQuery({
    queryKey: ['imports', { limit }],
    queryFn: ({ signal }) => readApi('/api/imports', { query: { limit }, signal }),
  });
  return (
    <AnswerOf query={imports} what="the imports">
      {({ items }) => {
        const known = new Set(items.map(({ id }) => id));
        const fresh = [...live.values()].filter(({ id }) => !known.has(id));
        // A list that was read after the last word of the server is newer than that word.
        const rows = [...fresh.reverse(), ...items].map((job) =>
          isUnderWay(job) ? (live.get(job.id) ?? job) : job,
        );
        if (rows.length === 0) return <p className="muted">Nothing was brought in yet.</p>;
        return (
          <ul className="plain-list stack tight">
            {rows.slice(0, limit).map((job) => (
              <ImportRow key={job.id} job={job} />
            ))}
          </ul>
        );
      }}
    </AnswerOf>
  );
}
