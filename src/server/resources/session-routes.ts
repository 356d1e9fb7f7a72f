import type { Context } from 'hono';
import { type ApiRoute, defineRoute } from '../api-route.js';
import type { Caller } from '../auth/caller.js';
import { isSameText } from '../auth/secrets.js';
import { beginSession, endSession } from '../auth/sessions.js';
import { csrfTokenFor } from '../guards/csrf-guard.js';
import { Refusal } from '../refusal.js';
import {
  passwordChangeSchema,
  sessionSchema,
  setupSchema,
  signInSchema,
} from '../schemas/session.js';
import type { ServerContext } from '../server-context.js';
import { demandsSignIn } from '../server-settings.js';

/** Who asks; signing in and out. */
export function sessionRoutes(context: ServerContext): readonly ApiRoute[] {
  const { store, settings, passwords, limiter, now } = context;
  const identity = { accounts: store.accounts, settings, now };
  return [
    defineRoute(
      {
        name: 'session.show',
        method: 'get',
        path: '/api/session',
        access: 'public',
        summary: 'Who asks, and the token that writes must bring',
        answer: sessionSchema,
      },
      ({ caller }) => describe(context, caller),
    ),
    defineRoute(
      {
        name: 'session.begin',
        method: 'post',
        path: '/api/session',
        access: 'public',
        rate: 'sign-in',
        summary: 'Signs in with a name and password',
        body: signInSchema,
        answer: sessionSchema,
      },
      async ({ body, c, audit }) => {
        audit.target = `user ${body.name}`;
        // Also by name, for guesses that come from many addresses.
        limiter.take('sign-in', `name ${body.name.toLowerCase()}`);
        const user = await store.accounts.findUserByName(body.name);
        const isRight = await passwords.verify(body.password, user?.passwordHash);
        if (user === undefined || !isRight || user.isDisabled)
          throw new Refusal('UNAUTHENTICATED', 'the name or password is wrong');
        return describe(context, await beginSession(c, identity, user));
      },
    ),
    defineRoute(
      {
        name: 'session.end',
        method: 'delete',
        path: '/api/session',
        access: 'public',
        summary: 'Signs out',
        answer: sessionSchema,
      },
      async ({ caller, c }) => {
        await endSession(c, identity, caller);
        return describe(context, restingCaller(context));
      },
    ),
    defineRoute(
      {
        name: 'session.setup',
        method: 'post',
        path: '/api/session/setup',
        access: 'public',
        rate: 'sign-in',
        summary: 'Makes the first admin, with the token that the server printed on its terminal',
        body: setupSchema,
        answer: sessionSchema,
        status: 201,
      },
      async ({ body, c, audit }) => {
        audit.target = `user ${body.name}`;
        const isRight = isSameText(body.token, context.setupToken);
        if (!isRight || (await store.accounts.countUsers()) > 0)
          throw new Refusal('FORBIDDEN', 'the setup token is wrong, or there is a user already');
        const user = await store.accounts.addFirstUser({
          name: body.name,
          displayName: body.name,
          role: 'admin',
          passwordHash: await passwords.hash(body.password),
        });
        if (user === undefined) throw new Refusal('FORBIDDEN', 'there is a user already');
        return describe(context, await beginSession(c, identity, user));
      },
    ),
    defineRoute(
      {
        name: 'session.password',
        method: 'post',
        path: '/api/session/password',
        access: 'viewer',
        rate: 'sign-in',
        summary: 'Changes one’s own password; all other sessions end',
        body: passwordChangeSchema,
        answer: sessionSchema,
      },
      async ({ body, caller, c, audit }) => {
        if (caller.kind !== 'user')
          throw new Refusal('FORBIDDEN', 'only a person who signed in has a password');
        audit.target = `user ${caller.name}`;
        const user = await store.accounts.findUser(caller.userId);
        if (!(await passwords.verify(body.current, user.passwordHash)))
          throw new Refusal('FORBIDDEN', 'the current password is wrong');
        const passwordHash = await passwords.hash(body.next);
        const changed = await store.accounts.changeUser(caller.userId, { passwordHash });
        await store.accounts.removeSessions(caller.userId);
        return describe(context, await beginSession(c, identity, changed));
      },
    ),
    ...(context.oidc === undefined ? [] : oidcRoutes(context)),
  ];
}

/** Who a browser without a session is. */
function restingCaller({ settings }: ServerContext): Caller {
  if (demandsSignIn(settings)) return { kind: 'anonymous' };
  return { kind: 'local', name: 'local', role: 'admin' };
}

