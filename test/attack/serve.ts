import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface TestServer {
  /** `http://127.0.0.1:12345` */
  readonly url: string;
  /** Paths that were asked for, with their query. */
  readonly asked: string[];
  close(): Promise<void>;
}

/** Serves on a free port of this machine until it is closed, also while answers are under way. */
export async function serve(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<TestServer> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A file's bytes, or what answers in its place. */
export type FileAnswer =
  | string
  | Uint8Array
  | ((request: IncomingMessage, response: ServerResponse) => void);

/** Serves files by path and query, without the first slash; anything else is 404. */
export async function serveFiles(files: Readonly<Record<string, FileAnswer>>): Promise<TestServer> {
  return await serve((request, response) => {
    const file = files[(request.url ?? '').slice(1)];
    if (file === undefined) response.writeHead(404).end('<html>');
    else if (typeof file === 'function') file(request, response);
    else response.end(file);
  });
}
