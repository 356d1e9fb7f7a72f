import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { Session } from '../../../src/server/api-types.js';
import { forgetToken, writeApi } from '../api/api-client.js';

function Field({
  label,
  type,
  value,
  autoComplete,
  onChange,
}: {
  readonly label: string;
  readonly type: 'text' | 'password';
  readonly value: string;
  readonly autoComplete: string;
  readonly onChange: (value: string) => void;
}): ReactNode {
  return (
    <label className="field">
      <span>{label}</span>
      <input
        type={type}
        value={value}
        autoComplete={autoComplete}
        required
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}

function OidcLink({ session }: { readonly session: Session }): ReactNode {
  if (!session.methods.includes('oidc')) return null;
  return (
    <p>
      <a className="button primary" href="/api/session/oidc">
        Sign in with {session.oidcLabel ?? 'your organisation'}
      </a>
    </p>
  );
}

/** Signs in, or makes the first admin with the token that stands on the server's terminal. */
export function SignIn({ session }: { readonly session: Session }): ReactNode {
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [token, setToken] = useState('');
  const { setupRequired: isSetup } = session;
  const send = useMutation({
    mutationFn: () =>
      isSetup
        ? writeApi('POST /api/session/setup', { json: { token, name, password } })
        : writeApi('POST /api/session', { json: { name, password } }),
    onSuccess: (next) => {
      forgetToken();
      client.setQueryData(['session'], next);
      void client.invalidateQueries();
    },
  });
  return (
    <main className="page narrow">
      <h1>{isSetup ? 'The first admin' : 'Sign in'}</h1>
      {isSetup ? (
        <p>
          This server can be reached from other machines, so it asks who you are. The token stands
          on the terminal where it was started.
        </p>
      ) : null}
      <OidcLink session={session} />
      {session.methods.includes('password') || isSetup ? (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            send.mutate();
          }}
        >
          {isSetup ? (
            <Field
              label="Token from the terminal"
              type="text"
              value={token}
              autoComplete="off"
              onChange={setToken}
            />
          ) : null}
          <Field label="Name" type="text" value={name} autoComplete="username" onChange={setName} />
          <Field
            label={isSetup ? 'Password, 12 characters or more' : 'Password'}
            type="password"
            value={password}
            autoComplete={isSetup ? 'new-password' : 'current-password'}
            onChange={setPassword}
          />
          <p>
            <button type="submit" className="button primary" disabled={send.isPending}>
              {isSetup ? 'Make the account' : 'Sign in'}
            </button>
          </p>
          {send.isError ? (
            <p role="alert" className="notice bad">
              {send.error.message}
            </p>
          ) : null}
        </form>
      ) : null}
    </main>
  );
}
