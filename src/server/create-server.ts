import { join } from 'node:path';
import { Hono } from 'hono';
import type { Workspace } from '../app/open-workspace.js';
import { createKnowledgeShelf } from '../app/serve-knowledge.js';
import { createRuleShelf } from '../app/serve-rules.js';
import { createAnswerCache } from './answers/answer-cache.js';
import type { ApiRoute } from './api-route.js';
import { createOidcClient } from './auth/oidc.js';
import { createPasswordHasher, type PasswordHasher } from './auth/password.js';
import { randomSecret } from './auth/secrets.js';
import { isSecure } from './auth/session-cookie.js';
import { checkHost } from './guards/host-guard.js';
import { checkOrigin } from './guards/origin-guard.js';
import { securityHeaders } from './guards/security-headers.js';
import { createImportRunner } from './jobs/create-import-runner.js';
import { createImportQueue, type ImportQueue } from './jobs/import-queue.js';
import { jobKindOf } from './jobs/job-kind.js';
import { createLiveFeed } from './jobs/live-feed.js';
import { problemResponse } from './problem.js';
import { createRateLimiter } from './rate-limiter.js';
import { Refusal } from './refusal.js';
import { apiRoutes } from './resources/api-routes.js';
import { serveRoute } from './serve-route.js';
import type { ServerContext } from './server-context.js';
import type { ServerSettings } from './server-settings.js';
import { serveStatic } from './static-files.js';
import { removeOrphans } from './uploads/remove-orphans.js';

// Of answers that hold for everyone, uncompressed.
const CACHE_BYTES = 64 * 1024 * 1024;
const CACHE_MS = 60_000;

/** A server that does not listen yet. */
export interface PortolanServer {
  /** Answers requests; `app.request()` asks it without a port. */
  readonly app: Hono;
  readonly routes: readonly ApiRoute[];
  readonly queue: ImportQueue;
  /** Makes the first admin in a browser; of use while there is no user. */
  readonly setupToken: string;
  /** Hashes passwords as sign-in checks them. */
  readonly passwords: PasswordHasher;
  /** Begins with jobs, also those that an earlier server left. */
  start(): void;
  /** Ends streams and jobs after the batch at hand. The store stays open. */
  stop(): Promise<void>;
}

/** Builds the server of a workspace. */
export function createServer(
  workspace: Workspace,
  settings: ServerSettings,
  parts: { readonly passwords?: PasswordHasher | undefined } = {},
): PortolanServer {
  const context = createContext(workspace, settings, parts);
  const routes = apiRoutes(context);
  const app = new Hono();
  app.use(async (c, next) => {
    try {
      checkHost(c.req.header('Host'), settings);
      if (c.req.path.startsWith('/api')) checkOrigin(c, settings);
      await next();
    } catch (error) {
      if (!(error instanceof Refusal)) context.onFault(error);
      c.res = problemResponse(error);
    }
    const headers = securityHeaders(settings, isSecure(c, settings));
    for (const [name, value] of Object.entries(headers))
      if (!c.res.headers.has(name)) c.res.headers.set(name, value);
  });
  for (const route of routes)
    app.on(route.method.toUpperCase(), route.path.replace(/\{(\w+)\}/g, ':$1'), (c) =>
      serveRoute(route, c, { context, cache: context.answers }),
    );
  const unknown = (): Response =>
    problemResponse(new Refusal('ROUTE_UNKNOWN', 'there is nothing at this address'));
  app.all('/api/*', unknown);
  app.get('*', async (c) => {
    const { webFolder } = settings;
    const answer =
      webFolder === undefined ? undefined : await serveStatic(c, webFolder, context.answers);
    return answer ?? unknown();
  });
  app.notFound(unknown);
  app.onError((error) => {
    context.onFault(error);
    return problemResponse(error);
  });
  return {
    app,
    routes,
    queue: context.queue,
    setupToken: context.setupToken,
    passwords: context.passwords,
    start() {
      const nowMs = context.now().getTime();
      removeOrphans(context.uploadFolder, context.store, nowMs).catch(context.onFault);
      context.queue.start();
    },
    async stop() {
      context.live.stop();
      await context.queue.stop();
    },
  };
}

function createContext(
  workspace: Workspace,
  settings: ServerSettings,
  { passwords = createPasswordHasher() }: { readonly passwords?: PasswordHasher | undefined },
): ServerContext {
  const { store } = workspace;
  const { now = () => new Date(), onFault = () => undefined } = settings;
  const live = createLiveFeed(store, onFault);
  const queue = createImportQueue({
    store,
    jobKind: jobKindOf(workspace.folder),
    run: createImportRunner(workspace, settings),
    nowMs: () => now().getTime(),
    onMoved: (moved) => live.tellImport(moved),
    onFault,
  });
  return {
    workspace,
    store,
    settings,
    limiter: createRateLimiter(settings.rates),
    passwords,
    oidc: settings.oidc === undefined ? undefined : createOidcClient(settings.oidc),
    queue,
    uploadFolder: join(workspace.folder, '.portolan', 'uploads'),
    live,
    csrfOfProcess: randomSecret(),
    setupToken: settings.setupToken ?? randomSecret(),
    shelf: createKnowledgeShelf(),
    rules: createRuleShelf(workspace),
    answers: createAnswerCache(CACHE_BYTES, CACHE_MS),
    searches: new Map(),
    now,
    onFault,
  };
}
