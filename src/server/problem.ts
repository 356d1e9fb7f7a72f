import { AppError, type ErrorCode } from '../model/index.js';
import { Refusal } from './refusal.js';
import type { Problem } from './schemas/common.js';

const STATUSES: Readonly<Record<string, number>> = {
  USAGE: 400,
  NOT_FOUND: 404,
  CONFLICT: 409,
  SOURCE_UNREADABLE: 422,
  DOWNLOAD_FAILED: 502,
  STORE_UNAVAILABLE: 503,
} satisfies Partial<Record<ErrorCode, number>>;

const TITLES: Readonly<Record<number, string>> = {
  400: 'The request is wrong',
  401: 'Sign in first',
  403: 'Not allowed',
  404: 'Not found',
  409: 'Changed meanwhile',
  413: 'Too large',
  421: 'Not this host',
  422: 'Cannot be read',
  429: 'Too many requests',
  502: 'The other server did not answer well',
  503: 'Not now',
};

/**
 * What a client is told of an error: of a fault of ours its code only, never a stack or a path.
 *
 * Source: RFC 9457.
 */
export function toProblem(error: unknown): Problem {
  if (error instanceof Refusal) {
    const { code, status, message, errors } = error;
    return { ...problemOf(status, code, message), ...(errors === undefined ? {} : { errors }) };
  }
  if (error instanceof AppError) {
    const status = STATUSES[error.code];
    if (status !== undefined) return problemOf(status, error.code, error.message);
  }
  return problemOf(500, 'INTERNAL', 'a fault in Portolan itself; the server’s log says more');
}

function problemOf(status: number, code: string, detail: string): Problem {
  const type = `urn:portolan:problem:${code.toLowerCase().replaceAll('_', '-')}`;
  return { type, title: TITLES[status] ?? 'Internal error', status, detail, code };
}

/** The problem as an answer. */
export function problemResponse(error: unknown): Response {
  const problem = toProblem(error);
  const headers = new Headers({
    'Content-Type': 'application/problem+json',
    'Cache-Control': 'no-store',
  });
  const retry = error instanceof Refusal ? error.retrySeconds : undefined;
  if (retry !== undefined) headers.set('Retry-After', String(retry));
  if (problem.status === 401) headers.set('WWW-Authenticate', 'Bearer realm="portolan"');
  return new Response(JSON.stringify(problem), { status: problem.status, headers });
}
