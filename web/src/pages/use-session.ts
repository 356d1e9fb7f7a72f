import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { Role, Session } from '../../../src/server/api-types.js';
import { readApi } from '../api/api-client.js';

/** Who is signed in, and what the server demands. */
export function useSession(): UseQueryResult<Session> {
  return useQuery({
    queryKey: ['session'],
    queryFn: ({ signal }) => readApi('/api/session', { signal }),
  });
}

const RANK: Readonly<Record<Role, number>> = { viewer: 0, analyst: 1, admin: 2 };

/** Whether the session may do what the role may; one that needs no sign-in may do all. */
export function mayAs(session: Session | undefined, role: Role): boolean {
  if (session === undefined) return false;
  if (session.user === null) return !session.signInRequired;
  return RANK[session.user.role] >= RANK[role];
}
