import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { Role, User } from '../../../src/server/api-types.js';
import { readApi, writeApi } from '../api/api-client.js';
import { AnswerOf } from './answer-of.js';
import { formatTime } from './format-values.js';

const ROLES = ['viewer', 'analyst', 'admin'] as const;

function RoleChoice({
  value,
  label,
  onChange,
}: {
  readonly value: Role;
  readonly label: string;
  readonly onChange: (role: Role) => void;
}): ReactNode {
  return (
    <select
      aria-label={label}
      value={value}
      onChange={(event) => {
        const role = ROLES.find((one) => one === event.target.value);
        if (role !== undefined) onChange(role);
      }}
    >
      {ROLES.map((one) => (
        <option key={one}>{one}</option>
      ))}
    </select>
  );
}

/** Who may sign in, and what each may do. */
export function UsersPanel(): ReactNode {
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [role, setRole] = useState<Role>('viewer');
  const users = useQuery({
    queryKey: ['users'],
    queryFn: ({ signal }) => readApi('/api/users', { signal }),
  });
  const refresh = (): void => void client.invalidateQueries({ queryKey: ['users'] });
  const add = useMutation({
    mutationFn: () => writeApi('POST /api/users', { json: { name, password, role } }),
    onSuccess: () => {
      setName('');
      setPassword('');
    },
    onSettled: refresh,
  });
  const change = useMutation({
    mutationFn: ({ id, ...json }: Pick<User, 'id'> & Partial<Pick<User, 'role' | 'isDisabled'>>) =>
      writeApi('PATCH /api/users/{id}', { names: { id }, json }),
    onSettled: refresh,
  });
  return (
    <section className="panel stack tight">
      <h2>Users</h2>
      <AnswerOf query={users} what="the users">
        {({ items }) => (
          <ul className="plain-list stack tight">
            {items.map((user) => (
              <li key={user.id} className="row">
                <strong>{user.name}</strong>
                <span className="muted small">
                  {user.signsInBy}, last seen {formatTime(user.lastSeenAt)}
                </span>
                <RoleChoice
                  label={`Role of ${user.name}`}
                  value={user.role}
                  onChange={(next) => change.mutate({ id: user.id, role: next })}
                />
                <button
                  type="button"
                  className="button"
                  aria-pressed={user.isDisabled}
                  onClick={() => change.mutate({ id: user.id, isDisabled: !user.isDisabled })}
                >
                  {user.isDisabled ? 'Let in again' : 'Lock out'}
                </button>
              </li>
            ))}
          </ul>
        )}
      </AnswerOf>
      <form
        className="row"
        onSubmit={(event) => {
          event.preventDefault();
          add.mutate();
        }}
      >
        <label className="field">
          <span>Name</span>
          <input value={name} required onChange={(event) => setName(event.target.value)} />
        </label>
        <label className="field">
          <span>Password, 12 characters or more</span>
          <input
            type="password"
            autoComplete="new-password"
            value={password}
            minLength={12}
            required
            onChange={(event) => setPassword(event.target.value)}
          />
        </label>
        <span className="field">
          <span>Role</span>
          <RoleChoice label="Role of the new user" value={role} onChange={setRole} />
        </span>
        <button type="submit" className="button">
          Add a user
        </button>
      </form>
      {add.isError || change.isError ? (
        <p role="alert" className="notice bad">
          {(add.error ?? change.error)?.message}
        </p>
      ) : null}
    </section>
  );
}
