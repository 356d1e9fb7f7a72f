import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { Workspace } from '../../../src/server/api-types.js';
import { forgetToken, readApi, writeApi } from '../api/api-client.js';
import { AnswerOf } from './answer-of.js';
import { formatBytes, formatTime } from './format-values.js';
import { TokensPanel } from './tokens-panel.js';
import { mayAs, useSession } from './use-session.js';
import { UsersPanel } from './users-panel.js';

function WorkspaceFacts({ workspace }: { readonly workspace: Workspace }): ReactNode {
  const { scope, domains, limits } = workspace;
  const rows: readonly (readonly [string, string])[] = [
    ['Portolan', workspace.portolanVersion],
    ['ATT&CK', domains.map(({ domain, version }) => `${domain} ${version}`).join(', ')],
    ['Systems', scope.systems.join(', ')],
    ['Segments', scope.segments.join(', ')],
    ['Business units', scope.businessUnits.join(', ')],
    ['Platforms', scope.platforms.join(', ')],
    ['Sector', workspace.sector ?? ''],
    ['Region', workspace.region ?? ''],
    ['Largest upload', `${formatBytes(limits.uploadBytes)}, ${limits.uploadFiles} files`],
  ];
  return (
    <>
      <dl className="facts">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value === '' ? <span className="muted">not said</span> : value}</dd>
          </div>
        ))}
      </dl>
      <p className="muted small">
        Scope, sector and versions are in <code>portolan.yaml</code> of the workspace, where they
        can be reviewed and kept in git.
      </p>
    </>
  );
}

function Account(): ReactNode {
  const session = useSession();
  const client = useQueryClient();
  const signOut = useMutation({
    mutationFn: () => writeApi('DELETE /api/session'),
    onSuccess: () => {
      forgetToken();
      void client.invalidateQueries();
    },
  });
  return (
    <AnswerOf query={session} what="who is signed in">
      {({ user }) =>
        user === null ? (
          <p>
            The server listens on this machine alone, so nobody has to sign in. Reviews are signed{' '}
            <em>local</em>.
          </p>
        ) : (
          <p className="row">
            <span>
              Signed in as <strong>{user.name}</strong>, {user.role}
            </span>
            <button
              type="button"
              className="button"
              disabled={signOut.isPending}
              onClick={() => signOut.mutate()}
            >
              Sign out
            </button>
          </p>
        )
      }
    </AnswerOf>
  );
}

function Audit(): ReactNode {
  const [isOpen, setOpen] = useState(false);
  const audit = useQuery({
    queryKey: ['audit'],
    queryFn: ({ signal }) => readApi('/api/audit', { query: { limit: 200 }, signal }),
    enabled: isOpen,
  });
  return (
    <details className="panel" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <h2>Audit log</h2>
      </summary>
      {isOpen ? (
        <AnswerOf query={audit} what="the audit log">
          {({ items }) => (
            <div className="scroll">
              <table className="plain">
                <thead>
                  <tr>
                    <th scope="col">When</th>
                    <th scope="col">Who</th>
                    <th scope="col">What</th>
                    <th scope="col">From</th>
                    <th scope="col">Outcome</th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((entry) => (
                    <tr key={entry.id}>
                      <td className="mono nowrap">{formatTime(entry.at)}</td>
                      <td>{entry.by}</td>
                      <td>
                        {entry.action} {entry.target ?? ''}
                      </td>
                      <td className="mono">{entry.from}</td>
                      <td>{entry.outcome}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )}
        </AnswerOf>
      ) : null}
    </details>
  );
}

/** The workspace, who is signed in, users, tokens, and who did what. */
export function SettingsPage(): ReactNode {
  const session = useSession();
  const workspace = useQuery({
    queryKey: ['workspace'],
    queryFn: ({ signal }) => readApi('/api/workspace', { signal }),
  });
  const isAdmin = mayAs(session.data, 'admin');
  return (
    <main className="page">
      <h1>Settings</h1>
      <section className="panel stack tight">
        <h2>Workspace</h2>
        <AnswerOf query={workspace} what="the workspace">
          {(answer) => <WorkspaceFacts workspace={answer} />}
        </AnswerOf>
      </section>
      <section className="panel stack tight">
        <h2>You</h2>
        <Account />
      </section>
      {session.data?.user == null ? null : <TokensPanel />}
      {isAdmin ? <UsersPanel /> : null}
      {isAdmin ? <Audit /> : null}
      <p className="small">
        <a href="/api/docs">The API of this server</a>
      </p>
    </main>
  );
}
