/** Codes of refusals that only a server has; the others are those of AppError. */
export type RefusalCode =
  | 'BODY_INVALID'
  | 'BODY_TOO_LARGE'
  | 'CSRF'
  | 'FORBIDDEN'
  | 'HOST_UNKNOWN'
  | 'ORIGIN_FOREIGN'
  | 'QUERY_INVALID'
  | 'ROUTE_UNKNOWN'
  | 'TOO_MANY_REQUESTS'
  | 'UNAUTHENTICATED'
  | 'STOPPING';

const STATUSES: Readonly<Record<RefusalCode, number>> = {
  BODY_INVALID: 400,
  BODY_TOO_LARGE: 413,
  CSRF: 403,
  FORBIDDEN: 403,
  HOST_UNKNOWN: 421,
  ORIGIN_FOREIGN: 403,
  QUERY_INVALID: 400,
  ROUTE_UNKNOWN: 404,
  TOO_MANY_REQUESTS: 429,
  UNAUTHENTICATED: 401,
  STOPPING: 503,
};

/** A request that is not served, and why. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: RefusalCode;
  /** HTTP status. */
  readonly status: number;
  readonly errors: readonly { readonly path: string; readonly message: string }[] | undefined;
  /** Seconds after which to try again. */
  readonly retrySeconds: number | undefined;

  constructor(
    code: RefusalCode,
    message: string,
    more: {
      readonly errors?: Refusal['errors'];
      readonly retrySeconds?: number | undefined;
    } = {},
  ) {
    super(message);
    this.code = code;
    this.status = STATUSES[code];
    this.errors = more.errors;
    this.retrySeconds = more.retrySeconds;
  }
}
