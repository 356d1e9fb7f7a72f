import type { Workspace } from '../app/open-workspace.js';
import type { KnowledgeShelf } from '../app/serve-knowledge.js';
import type { RuleShelf } from '../app/serve-rules.js';
import type { AttackSearch } from '../attack/index.js';
import type { Store } from '../store/index.js';
import type { AnswerCache } from './answers/answer-cache.js';
import type { OidcClient } from './auth/oidc.js';
import type { PasswordHasher } from './auth/password.js';
import type { ImportQueue } from './jobs/import-queue.js';
import type { LiveFeed } from './jobs/live-feed.js';
import type { RateLimiter } from './rate-limiter.js';
import type { ServerSettings } from './server-settings.js';

/** All that routes work with. */
export interface ServerContext {
  readonly workspace: Workspace;
  readonly store: Store;
  readonly settings: ServerSettings;
  readonly limiter: RateLimiter;
  readonly passwords: PasswordHasher;
  /** Undefined: people sign in by password only. */
  readonly oidc: OidcClient | undefined;
  readonly queue: ImportQueue;
  /** Where uploads wait for their job. */
  readonly uploadFolder: string;
  readonly live: LiveFeed;
  /** Against cross-site requests of callers without a session. */
  readonly csrfOfProcess: string;
  /** Makes the first admin, once. */
  readonly setupToken: string;
  readonly shelf: KnowledgeShelf;
  readonly rules: RuleShelf;
  readonly answers: AnswerCache;
  readonly searches: Map<string, AttackSearch>;
  readonly now: () => Date;
  readonly onFault: (error: unknown) => void;
}
