import { z } from '@hono/zod-openapi';
import { AppError } from '../../model/index.js';
import type { AuditRecord, TokenRecord, UserRecord } from '../../store/index.js';
import { type ApiRoute, defineRoute } from '../api-route.js';
import { type Caller, isAtLeast, ROLES, userIdOf } from '../auth/caller.js';
import { hashSecret, randomSecret } from '../auth/secrets.js';
import { Refusal } from '../refusal.js';
import {
  auditPageSchema,
  doneSchema,
  tokenCreatedSchema,
  tokenInputSchema,
  tokenPageSchema,
  userInputSchema,
  userPageSchema,
  userSchema,
  userUpdateSchema,
} from '../schemas/accounts.js';
import { pageQuerySchema } from '../schemas/common.js';
import type { ServerContext } from '../server-context.js';
import { storePage, toPage } from './paging.js';
import { parseId, toInstant, toInstantOrNothing } from './parse-ids.js';
import { userNames } from './user-names.js';

const idSchema = z.object({ id: z.string().max(40) });
const DAY_MS = 24 * 3_600_000;

/** People, their tokens, and the log of what was done. */
export function accountRoutes(context: ServerContext): readonly ApiRoute[] {
  return [...userRoutes(context), ...tokenRoutes(context), auditRoute(context)];
}

function userRoutes({ store, passwords }: ServerContext): readonly ApiRoute[] {
  const { accounts } = store;
  return [
    defineRoute(
      {
        name: 'user.list',
        method: 'get',
        path: '/api/users',
        access: 'admin',
        summary: 'Lists people by name',
        query: pageQuerySchema,
        answer: userPageSchema,
      },
      async ({ query }) => toPage(await accounts.listUsers(storePage(query)), toUser),
    ),
    defineRoute(
      {
        name: 'user.add',
        method: 'post',
        path: '/api/users',
        access: 'admin',
        summary: 'Adds a person who signs in with a password',
        body: userInputSchema,
        answer: userSchema,
        status: 201,
      },
      async ({ body: { name, role, password }, audit }) => {
        audit.target = `user ${name}`;
        const passwordHash = await passwords.hash(password);
        return toUser(await accounts.addUser({ name, displayName: name, role, passwordHash }));
      },
    ),
    defineRoute(
      {
        name: 'user.change',
        method: 'patch',
        path: '/api/users/{id}',
        access: 'admin',
        summary: 'Changes role or password of a person, or keeps them out; their sessions end',
        params: idSchema,
        body: userUpdateSchema,
        answer: userSchema,
      },
      async ({ params, body, caller, audit }) => {
        const userId = parseId(params.id);
        audit.target = `user ${userId}`;
        const isStepDown = body.role !== undefined && body.role !== 'admin';
        if (userId === userIdOf(caller) && (isStepDown || body.isDisabled === true))
          throw new Refusal('FORBIDDEN', 'an admin cannot shut themselves out');
        const { password, role, isDisabled } = body;
        const changed = await accounts.changeUser(userId, {
          ...(role === undefined ? {} : { role }),
          ...(isDisabled === undefined ? {} : { isDisabled }),
          ...(password === undefined ? {} : { passwordHash: await passwords.hash(password) }),
        });
        await accounts.removeSessions(userId, sessionOf(caller));
        return toUser(changed);
      },
    ),
    defineRoute(
      {
        name: 'user.remove',
        method: 'delete',
        path: '/api/users/{id}',
        access: 'admin',
        summary: 'Removes a person with their sessions and tokens; what they reviewed stays',
        params: idSchema,
        answer: doneSchema,
      },
      async ({ params, caller, audit }) => {
        const userId = parseId(params.id);
        audit.target = `user ${userId}`;
        if (userId === userIdOf(caller))
          throw new Refusal('FORBIDDEN', 'an admin cannot shut themselves out');
        await accounts.removeUser(userId);
        return { done: true as const };
      },
    ),
  ];
}

function sessionOf(caller: Caller): string | undefined {
  return caller.kind === 'user' ? caller.sessionHash : undefined;
}

