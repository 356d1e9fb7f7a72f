import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { type ReactNode, useDeferredValue, useState } from 'react';
import { Link } from 'wouter';
import type { RuleSummary } from '../../../src/server/api-types.js';
import { readApi, writeApi } from '../api/api-client.js';
import { countOf } from './format-values.js';

const LEVELS = ['informational', 'low', 'medium', 'high', 'critical'];

function RuleRows({ rules }: { readonly rules: readonly RuleSummary[] }): ReactNode {
  return (
    <div className="scroll">
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">Rule</th>
            <th scope="col">Level</th>
            <th scope="col">Logsource</th>
            <th scope="col">Techniques</th>
            <th scope="col">Pack</th>
          </tr>
        </thead>
        <tbody>
          {rules.map((rule) => (
            <tr key={`${rule.pack} ${rule.id}`}>
              <td>
                <Link href={`/rules/${encodeURIComponent(rule.id)}`}>{rule.title}</Link>
              </td>
              <td>{rule.level}</td>
              <td className="mono">{rule.logsource}</td>
              <td>
                {rule.techniqueIds.map((id) => (
                  <span key={id}>
                    <Link href={`/techniques/${id}`}>{id}</Link>{' '}
                  </span>
                ))}
              </td>
              <td>{rule.pack}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What is wrong with a rule, before it is installed. */
function CheckRule(): ReactNode {
  const [text, setText] = useState('');
  const check = useMutation({
    mutationFn: () => writeApi('POST /api/rules/check', { json: { text } }),
  });
  return (
    <details className="panel">
      <summary>
        <h2>Check a rule</h2>
      </summary>
      <form
        className="stack tight"
        onSubmit={(event) => {
          event.preventDefault();
          check.mutate();
        }}
      >
        <label className="field">
          <span>Sigma rules as YAML</span>
          <textarea
            className="mono"
            rows={12}
            value={text}
            spellCheck={false}
            onChange={(event) => setText(event.target.value)}
          />
        </label>
        <p>
          <button type="submit" className="button" disabled={text.trim() === '' || check.isPending}>
            Check
          </button>
        </p>
      </form>
      {check.isError ? (
        <p role="alert" className="notice bad">
          {check.error.message}
        </p>
      ) : null}
      {check.data === undefined ? null : (
        <div role="status" className="stack tight">
          <p>
            {countOf(check.data.rules, 'rule')}: {countOf(check.data.counts.error, 'error')},{' '}
            {countOf(check.data.counts.warning, 'warning')},{' '}
            {countOf(check.data.counts.note, 'note')}; tags against ATT&amp;CK{' '}
            {check.data.attackVersion}
          </p>
          <ul className="stack tight">
            {check.data.findings.map(({ code, severity, message, fix, line, column }) => (
              <li key={`${line}:${column} ${code} ${message}`}>
                <span className="chip">{severity}</span> line {line ?? '–'}: {message}{' '}
                <span className="muted">{fix}</span> <code>{code}</code>
              </li>
            ))}
          </ul>
        </div>
      )}
    </details>
  );
}

/** The rules that this workspace runs, and a check for new ones. */
export function RulesPage(): ReactNode {
  const [words, setWords] = useState('');
  const [level, setLevel] = useState('');
  const q = useDeferredValue(words.trim());
  const query = {
    q: q === '' ? undefined : q,
    level: level === '' ? undefined : level,
    limit: 200,
  };
  const pages = useInfiniteQuery({
    queryKey: ['rules', query],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor, signal }) =>
      readApi('/api/rules', { query: { ...query, cursor }, signal }),
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: (before) => before,
  });
  const rules = pages.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <main className="page">
      <h1>Rules</h1>
      <div className="row">
        <label className="field grow">
          <span>Words of the title, or an id</span>
          <input type="search" value={words} onChange={(event) => setWords(event.target.value)} />
        </label>
        <label className="field">
          <span>Level</span>
          <select value={level} onChange={(event) => setLevel(event.target.value)}>
            <option value="">any</option>
            {LEVELS.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        </label>
      </div>
      {pages.isError ? (
        <p role="alert" className="notice bad">
          {pages.error.message}
        </p>
      ) : null}
      {pages.isPending ? <p className="muted">Reading the rules …</p> : <RuleRows rules={rules} />}
      {pages.isSuccess && rules.length === 0 ? (
        <p className="muted">No rule is like that. Packs are added with `portolan rules add`.</p>
      ) : null}
      {pages.hasNextPage ? (
        <p>
          <button
            type="button"
            className="button"
            disabled={pages.isFetchingNextPage}
            onClick={() => void pages.fetchNextPage()}
          >
            More rules
          </button>
        </p>
      ) : null}
      <CheckRule />
    </main>
  );
}
