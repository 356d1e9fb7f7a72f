// Writes docs/reference/openapi.json from the routes of the server; `npm run docs:openapi`. A test compares it.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { initWorkspace } from '../src/app/init-workspace.js';
import { openWorkspace } from '../src/app/open-workspace.js';
import { createServer } from '../src/server/index.js';

const folder = mkdtempSync(join(tmpdir(), 'portolan-openapi-'));
await initWorkspace({ folder });
const workspace = await openWorkspace({ folder, environment: {} });
const server = createServer(workspace, { host: '127.0.0.1' });
const answer = await server.app.request('http://localhost/api/openapi.json', {
  headers: { Host: 'localhost' },
});
const document: unknown = await answer.json();
writeFileSync('docs/reference/openapi.json', `${JSON.stringify(document, null, 2)}\n`);
await server.stop();
await workspace.close();
rmSync(folder, { recursive: true, force: true });
