import type { ApiReads, ApiWrites, Problem, Session } from '../../../src/server/api-types.js';

/** What the server refused, or why it could not be asked. */
class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  /** undefined when the server did not answer. */
  readonly problem: Problem | undefined;

  constructor(message: string, problem: Problem | undefined) {
    super(message);
    this.name = 'ApiError';
    this.status = problem?.status ?? 0;
    this.code = problem?.code ?? 'UNREACHABLE';
    this.problem = problem;
  }
}

/** Values of a query; lists are joined by commas, undefined is left out. */
export type ApiQuery = Readonly<
  Record<string, string | number | boolean | readonly string[] | undefined>
>;

type NamesIn<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | NamesIn<Rest>
  : never;

/** Values for the `{…}` of a path. */
export type ApiNames<Path extends string> = Readonly<Record<NamesIn<Path>, string>>;

function toAddress(path: string, names: Readonly<Record<string, string>>, query: ApiQuery): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(names[name] ?? ''),
  );
  const words = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    words.set(name, Array.isArray(value) ? value.join(',') : String(value));
  }
  return words.size === 0 ? filled : `${filled}?${words.toString()}`;
}

async function refusalOf(response: Response): Promise<ApiError> {
  try {
    const problem = (await response.json()) as Problem;
    return new ApiError(problem.detail || problem.title, problem);
  } catch {
    const { status, statusText: title } = response;
    const detail = `the server answered ${status} ${title}`;
    return new ApiError(detail, { type: 'about:blank', title, status, detail, code: 'UNKNOWN' });
  }
}

/** Asks the server; any answer that is not 2xx is an `ApiError`. */
export async function askServer(address: string, init: RequestInit = {}): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(address, { credentials: 'same-origin', ...init });
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new ApiError('the server does not answer; is `portolan serve` still running?', undefined);
  }
  if (!response.ok) throw await refusalOf(response);
  return response;
}

/** What is asked for besides the path. */
export interface ReadOptions<Path extends string> {
  readonly names?: ApiNames<Path>;
  readonly query?: ApiQuery;
  readonly signal?: AbortSignal;
}

/** Reads a resource. @throws ApiError */
export async function readApi<Path extends keyof ApiReads>(
  path: Path,
  options: ReadOptions<Path> = {},
): Promise<ApiReads[Path]> {
  const { names = {}, query = {}, signal } = options;
  const init = signal === undefined ? {} : { signal };
  const response = await askServer(toAddress(path, names, query), init);
  return (await response.json()) as ApiReads[Path];
}

let token: Promise<string> | undefined;

/** Forgets the token of the session: after signing in or out. */
export function forgetToken(): void {
  token = undefined;
}

async function freshToken(): Promise<string> {
  const { csrfToken }: Session = await readApi('/api/session');
  return csrfToken;
}

/** What is sent. `json` or `body`, not both. */
export interface WriteOptions<Path extends string> extends ReadOptions<Path> {
  readonly json?: unknown;
  readonly body?: BodyInit;
}

/** Sends a write as it is, for answers that are no JSON. @throws ApiError */
async function sendWrite<Name extends keyof ApiWrites>(
  name: Name,
  options: WriteOptions<Name> = {},
): Promise<Response> {
  const [method = 'POST', path = ''] = name.split(' ');
  const { names = {}, query = {}, signal, json, body } = options;
  token ??= freshToken();
  const headers: Record<string, string> = { 'X-CSRF-Token': await token };
  if (json !== undefined) headers['Content-Type'] = 'application/json';
  const content = json === undefined ? body : JSON.stringify(json);
  const init: RequestInit = { method, headers };
  if (content !== undefined) init.body = content;
  if (signal !== undefined) init.signal = signal;
  try {
    return await askServer(toAddress(path, names, query), init);
  } catch (error) {
    if (error instanceof ApiError && error.status === 403) forgetToken();
    throw error;
  }
}

/** Writes and reads the answer. @throws ApiError */
export async function writeApi<Name extends keyof ApiWrites>(
  name: Name,
  options: WriteOptions<Name> = {},
): Promise<ApiWrites[Name]> {
  const response = await sendWrite(name, options);
  return (await response.json()) as ApiWrites[Name];
}
