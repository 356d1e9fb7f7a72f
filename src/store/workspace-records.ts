import type { Domain, TechniqueId } from '../model/index.js';

export interface RuleInput {
  /** UUID of the rule; its name or title when it has none. */
  readonly key: string;
  readonly title: string;
  readonly level: string;
  readonly status: string | undefined;
  /** File that it stands in. */
  readonly source: string;
  /** YAML as written, at most 1 MiB. */
  readonly text: string;
  readonly techniqueIds: readonly TechniqueId[];
}

export interface RuleRecord extends RuleInput {
  readonly ruleId: number;
  /** The reference that its matches point at; undefined when it never fired. */
  readonly referenceId: number | undefined;
  readonly importId: number | undefined;
  readonly isEnabled: boolean;
  readonly updatedMs: number;
}

export interface LayerInput {
  readonly name: string;
  readonly domain: Domain;
  readonly attackVersion: string;
  /** Navigator JSON, at most 32 MiB. */
  readonly document: string;
  readonly userId?: number | undefined;
  readonly importId?: number | undefined;
}

/** A layer without its document. */
export interface LayerSummary {
  readonly layerId: number;
  readonly name: string;
  readonly domain: Domain;
  readonly attackVersion: string;
  readonly userId: number | undefined;
  readonly importId: number | undefined;
  /** 1 at first; one more with each change. */
  readonly revision: number;
  readonly sizeBytes: number;
  readonly createdMs: number;
  readonly updatedMs: number;
}

export interface LayerRecord extends LayerSummary {
  readonly document: string;
}

export type Role = 'viewer' | 'analyst' | 'admin';

export interface UserInput {
  /** Unique whatever the case, 1..200 characters. */
  readonly name: string;
  readonly displayName: string;
  readonly role: Role;
  /** As `hashPassword` of the server wrote it; undefined for a person who signs in elsewhere (OIDC). */
  readonly passwordHash: string | undefined;
  /** `issuer subject` of OpenID Connect; unique. */
  readonly externalId?: string | undefined;
}

export interface UserRecord {
  readonly userId: number;
  readonly name: string;
  readonly displayName: string;
  readonly role: Role;
  readonly passwordHash: string | undefined;
  readonly externalId: string | undefined;
  readonly isDisabled: boolean;
  readonly createdMs: number;
  readonly lastSignInMs: number | undefined;
}

export type UserChange = Partial<
  Pick<UserRecord, 'displayName' | 'role' | 'passwordHash' | 'isDisabled' | 'lastSignInMs'>
>;

/** The store keeps hashes of secrets only: whoever reads it can sign in with nothing. */
export interface SessionRecord {
  /** SHA-256 of the cookie's secret, hex. */
  readonly sessionHash: string;
  readonly userId: number;
  /** SHA-256 of the token against cross-site requests, hex. */
  readonly csrfHash: string;
  readonly createdMs: number;
  readonly expiresMs: number;
  readonly lastUsedMs: number;
  readonly userAgent: string;
}

export interface TokenInput {
  readonly userId: number;
  readonly name: string;
  /** SHA-256 of the token, hex. */
  readonly tokenHash: string;
  /** First characters, to tell tokens apart in a list. */
  readonly prefix: string;
  readonly scopes: readonly string[];
  readonly expiresMs: number;
}

export interface TokenRecord extends TokenInput {
  readonly tokenId: number;
  readonly createdMs: number;
  readonly lastUsedMs: number | undefined;
  readonly revokedMs: number | undefined;
}

export interface AuditInput {
  readonly userId: number | undefined;
  /** Name as it was then; `cli` for the command line. */
  readonly actor: string;
  /** `mapping.review`, `user.create`, `sign-in.refused`. */
  readonly action: string;
  /** What it was done to: `layer 12`. */
  readonly target: string;
  readonly address?: string | undefined;
  readonly detail?: Readonly<Record<string, unknown>> | undefined;
}

export interface AuditRecord {
  readonly auditId: number;
  readonly timeMs: number;
  readonly userId: number | undefined;
  readonly actor: string;
  readonly action: string;
  readonly target: string;
  readonly address: string | undefined;
  readonly detail: Readonly<Record<string, unknown>>;
}

export type JobStatus = 'queued' | 'running' | 'finished' | 'failed' | 'cancelled';

/** Work that goes on after the request that asked for it. */
export interface JobRecord {
  readonly jobId: number;
  /** `import-logs`, `export`. */
  readonly kind: string;
  readonly status: JobStatus;
  readonly userId: number | undefined;
  readonly importId: number | undefined;
  /** 0..1; undefined when not known. */
  readonly progress: number | undefined;
  /** What it works on now, for people. */
  readonly message: string;
  /** What it was asked for. */
  readonly input: Readonly<Record<string, unknown>>;
  readonly outcome: Readonly<Record<string, unknown>>;
  readonly createdMs: number;
  readonly startedMs: number | undefined;
  readonly finishedMs: number | undefined;
  /** Last sign of life of whoever runs it. */
  readonly beatMs: number | undefined;
}

export type JobInput = Pick<JobRecord, 'kind' | 'userId' | 'input'>;
export type JobChange = Partial<
  Pick<
    JobRecord,
    | 'status'
    | 'importId'
    | 'progress'
    | 'message'
    | 'outcome'
    | 'startedMs'
    | 'finishedMs'
    | 'beatMs'
  >
>;
