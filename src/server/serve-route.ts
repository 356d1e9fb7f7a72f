import type { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { AnswerCache } from './answers/answer-cache.js';
import { type EncodedAnswer, encodeAnswer, sendAnswer } from './answers/encode-answer.js';
import { readJsonBody } from './answers/read-body.js';
import type { ApiRoute } from './api-route.js';
import { type Caller, isAtLeast, nameOf, userIdOf } from './auth/caller.js';
import { identify } from './auth/identify.js';
import { clientAddress } from './guards/client-address.js';
import { checkCsrf } from './guards/csrf-guard.js';
import { problemResponse, toProblem } from './problem.js';
import { Refusal } from './refusal.js';
import type { ServerContext } from './server-context.js';

const MAX_BODY_BYTES = 1024 * 1024;

/** Serves one request for a route: who asks, may they, is it well formed; then the handler, and the audit log. */
export async function serveRoute(
  route: ApiRoute,
  c: Context,
  { context, cache }: { readonly context: ServerContext; readonly cache: AnswerCache },
): Promise<Response> {
  const audit = { target: '' };
  let caller: Caller = { kind: 'anonymous' };
  let outcome: string;
  let response: Response;
  try {
    const address = clientAddress(c, context.settings);
    caller = await identifyLimited(route, c, { context, address });
    admit(route, caller);
    if (route.method !== 'get') checkCsrf(c, caller, context.csrfOfProcess);
    response = await answer(route, c, { context, cache, caller, audit });
    outcome = String(response.status);
  } catch (error) {
    response = problemResponse(error);
    const { code } = toProblem(error);
    if (code === 'INTERNAL') context.onFault(error);
    outcome = `${response.status} ${code}`;
  }
  if (route.method !== 'get' && route.isPure !== true)
    await writeAudit({ route, c, context, caller, target: audit.target, outcome });
  return response;
}

/** Guesses at secrets count against an address before anything is looked up; everything else against who asks. */
async function identifyLimited(
  route: ApiRoute,
  c: Context,
  { context, address }: { readonly context: ServerContext; readonly address: string },
): Promise<Caller> {
  const { limiter, store, settings, now } = context;
  const rate = route.rate ?? (route.method === 'get' ? 'read' : 'write');
  if (rate === 'sign-in') limiter.take(rate, address);
  let caller: Caller;
  try {
    caller = await identify(c, { accounts: store.accounts, settings, now });
  } catch (error) {
    if (error instanceof Refusal) limiter.take('sign-in', `token ${address}`);
    throw error;
  }
  // Whoever sits at the machine could as well read the files.
  if (caller.kind === 'local' && rate === 'read') return caller;
  if (rate !== 'sign-in') limiter.take(rate, clientOf(caller, address));
  return caller;
}

function clientOf(caller: Caller, address: string): string {
  if (caller.kind === 'token') return `token ${caller.tokenId}`;
  return caller.kind === 'user' ? `user ${caller.userId}` : address;
}

function admit({ access }: ApiRoute, caller: Caller): void {
  if (access === 'public') return;
  if (caller.kind === 'anonymous') throw new Refusal('UNAUTHENTICATED', 'sign in first');
  if (!isAtLeast(caller.role, access))
    throw new Refusal('FORBIDDEN', `expected the role ${access} or higher, found ${caller.role}`);
}

interface Answering {
  readonly context: ServerContext;
  readonly cache: AnswerCache;
  readonly caller: Caller;
  readonly audit: { target: string };
}

async function answer(
  route: ApiRoute,
  c: Context,
  { context, cache, caller, audit }: Answering,
): Promise<Response> {
  const params = parsePart(route.params, c.req.param(), 'path');
  const query = parsePart(route.query, c.req.query(), 'query');
  const make = async (): Promise<EncodedAnswer | Response> => {
    const body = await readBody(route, c);
    const asked = { params, query, body, caller, c, audit };
    const value = await route.serve(asked as Parameters<ApiRoute['serve']>[0]);
    if (value instanceof Response) return value;
    if (context.settings.checksAnswers === true) checkAnswer(route, value);
    return encodeAnswer(value);
  };
  const { caching, status = 200 } = route;
  if (caching === undefined) {
    const made = await make();
    return made instanceof Response ? made : sendAnswer(c, made, { status, caching });
  }
  const stamp = caching === 'workspace' ? await context.store.changeCount() : 0;
  const key = `${c.req.path}?${new URL(c.req.url).searchParams.toString()}`;
  const made = await cache.get(key, stamp, async () => {
    const one = await make();
    if (one instanceof Response) throw new TypeError(`${route.name} cannot be kept`);
    return one;
  });
  return sendAnswer(c, made, { status, caching });
}

function parsePart(schema: z.ZodType | undefined, value: unknown, part: string): unknown {
  if (schema === undefined) return undefined;
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Refusal('QUERY_INVALID', `the ${part} is not as it should be`, {
    errors: errorsOf(parsed.error),
  });
}

async function readBody(route: ApiRoute, c: Context): Promise<unknown> {
  if (route.body === undefined) return undefined;
  const value = await readJsonBody(c, route.maxBodyBytes ?? MAX_BODY_BYTES);
  const parsed = route.body.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Refusal('BODY_INVALID', 'the body is not as it should be', {
    errors: errorsOf(parsed.error),
  });
}

function errorsOf({ issues }: z.ZodError) {
  return issues.slice(0, 20).map(({ path, message }) => ({
    path: path.map(String).join('.').slice(0, 200),
    message: message.slice(0, 300),
  }));
}

function checkAnswer(route: ApiRoute, value: unknown): void {
  if (route.answer === undefined) throw new TypeError(`${route.name} has no schema`);
  const parsed = route.answer.safeParse(JSON.parse(JSON.stringify(value)));
  if (!parsed.success) throw new TypeError(`${route.name}: ${parsed.error.message}`);
}

interface AuditFacts {
  readonly route: ApiRoute;
  readonly c: Context;
  readonly context: ServerContext;
  readonly caller: Caller;
  readonly target: string;
  readonly outcome: string;
}

/** Also what was refused. What was done stays done when the log cannot be written; the operator is told. */
async function writeAudit({ route, c, context, caller, target, outcome }: AuditFacts) {
  try {
    await context.store.audit.add({
      userId: userIdOf(caller),
      actor: nameOf(caller),
      action: route.name,
      target: target === '' ? c.req.path.slice(0, 300) : target,
      address: clientAddress(c, context.settings),
      detail: { outcome, request: `${c.req.method} ${c.req.path}`.slice(0, 300), by: caller.kind },
    });
  } catch (error) {
    context.onFault(error);
  }
}
