import type { Role } from '../schemas/session.js';

/** Who asks. */
export type Caller =
  | { readonly kind: 'anonymous' }
  /** Whoever sits at this machine, where no sign-in is asked for. */
  | { readonly kind: 'local'; readonly name: 'local'; readonly role: 'admin' }
  | {
      readonly kind: 'user';
      readonly userId: number;
      readonly name: string;
      readonly role: Role;
      readonly sessionSecret: string;
      readonly sessionHash: string;
    }
  | {
      readonly kind: 'token';
      readonly userId: number;
      readonly name: string;
      readonly role: Role;
      readonly tokenId: number;
    };

export const ROLES: readonly Role[] = ['viewer', 'analyst', 'admin'];

/** Whether a role allows what another asks for. */
export function isAtLeast(role: Role, needed: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(needed);
}

const SCOPE_ROLES: Readonly<Record<string, Role>> = {
  read: 'viewer',
  write: 'analyst',
  admin: 'admin',
};

/** What a token may do: the lower of its owner's role and its scope. An unknown scope allows reading at most. */
export function roleOfToken(owner: Role, scopes: readonly string[]): Role {
  const allowed = scopes.map((scope) => ROLES.indexOf(SCOPE_ROLES[scope] ?? 'viewer'));
  return ROLES[Math.min(ROLES.indexOf(owner), Math.max(0, ...allowed))] ?? 'viewer';
}

/** Id in the store; undefined for whoever sits at this machine. */
export function userIdOf(caller: Caller): number | undefined {
  return 'userId' in caller ? caller.userId : undefined;
}

/** Name for history and audit. */
export function nameOf(caller: Caller): string {
  return 'name' in caller ? caller.name : 'anonymous';
}
