import { useMutation, useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Link } from 'wouter';
import type { RuleDetail, RuleExplanation } from '../../../src/server/api-types.js';
import { readApi, writeApi } from '../api/api-client.js';
import { AnswerOf } from './answer-of.js';
import { countOf } from './format-values.js';

function Verdict({ holds }: { readonly holds: boolean }): ReactNode {
  return <span className={holds ? 'chip good' : 'chip bad'}>{holds ? 'yes' : 'no'}</span>;
}

function Explanation({ explained }: { readonly explained: RuleExplanation }): ReactNode {
  const { matched, logsource, selections, event, conditions } = explained;
  return (
    <div role="status" className="stack tight">
      <p>
        Record {event.record}: the rule{' '}
        <strong>{matched && logsource.holds ? 'matches' : 'does not match'}</strong>.
      </p>
      <p>
        <Verdict holds={logsource.holds} /> logsource {logsource.wanted}; the event is of{' '}
        {logsource.found === '' ? 'none that is known' : logsource.found}
      </p>
      {conditions.map((condition) => (
        <p key={condition}>
          <Verdict holds={matched} /> condition <code>{condition}</code>
        </p>
      ))}
      <ul className="stack tight">
        {selections.map(({ name, held, items }) => (
          <li key={name}>
            <Verdict holds={held} /> <strong>{name}</strong>
            <ul>
              {items.map(({ field = 'keywords', modifiers, values, held: isHeld, found }) => (
                <li key={`${field} ${modifiers.join('|')}`}>
                  <Verdict holds={isHeld} /> <code>{[field, ...modifiers].join('|')}</code>:{' '}
                  <span className="mono">{values.map(String).join(', ').slice(0, 400)}</span>
                  <br />
                  <span className="muted">found</span>{' '}
                  <span className="mono">{found.join(', ').slice(0, 400) || 'nothing'}</span>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </div>
  );
}

function ExplainRule({ ruleId }: { readonly ruleId: string }): ReactNode {
  const [events, setEvents] = useState('');
  const explain = useMutation({
    mutationFn: () => writeApi('POST /api/rules/explain', { json: { ruleId, events } }),
  });
  return (
    <details className="panel">
      <summary>
        <h2>Why does it match, or not?</h2>
      </summary>
      <form
        className="stack tight"
        onSubmit={(event) => {
          event.preventDefault();
          explain.mutate();
        }}
      >
        <label className="field">
          <span>An event, in any format that is read as a log</span>
          <textarea
            className="mono"
            rows={8}
            spellCheck={false}
            value={events}
            onChange={(event) => setEvents(event.target.value)}
          />
        </label>
        <p>
          <button
            type="submit"
            className="button"
            disabled={events.trim() === '' || explain.isPending}
          >
            Explain
          </button>
        </p>
      </form>
      {explain.isError ? (
        <p role="alert" className="notice bad">
          {explain.error.message}
        </p>
      ) : null}
      {explain.data === undefined ? null : <Explanation explained={explain.data} />}
    </details>
  );
}

function Rule({ rule }: { readonly rule: RuleDetail }): ReactNode {
  return (
    <>
      <h1>{rule.title}</h1>
      <p className="row">
        <span className="chip">{rule.level}</span>
        {rule.status === undefined ? null : <span className="chip">{rule.status}</span>}
        <span className="chip">{rule.pack}</span>
        <code>{rule.logsource}</code>
      </p>
      {rule.description === undefined ? null : <p className="prose">{rule.description}</p>}
      <p>
        {rule.techniqueIds.map((id) => (
          <span key={id}>
            <Link href={`/techniques/${id}`}>{id}</Link>{' '}
          </span>
        ))}
      </p>
      <p>
        {rule.matches === 0 ? (
          'It has not fired on anything here.'
        ) : (
          <Link href={`/investigation?rule=${encodeURIComponent(rule.title)}`}>
            {countOf(rule.matches, 'piece of evidence', 'pieces of evidence')} in this workspace
          </Link>
        )}
      </p>
      {rule.falsePositives.length === 0 ? null : (
        <section>
          <h2>When it errs</h2>
          <ul>
            {rule.falsePositives.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </section>
      )}
      <ExplainRule ruleId={rule.id} />
      <section className="stack tight">
        <h2>The rule</h2>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys. */}
        <pre className="code" tabIndex={0}>
          {rule.text}
        </pre>
      </section>
    </>
  );
}

/** A rule: what it finds, when it errs, its text, and why it matches an event or not. */
export function RulePage({ id }: { readonly id: string }): ReactNode {
  const rule = useQuery({
    queryKey: ['rules', 'one', id],
    queryFn: ({ signal }) => readApi('/api/rules/{id}', { names: { id }, signal }),
  });
  return (
    <main className="page">
      <AnswerOf query={rule} what="the rule">
        {(answer) => <Rule rule={answer} />}
      </AnswerOf>
    </main>
  );
}