async function describe(context: ServerContext, caller: Caller) {
  const { store, settings, csrfOfProcess, oidc } = context;
  const signInRequired = demandsSignIn(settings);
  const methods = ['password' as const, ...(oidc === undefined ? [] : ['oidc' as const])];
  return {
    user:
      caller.kind === 'anonymous'
        ? null
        : {
            id: 'userId' in caller ? String(caller.userId) : 'local',
            name: caller.name,
            role: caller.role,
          },
    csrfToken: csrfTokenFor(caller, csrfOfProcess) ?? '',
    signInRequired,
    setupRequired: signInRequired && (await store.accounts.countUsers()) === 0,
    methods,
    oidcLabel: oidc?.label,
  };
}

const BINDING = 'portolan_oidc';

function callbackUrl(c: Context, { settings }: ServerContext): string {
  const base = settings.publicUrl ?? `http://${c.req.header('Host') ?? 'localhost'}`;
  return new URL('/api/session/oidc/callback', base).href;
}

function oidcRoutes(context: ServerContext): readonly ApiRoute[] {
  const { oidc, store, settings, now } = context;
  if (oidc === undefined) return [];
  const flags = `HttpOnly; SameSite=Lax; Path=/api/session/oidc${settings.publicUrl?.startsWith('https:') === true ? '; Secure' : ''}`;
  return [
    defineRoute(
      {
        name: 'session.oidc',
        method: 'get',
        path: '/api/session/oidc',
        access: 'public',
        rate: 'sign-in',
        summary: 'Sends the browser to the provider of OpenID Connect',
        produces: ['text/html'],
        status: 302,
      },
      async ({ c }) => {
        const { url, binding } = await oidc.begin(callbackUrl(c, context));
        return redirect(c, url, `${BINDING}=${binding}; Max-Age=600; ${flags}`);
      },
    ),
    defineRoute(
      {
        name: 'session.oidc-callback',
        method: 'get',
        path: '/api/session/oidc/callback',
        access: 'public',
        rate: 'sign-in',
        summary: 'Where the provider sends the browser back to',
        produces: ['text/html'],
        status: 302,
      },
      async ({ c }) => {
        const cookie = new RegExp(`(?:^|;\\s*)${BINDING}=([\\w-]{43})`).exec(
          c.req.header('Cookie') ?? '',
        );
        const current = new URL(callbackUrl(c, context));
        current.search = new URL(c.req.url).search;
        const person = await finishOrNothing(context, current, cookie?.[1]);
        const done = `${BINDING}=; Max-Age=0; ${flags}`;
        if (person?.role === undefined) return redirect(c, '/?sign-in=refused', done);
        const user = await userOf(context, { ...person, role: person.role });
        if (user.isDisabled) return redirect(c, '/?sign-in=refused', done);
        await beginSession(c, { accounts: store.accounts, settings, now }, user);
        await store.audit.add({
          userId: user.userId,
          actor: user.name,
          action: 'session.begin',
          target: `user ${user.name}`,
          detail: { by: 'oidc', role: user.role },
        });
        return redirect(c, '/', done);
      },
    ),
  ];
}

async function finishOrNothing({ oidc, onFault }: ServerContext, url: URL, binding?: string) {
  try {
    return await oidc?.finish(url, binding);
  } catch (error) {
    // The provider refused, or its answer is forged: for the person at the browser both are the same.
    onFault(error);
    return undefined;
  }
}

/** The person as the store knows them; made at the first sign-in, and given the role that their groups have now. */
async function userOf(
  { store }: ServerContext,
  person: {
    readonly externalId: string;
    readonly name: string;
    readonly role: 'viewer' | 'analyst' | 'admin';
  },
) {
  const { externalId, name, role } = person;
  const known = await store.accounts.findUserByExternalId(externalId);
  if (known !== undefined)
    return known.role === role ? known : store.accounts.changeUser(known.userId, { role });
  const isTaken = (await store.accounts.findUserByName(name)) !== undefined;
  return store.accounts.addUser({
    // Someone with a password may be called the same: they are not the same person.
    name: isTaken ? `${name} (${externalId.split(' ')[1]?.slice(0, 40) ?? ''})` : name,
    displayName: name,
    role,
    passwordHash: undefined,
    externalId,
  });
}

function redirect(c: Context, url: string, cookie: string): Response {
  c.header('Set-Cookie', cookie, { append: true });
  return c.redirect(url);
}
