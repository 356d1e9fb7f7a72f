import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { serve, type TestServer } from '../../../test/attack/serve.js';
import { type DownloadOptions, download } from './download.js';

const BODY = 'x'.repeat(100_000);
let server: TestServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

async function fetchFrom(
  answer: Answer,
  options: Partial<DownloadOptions> = {},
  path = '/file.json',
) {
  server = await serve(answer);
  return await download(`${server.url}${path}`, { fetch, ...options });
}

/** The message of the error, with the address of the server left out. */
async function failureOf(answer: Answer, options: Partial<DownloadOptions> = {}): Promise<string> {
  try {
    await fetchFrom(answer, options);
  } catch (error) {
    expect(error).toMatchObject({ name: 'AppError', code: 'DOWNLOAD_FAILED' });
    const { message } = error as Error;
    expect(message).toContain('nothing changed');
    return message
      .replaceAll(server?.url ?? '', 'SERVER')
      .replaceAll(server?.url.slice(7) ?? '', 'SERVER');
  }
  throw new Error('expected the download to fail');
}

describe('download', () => {
  it('brings the body and says how far it is', async () => {
    const seen: (number | undefined)[][] = [];
    const onBytes = (received: number, total: number | undefined): void =>
      void seen.push([received, total]);
    const { bytes } = await fetchFrom(
      (_, response) => {
        response.setHeader('content-length', BODY.length);
        response.end(BODY);
      },
      { onBytes },
    );
    expect(bytes.toString()).toBe(BODY);
    expect(seen.at(-1)).toEqual([BODY.length, BODY.length]);
  });

  it('takes a body that the server packs, whose announced size is another', async () => {
    const packed = gzipSync(BODY);
    const { bytes } = await fetchFrom((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': packed.length });
      response.end(packed);
    });
    expect(bytes.toString()).toBe(BODY);
  });

  it('sends a login from the URL and shows it nowhere', async () => {
    let authorization: string | undefined;
    server = await serve((request, response) => {
      authorization = request.headers.authorization;
      response.writeHead(401).end();
    });
    const address = server.url.replace('http://', 'http://ann:s%40crét@');
    const error = await download(address, { fetch }).catch((caught: unknown) => caught);
    expect(Buffer.from(authorization?.slice(6) ?? '', 'base64').toString()).toBe('ann:s@crét');
    expect((error as Error).message).toContain('found HTTP 401 (it wants a login)');
    expect((error as Error).message).not.toMatch(/ann|s%40cr/);
  });

  it.each([
    [404, {}, 'HTTP 404 (there is nothing at that address)'],
    [403, {}, 'HTTP 403 (it does not let us)'],
    [418, {}, 'HTTP 418 (it refused)'],
    [500, {}, 'HTTP 500 (the server has a fault)'],
    [429, { 'retry-after': '60' }, 'HTTP 429 (it has had too many requests, try again in 60 s)'],
    [429, { 'retry-after': 'soon\u001b[2J' }, 'HTTP 429 (it has had too many requests)'],
  ])('says what status %i means', async (status, headers, words) => {
    const answer: Answer = (_, response) => {
      for (const [name, text] of Object.entries(headers))
        response.setHeader(name, Buffer.from(text).toString('latin1').replace('\u001b', ''));
      response.writeHead(status).end('<html>');
    };
    expect(await failureOf(answer)).toBe(
      `expected an answer from SERVER/file.json, found ${words}; nothing changed`,
    );
  });

  it('says that a body was cut off', async () => {
    const message = await failureOf((_, response) => {
      response.setHeader('content-length', BODY.length);
      response.write(BODY.slice(0, 50_000), () => response.destroy());
    });
    expect(message).toBe(
      'expected all of SERVER/file.json, found the start of it (the connection was cut); nothing changed',
    );
  });

  it('compares what came with what was announced, whatever fetch does', async () => {
    const body = 'short';
    const answer = async (): Promise<Response> =>
      new Response(body, { headers: { 'content-length': '9' } });
    await expect(download('https://example.com/x', { fetch: answer })).rejects.toThrow(
      'expected 9 bytes from https://example.com/x, found 5; nothing changed',
    );
  });

  it.each([
    ['announced', true],
    ['not announced', false],
  ])('stops at the limit when the size is %s', async (_, isAnnounced) => {
    const message = await failureOf(
      (_request, response) => {
        if (isAnnounced) response.setHeader('content-length', BODY.length);
        response.end(BODY);
      },
      { maxBytes: 1000 },
    );
    expect(message).toBe(
      'expected at most 1000 bytes from SERVER/file.json, found more; nothing changed',
    );
  });

  it('stops at the limit when a small packed body unpacks to a large one', async () => {
    const message = await failureOf(
      (_, response) => {
        response.writeHead(200, { 'content-encoding': 'gzip' });
        response.end(gzipSync('0'.repeat(5_000_000)));
      },
      { maxBytes: 1_000_000 },
    );
    expect(message).toContain('expected at most 1000000 bytes');
  });

  it('gives up on a server that does not answer', async () => {
    expect(await failureOf(() => {}, { connectTimeoutMs: 50 })).toMatch(
      /^cannot reach SERVER \(no answer within 0\.05 s\); nothing changed; .* portolan attack import FILE$/,
    );
  });

  it('gives up on a server that stops in the middle', async () => {
    const message = await failureOf((_, response) => void response.write('{'), {
      idleTimeoutMs: 300,
    });
    expect(message).toBe(
      'expected more of SERVER/file.json after 1 bytes, found nothing for 0.3 s; nothing changed',
    );
  });

  it('says how to do without a server that cannot be reached', async () => {
    const gone = await serve(() => {});
    await gone.close();
    await expect(download(gone.url, { fetch })).rejects.toThrow(
      `cannot reach ${gone.url.slice(7)} (connection refused); nothing changed; take the bundle from another machine and run: portolan attack import FILE`,
    );
  });

  it.each([
    ['ENOTFOUND', 'its name is not known here'],
    ['CERT_HAS_EXPIRED', 'its certificate has expired'],
    ['EWHATEVER', 'EWHATEVER'],
  ])('explains the error %s of the network', async (code, words) => {
    const broken = async (): Promise<Response> => {
      throw new TypeError('fetch failed', { cause: Object.assign(new Error('inner'), { code }) });
    };
    await expect(download('https://example.com/', { fetch: broken })).rejects.toThrow(
      `cannot reach example.com (${words}); nothing changed;`,
    );
  });

  it('ends when it is told to', async () => {
    const stop = new AbortController();
    const message = await failureOf(
      (_, response) => {
        response.write('{', () => stop.abort());
      },
      { signal: stop.signal },
    );
    expect(message).toBe('the download was stopped; nothing changed');
  });

  it('does not begin when it was told to stop before', async () => {
    const options = { fetch, signal: AbortSignal.abort() };
    await expect(download('http://192.0.2.1/', options)).rejects.toThrow(
      'the download was stopped',
    );
  });
});

