import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { AppError } from '../model/index.js';
import type { PortolanServer } from './create-server.js';

/** A server that listens. */
export interface Listening {
  readonly port: number;
  readonly http: Server;
  /** Takes no more requests, finishes those at hand and the batch of a job, closes. The store stays open. */
  close(): Promise<void>;
}

// Requests that take longer at the end are cut off.
const GRACE_MS = 10_000;
// Slow senders hold a connection for so long. Uploads may take longer as a whole.
const HEADERS_MS = 20_000;
const REQUEST_MS = 3_600_000;

/**
 * Listens at an address.
 *
 * @param port 0 takes any that is free.
 * @throws AppError `USAGE` when the port is taken or may not be used.
 */
export async function listen(
  server: PortolanServer,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<Listening> {
  const http = createAdaptorServer({ fetch: server.app.fetch, hostname: host }) as Server;
  http.headersTimeout = HEADERS_MS;
  http.requestTimeout = REQUEST_MS;
  http.keepAliveTimeout = 5_000;
  await new Promise<void>((resolve, reject) => {
    http.once('error', (cause: NodeJS.ErrnoException) => reject(portError(cause, host, port)));
    http.listen({ host, port, backlog: 2_048 }, resolve);
  });
  server.start();
  const address = http.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    http,
    async close() {
      const closed = new Promise<void>((resolve) => {
        http.close(() => resolve());
      });
      http.closeIdleConnections();
      await server.stop();
      // Connections that were kept alive end once their request is answered.
      const idle = setInterval(() => http.closeIdleConnections(), 50);
      const cut = setTimeout(() => http.closeAllConnections(), GRACE_MS);
      await closed;
      clearInterval(idle);
      clearTimeout(cut);
    },
  };
}

function portError(cause: NodeJS.ErrnoException, host: string, port: number): AppError {
  const place = `${host} port ${port}`;
  if (cause.code === 'EADDRINUSE')
    return new AppError('USAGE', `${place} is taken; choose another with --port`, { cause });
  if (cause.code === 'EACCES')
    return new AppError('USAGE', `${place} may not be used by you; choose a port above 1023`, {
      cause,
    });
  return new AppError('USAGE', `cannot listen at ${place}: ${cause.code ?? cause.message}`, {
    cause,
  });
}
