import type { Context } from 'hono';
import { isIssue, parseJson } from '../../model/index.js';
import { Refusal } from '../refusal.js';

/**
 * The body of a request, whole.
 *
 * @throws Refusal `BODY_TOO_LARGE` as soon as it is larger.
 */
export async function readBytes(c: Context, maxBytes: number): Promise<Uint8Array> {
  const declared = Number(c.req.header('Content-Length') ?? 0);
  if (declared > maxBytes) throw tooLarge(maxBytes);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of c.req.raw.body ?? []) {
    size += chunk.byteLength;
    if (size > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tooLarge(maxBytes: number): Refusal {
  return new Refusal('BODY_TOO_LARGE', `expected a body of at most ${maxBytes} bytes`);
}

/**
 * A JSON body.
 *
 * @throws Refusal `BODY_INVALID` also for another media type: forms of other sites cannot send this one.
 */
export async function readJsonBody(c: Context, maxBytes: number): Promise<unknown> {
  const type = c.req.header('Content-Type') ?? '';
  if (!/^application\/json\s*(;|$)/i.test(type))
    throw new Refusal('BODY_INVALID', 'expected a body of application/json');
  const bytes = await readBytes(c, maxBytes);
  const parsed = parseJson(new TextDecoder().decode(bytes), { source: 'body' });
  if (isIssue(parsed)) throw new Refusal('BODY_INVALID', parsed.message);
  return parsed.value;
}
