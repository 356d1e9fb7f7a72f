import type { AttackSearch } from '../attack/index.js';
import type { Store } from '../store/index.js';
import type { OidcClient } from './auth/oidc.js';
import type { PasswordHasher } from './auth/password.js';
import type { ImportQueue } from './jobs/import-queue.js';
import type { LiveFeed } from './jobs/live-feed.js';
import type { RateLimiter } from './rate-limiter.js';
import type { ServedWorkspace } from './served-workspace.js';
import type { ServerSettings } from './server-settings.js';

/** All that routes work with. */
export interface ServerContext {
  readonly workspace: ServedWorkspace;
  readonly store: Store;
  readonly settings: ServerSettings;
  readonly limiter: RateLimiter;
  readonly passwords: PasswordHasher;
  /** Undefined: people sign in by password only. */
  readonly oidc: OidcClient | undefined;
  readonly queue: ImportQueue;
  readonly live: LiveFeed;
  /** Against cross-site requests of callers without a session. */
  readonly csrfOfProcess: string;
  /** Makes the first admin, once. */
  readonly setupToken: string;
  readonly searches: Map<string, AttackSearch>;
  readonly now: () => Date;
  readonly fetch: typeof globalThis.fetch;
  readonly onFault: (error: unknown) => void;
}