function tokenRoutes(context: ServerContext): readonly ApiRoute[] {
  const { store, now } = context;
  const { accounts } = store;
  return [
    defineRoute(
      {
        name: 'token.list',
        method: 'get',
        path: '/api/tokens',
        access: 'viewer',
        summary: 'Lists one’s own tokens; an admin sees those of all',
        query: pageQuerySchema,
        answer: tokenPageSchema,
      },
      async ({ query, caller }) => {
        const userId = isAdmin(caller) ? undefined : userIdOf(caller);
        const page = await accounts.listTokens({ ...storePage(query), userId });
        const shown = page.items.filter(({ revokedMs }) => revokedMs === undefined);
        const names = await userNames(context, shown);
        return toPage({ ...page, items: shown }, (token) => toToken(token, names));
      },
    ),
    defineRoute(
      {
        name: 'token.add',
        method: 'post',
        path: '/api/tokens',
        access: 'viewer',
        summary: 'Makes a token for programs; its text is shown this once',
        body: tokenInputSchema,
        answer: tokenCreatedSchema,
        status: 201,
      },
      async ({ body, caller, audit }) => {
        // A token that makes tokens would outlive its own end.
        if (caller.kind !== 'user')
          throw new Refusal('FORBIDDEN', 'only a person who signed in can make a token');
        refuseWider(body.scope, caller.role);
        const token = `plt_${randomSecret()}`;
        const record = await accounts.addToken({
          userId: caller.userId,
          name: body.name,
          tokenHash: hashSecret(token),
          prefix: token.slice(0, 8),
          scopes: [body.scope],
          expiresMs: now().getTime() + body.days * DAY_MS,
        });
        audit.target = `token ${record.tokenId}`;
        const names = new Map([[caller.userId, caller.name]]);
        return { ...toToken(record, names), token };
      },
    ),
    defineRoute(
      {
        name: 'token.remove',
        method: 'delete',
        path: '/api/tokens/{id}',
        access: 'viewer',
        isOwned: true,
        summary: 'Revokes a token at once',
        params: idSchema,
        answer: doneSchema,
      },
      async ({ params, caller, audit }) => {
        const tokenId = parseId(params.id);
        audit.target = `token ${tokenId}`;
        const { userId } = await accounts.findTokenById(tokenId);
        if (!isAdmin(caller) && userId !== userIdOf(caller))
          throw new AppError('NOT_FOUND', `no token of yours has the id ${tokenId}`);
        await accounts.revokeToken(tokenId);
        return { done: true as const };
      },
    ),
  ];
}

const SCOPES = ['read', 'write', 'admin'] as const;

function refuseWider(scope: (typeof SCOPES)[number], role: (typeof ROLES)[number]): void {
  if (SCOPES.indexOf(scope) > ROLES.indexOf(role))
    throw new Refusal('FORBIDDEN', `a token of the scope ${scope} is more than the role ${role}`);
}

function isAdmin(caller: Caller): boolean {
  return caller.kind !== 'anonymous' && isAtLeast(caller.role, 'admin');
}

function auditRoute({ store }: ServerContext): ApiRoute {
  return defineRoute(
    {
      name: 'audit.list',
      method: 'get',
      path: '/api/audit',
      access: 'admin',
      summary: 'Lists every write, also refused ones, newest first',
      query: pageQuerySchema.extend({ action: z.string().max(100).optional() }),
      answer: auditPageSchema,
    },
    async ({ query }) => {
      const { action } = query;
      return toPage(await store.audit.list({ ...storePage(query), action }), toEntry);
    },
  );
}

function toEntry({ auditId, timeMs, actor, action, target, address, detail }: AuditRecord) {
  return {
    id: String(auditId),
    at: toInstant(timeMs),
    by: actor,
    action,
    target,
    from: address ?? '',
    outcome: String(detail['outcome'] ?? ''),
  };
}

function toUser(user: UserRecord) {
  return {
    id: String(user.userId),
    name: user.name,
    role: user.role,
    signsInBy: user.externalId === undefined ? ('password' as const) : ('oidc' as const),
    isDisabled: user.isDisabled,
    createdAt: toInstant(user.createdMs),
    lastSeenAt: toInstantOrNothing(user.lastSignInMs),
  };
}

function toToken(token: TokenRecord, names: ReadonlyMap<number, string>) {
  const scope = SCOPES.find((one) => token.scopes.includes(one)) ?? 'read';
  return {
    id: String(token.tokenId),
    name: token.name,
    scope,
    owner: names.get(token.userId) ?? '',
    createdAt: toInstant(token.createdMs),
    expiresAt: toInstant(token.expiresMs),
    lastUsedAt: toInstantOrNothing(token.lastUsedMs),
  };
}