describe('redirects', () => {
  const redirect =
    (location: string): Answer =>
    (request, response) => {
      if (request.url === '/end') response.end('there');
      else response.writeHead(302, { location }).end();
    };

  it('are followed on the same host', async () => {
    const { bytes, url } = await fetchFrom(redirect('/end'));
    expect([bytes.toString(), url.pathname]).toEqual(['there', '/end']);
  });

  it.each([
    'file:///etc/passwd',
    'http://192.0.2.1/',
    'http://localhost/end',
    'ftp://example.com/',
    'http://',
    'data:,x',
  ])('to %s are refused', async (location) => {
    expect(await failureOf(redirect(location))).toBe(
      `expected SERVER/file.json to lead on by https, found a redirect to "${location}"; nothing changed`,
    );
  });

  it('without a location end in an error', async () => {
    expect(await failureOf((_, response) => void response.writeHead(302).end(BODY))).toContain(
      'redirects',
    );
  });

  it('in a circle end', async () => {
    expect(await failureOf(redirect('/again'))).toContain('found more than 5 redirects');
    expect(server?.asked).toHaveLength(6);
  });

  it('never go from https to http, and take no login to another host', async () => {
    const asked: (string | undefined)[] = [];
    const answers = [
      new Response(null, { status: 301, headers: { location: 'https://two.example.com/' } }),
      new Response(null, { status: 301, headers: { location: 'http://two.example.com/' } }),
    ];
    const answer = async (_: unknown, init?: RequestInit): Promise<Response> => {
      asked.push(new Headers(init?.headers).get('authorization') ?? undefined);
      return answers.shift() ?? Response.error();
    };
    await expect(
      download('https://ann:pw@one.example.com/', { fetch: answer as typeof fetch }),
    ).rejects.toThrow(
      'expected https://two.example.com/ to lead on by https, found a redirect to "http://two.example.com/"',
    );
    expect(asked).toEqual(['Basic YW5uOnB3', undefined]);
  });
});

describe('an address', () => {
  it.each(['file:///etc/passwd', 'ftp://example.com', 'index.json', '', 'javascript:1', '\u0000'])(
    '%j is refused as wrong usage',
    async (address) => {
      await expect(download(address, { fetch })).rejects.toMatchObject({ code: 'USAGE' });
    },
  );
});
