import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { readApi, writeApi } from '../api/api-client.js';
import { AnswerOf } from './answer-of.js';
import { formatTime } from './format-values.js';

const SCOPES = ['read', 'write', 'admin'];

/** Tokens for programs; the text of a new one is shown once. */
export function TokensPanel(): ReactNode {
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [scope, setScope] = useState('read');
  const tokens = useQuery({
    queryKey: ['tokens'],
    queryFn: ({ signal }) => readApi('/api/tokens', { signal }),
  });
  const refresh = (): void => void client.invalidateQueries({ queryKey: ['tokens'] });
  const add = useMutation({
    mutationFn: () => writeApi('POST /api/tokens', { json: { name, scope } }),
    onSuccess: () => setName(''),
    onSettled: refresh,
  });
  const remove = useMutation({
    mutationFn: (id: string) => writeApi('DELETE /api/tokens/{id}', { names: { id } }),
    onSettled: refresh,
  });
  return (
    <section className="panel stack tight">
      <h2>Tokens for programs</h2>
      <AnswerOf query={tokens} what="the tokens">
        {({ items }) => (
          <ul className="plain-list stack tight">
            {items.map((token) => (
              <li key={token.id} className="row">
                <strong>{token.name}</strong> <span className="chip">{token.scope}</span>
                <span className="muted small">until {formatTime(token.expiresAt)}</span>
                <button
                  type="button"
                  className="button"
                  aria-label={`Withdraw ${token.name}`}
                  onClick={() => remove.mutate(token.id)}
                >
                  Withdraw
                </button>
              </li>
            ))}
          </ul>
        )}
      </AnswerOf>
      {add.data === undefined ? null : (
        <p role="status" className="notice">
          Copy it now, it is not shown again: <code>{add.data.token}</code>
        </p>
      )}
      <form
        className="row"
        onSubmit={(event) => {
          event.preventDefault();
          add.mutate();
        }}
      >
        <label className="field">
          <span>Name</span>
          <input
            value={name}
            required
            maxLength={100}
            onChange={(event) => setName(event.target.value)}
          />
        </label>
        <label className="field">
          <span>May</span>
          <select value={scope} onChange={(event) => setScope(event.target.value)}>
            {SCOPES.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        </label>
        <button type="submit" className="button">
          Make a token
        </button>
      </form>
      {add.isError || remove.isError ? (
        <p role="alert" className="notice bad">
          {(add.error ?? remove.error)?.message}
        </p>
      ) : null}
    </section>
  );
}
