import { AppError, isRecord } from '../model/index.js';
import type { ChatMessage } from './second-reader-prompt.js';

/** Where a second reader is, and how it is asked. */
export interface SecondReaderEndpoint {
  /** Of an API as OpenAI's: `http://127.0.0.1:11434/v1`, with or without `/chat/completions`. */
  readonly url: string;
  readonly model: string;
  /** Sent as bearer; undefined sends none. */
  readonly key: string | undefined;
  /** For one request. */
  readonly timeoutMs: number;
}

/** What came back, not yet trusted. */
export interface ChatAnswer {
  readonly content: string;
  /** As the endpoint counts; undefined when it does not say. */
  readonly promptTokens: number | undefined;
  readonly completionTokens: number | undefined;
}

export type Fetch = typeof fetch;

/** Most tokens that an answer may have. */
export const MAX_ANSWER_TOKENS = 2_000;
// An answer of 2,000 tokens has about 8,000 characters, and the envelope as many.
const MAX_BODY_BYTES = 1024 * 1024;

/**
 * The address to ask.
 *
 * @throws AppError `USAGE` when it is none of http or https.
 */
export function chatUrl(given: string): URL {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:'))
    throw new AppError(
      'USAGE',
      `expected an address with http or https, found ${given.slice(0, 80)}`,
    );
  if (url.username !== '' || url.password !== '')
    throw new AppError('USAGE', 'expected the key in PORTOLAN_LLM_KEY, found one in the address');
  const path = url.pathname.replace(/\/+$/, '');
  url.pathname = path.endsWith('/chat/completions') ? path : `${path}/chat/completions`;
  return url;
}

/**
 * Asks once. Follows no redirect, reads at most 1 MiB, waits no longer than the timeout.
 *
 * @returns the answer, or in words why there is none; never what the endpoint said, which may be hostile.
 * @throws only the reason of `signal`.
 */
export async function askSecondReader(
  messages: readonly ChatMessage[],
  { url, model, key, timeoutMs }: SecondReaderEndpoint,
  { fetch, signal }: { readonly fetch: Fetch; readonly signal: AbortSignal | undefined },
): Promise<ChatAnswer | string> {
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(chatUrl(url), {
      method: 'POST',
      // Where a redirect leads the user did not say; it might be a machine inside.
      redirect: 'manual',
      signal: signal === undefined ? timeout : AbortSignal.any([timeout, signal]),
      headers: {
        'content-type': 'application/json',
        ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      },
      body: JSON.stringify({
        model,
        messages,
        temperature: 0,
        max_tokens: MAX_ANSWER_TOKENS,
        response_format: { type: 'json_object' },
      }),
    });
    if (response.status !== 200) {
      await response.body?.cancel();
      const isRedirect = response.status >= 300 && response.status < 400;
      return `expected status 200, found ${response.status}${isRedirect ? ', a redirect, which is not followed' : ''}`;
    }
    const text = await readBounded(response);
    return text === undefined
      ? `expected at most ${MAX_BODY_BYTES} bytes, found more`
      : toChatAnswer(text);
  } catch (error) {
    signal?.throwIfAborted();
    if (timeout.aborted) return `expected an answer within ${timeoutMs / 1_000} s, found none`;
    if (error instanceof AppError) throw error;
    return `expected an endpoint that answers, found none (${reasonOf(error)})`;
  }
}

async function readBounded(response: Response): Promise<string | undefined> {
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  if (response.body === null) return '';
  for await (const chunk of response.body) {
    size += chunk.length;
    // Leaving the loop ends the transfer.
    if (size > MAX_BODY_BYTES) return undefined;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function toChatAnswer(text: string): ChatAnswer | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'expected JSON, found something else';
  }
  const choices = isRecord(value) ? value['choices'] : undefined;
  const first: unknown = Array.isArray(choices) ? choices[0] : undefined;
  const message = isRecord(first) ? first['message'] : undefined;
  const content = isRecord(message) ? message['content'] : undefined;
  if (typeof content !== 'string') return 'expected a message with a text, found none';
  const usage = isRecord(value) && isRecord(value['usage']) ? value['usage'] : {};
  return {
    content,
    promptTokens: countOf(usage['prompt_tokens']),
    completionTokens: countOf(usage['completion_tokens']),
  };
}

function countOf(value: unknown): number | undefined {
  return Number.isSafeInteger(value) && Number(value) >= 0 ? Number(value) : undefined;
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = isRecord(cause) || cause instanceof Error ? Reflect.get(cause, 'code') : undefined;
  return typeof code === 'string' && /^[A-Z_]{2,40}$/.test(code) ? code : 'no connection';
}
