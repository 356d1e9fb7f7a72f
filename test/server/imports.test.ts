import { existsSync, mkdirSync, readdirSync, utimesSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { removeOrphans } from '../../src/server/uploads/remove-orphans.js';
import { problemCode, startServer, type TestClient, type TestServer } from './harness.js';

interface ImportAnswer {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly issueCount: number;
  readonly progress: Readonly<Record<string, number>>;
  readonly result?: Readonly<Record<string, number>>;
  readonly error?: { readonly code: string; readonly message: string };
}

let server: TestServer;
let analyst: TestClient;
beforeAll(async () => {
  server = await startServer();
  analyst = await server.signIn('analyst');
});
afterAll(() => server.close());

/** A form as browsers send it. */
function formOf(files: Readonly<Record<string, string | Uint8Array>>) {
  const boundary = '----test-boundary';
  const parts = Object.entries(files).flatMap(([name, content]) => [
    Buffer.from(
      `--${boundary}\r\nContent-Disposition: form-data; name="files"; filename="${name}"\r\nContent-Type: application/octet-stream\r\n\r\n`,
    ),
    Buffer.from(content as Uint8Array),
    Buffer.from('\r\n'),
  ]);
  const body = new Uint8Array(Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]));
  return { body, headers: { 'Content-Type': `multipart/form-data; boundary=${boundary}` } };
}

async function bringIn(
  files: Readonly<Record<string, string | Uint8Array>>,
  query = '',
): Promise<ImportAnswer> {
  const answer = await analyst.request(`/api/imports${query}`, {
    method: 'POST',
    ...formOf(files),
  });
  expect(answer.status).toBe(202);
  const { id } = (await answer.json()) as ImportAnswer;
  await server.server.queue.idle();
  return (await (await analyst.request(`/api/imports/${id}`)).json()) as ImportAnswer;
}

const uploads = (): string => join(server.workspace.folder, '.portolan', 'uploads');
const LOG = 'examples/investigation/workstations-windows.ndjson';

describe('an upload of logs', () => {
  it('colours the matrix, with the event behind every cell and the name that its owner gave the file', async () => {
    const done = await bringIn({ 'case 7/host.ndjson': await readFile(LOG) });
    expect(done).toMatchObject({ state: 'done', name: 'case 7/host.ndjson' });
    expect(done.progress).toMatchObject({ files: 1, filesDone: 1 });
    expect(done.result?.['events']).toBeGreaterThan(50);
    const matrix = (await (await analyst.request('/api/matrix')).json()) as {
      cells: { techniqueId: string; why: string; score: number; maxConfidence: number }[];
    };
    expect(matrix.cells.length).toBe(done.result?.['techniques']);
    for (const cell of matrix.cells) {
      expect(cell.score).toBe(Math.round(cell.maxConfidence * 100));
      const path = `/api/evidence?technique=${cell.techniqueId}`;
      const { items } = (await (await analyst.request(path)).json()) as {
        items: { event?: { file: string; fields: { matched: boolean }[] }; rule: unknown }[];
      };
      expect(items.length).toBeGreaterThan(0);
      for (const { event } of items) {
        expect(event?.file).toBe('case 7/host.ndjson');
        expect(event?.fields.some(({ matched }) => matched)).toBe(true);
      }
    }
  });

  it('doubles nothing when the same file comes again', async () => {
    const before = await server.workspace.store.mappings.totals();
    const again = await bringIn({ 'other name.ndjson': await readFile(LOG) });
    expect(again).toMatchObject({ state: 'done', result: { evidence: 0, mappings: 0 } });
    expect((await server.workspace.store.mappings.totals()).evidence).toBe(before.evidence);
  });

  it('leaves no file behind', () => {
    expect(existsSync(uploads()) ? readdirSync(uploads()) : []).toEqual([]);
  });
});

describe('an upload of many kinds', () => {
  it('reads each file as what it is', async () => {
    const done = await bringIn({
      'whoami.yml':
        'title: Whoami\nid: 11111111-1111-4111-8111-111111111111\nlogsource: {category: process_creation, product: windows}\ndetection:\n  selection: {Image|endswith: \\whoami.exe}\n  condition: selection\nlevel: low\ntags: [attack.t1033]\n',
      'layer.json': JSON.stringify({
        name: 'from upload',
        domain: 'enterprise-attack',
        versions: { attack: '19', navigator: '5.1.0', layer: '4.5' },
        techniques: [{ techniqueID: 'T1059.001', score: 1 }],
      }),
      'report.md':
        '# Intrusion\n\nThe actor used PowerShell (T1059.001) to run code. They dumped LSASS memory with procdump.\n',
    });
    expect(done).toMatchObject({ state: 'done', result: { rules: 1, layers: 1, reports: 1 } });
    const layers = (await (await analyst.request('/api/layers')).json()) as {
      items: { name: string }[];
    };
    expect(layers.items.map(({ name }) => name)).toContain('from upload');
    const rule = await analyst.request('/api/rules/11111111-1111-4111-8111-111111111111');
    expect(await rule.json()).toMatchObject({ title: 'Whoami', pack: 'imported' });
    const reports = (await (await analyst.request('/api/reports')).json()) as {
      items: { id: string; title: string }[];
    };
    expect(reports.items.map(({ title }) => title)).toContain('Intrusion');
    const report = await analyst.request(`/api/reports/${reports.items[0]?.id}`);
    const { mentions } = (await report.json()) as { mentions: { techniqueId: string }[] };
    expect(mentions.map(({ techniqueId }) => techniqueId)).toContain('T1059.001');
  });
});

describe('a bad upload', () => {
  it('ends as failed with a reason that names the file as its owner does', async () => {
    const done = await bringIn({ 'holiday.jpg': new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 1, 2]) });
    const issues = (await (await analyst.request(`/api/imports/${done.id}/issues`)).json()) as {
      items: { message: string; at?: { source?: string } }[];
    };
    const said = JSON.stringify([done, issues]);
    expect(said).toContain('holiday.jpg');
    expect(said).not.toContain(server.workspace.folder);
  });

  it('of a zip bomb is an issue, and the job ends clean', async () => {
    const zeros = new Uint8Array(64 * 1024 * 1024);
    const inner = zipSync({ 'a.json': [zeros, { level: 9 }] });
    const members = Object.fromEntries(
      Array.from({ length: 200 }, (_, index) => [`${index}.zip`, inner]),
    );
    const done = await bringIn({ 'bomb.zip': zipSync(members, { level: 9 }) });
    expect(['done', 'failed']).toContain(done.state);
    expect(done.issueCount + (done.error === undefined ? 0 : 1)).toBeGreaterThan(0);
  }, 120_000);

  it('without a file, or cut off, is refused and leaves nothing', async () => {
    const headers = { 'Content-Type': 'multipart/form-data; boundary=x' };
    for (const body of [
      '',
      '--x--\r\n',
      '--x\r\nContent-Disposition: form-data; name="files"; filename="a"\r\n\r\nhalf',
    ]) {
      const answer = await analyst.request('/api/imports', { method: 'POST', body, headers });
      expect([body, answer.status, await problemCode(answer)]).toEqual([body, 400, 'BODY_INVALID']);
    }
    expect(existsSync(uploads()) ? readdirSync(uploads()) : []).toEqual([]);
  });

  it('that names files by paths writes nowhere else', async () => {
    const done = await bringIn({ '../../../evil.ndjson': '{"a":1}\n', '/etc/passwd': 'x' });
    expect(done.name).not.toContain('..');
    expect(existsSync(join(server.workspace.folder, '..', 'evil.ndjson'))).toBe(false);
  });

  it('that is too large, or too many files, is refused while it comes', async () => {
    const small = await startServer({ uploadBytes: 1_000, uploadFiles: 2 });
    const person = await small.signIn('analyst');
    const post = (files: Record<string, string>) =>
      person.request('/api/imports', { method: 'POST', ...formOf(files) });
    for (const files of [{ a: 'x'.repeat(1_001) }, { a: '1', b: '2', c: '3' }]) {
      const answer = await post(files);
      expect([answer.status, await problemCode(answer)]).toEqual([413, 'BODY_TOO_LARGE']);
    }
    expect(readdirSync(join(small.workspace.folder, '.portolan', 'uploads'))).toEqual([]);
    await small.close();
  });
});

describe('a job', () => {
  it('tells how it goes as server-sent events', async () => {
    const stream = await analyst.request('/api/events');
    const reader = stream.body?.getReader();
    await bringIn({ 'again.ndjson': await readFile(LOG) });
    let text = '';
    while (!text.includes('"state":"done"')) {
      const chunk = await reader?.read();
      if (chunk?.value === undefined) break;
      text += new TextDecoder().decode(chunk.value);
    }
    await reader?.cancel();
    expect(text).toMatch(/^event: change\ndata: \{"changeCounter":\d+\}\n\n/);
    expect(text).toContain('event: import\ndata: {"id":"j');
    expect(text).toContain('"state":"queued"');
    expect(text).toContain('"state":"done"');
  });

  it('that waits is stopped at once', async () => {
    await server.server.queue.stop();
    const { id } = (await (
      await analyst.request('/api/imports/example', { method: 'POST' })
    ).json()) as ImportAnswer;
    const stopped = await analyst.request(`/api/imports/${id}/cancel`, { method: 'POST' });
    expect(await stopped.json()).toMatchObject({ state: 'cancelled' });
    server.server.queue.start();
    await server.server.queue.idle();
    expect(await (await analyst.request(`/api/imports/${id}`)).json()).toMatchObject({
      state: 'cancelled',
    });
  });

  it('that is stopped with the server goes on when it starts', async () => {
    const { id } = (await (
      await analyst.request('/api/imports/example', { method: 'POST' })
    ).json()) as ImportAnswer;
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    await server.server.queue.stop();
    const stopped = (await (await analyst.request(`/api/imports/${id}`)).json()) as ImportAnswer;
    expect(['queued', 'interrupted', 'done']).toContain(stopped.state);
    server.server.queue.start();
    await server.server.queue.idle();
    expect(await (await analyst.request(`/api/imports/${id}`)).json()).toMatchObject({
      state: 'done',
    });
  });

  it('of a process that died is taken up, and given up after three attempts', async () => {
    await server.server.queue.stop();
    const { jobs } = server.workspace.store;
    const [newest] = (await jobs.list({ limit: 1 })).items;
    const kind = newest?.kind ?? '';
    const order = { kind: 'logs', name: 'Example investigation', by: 'local' };
    const stale = { status: 'running', beatMs: Date.now() - 60_000 } as const;
    const once = await jobs.add({ kind, userId: undefined, input: order });
    await jobs.change(once.jobId, { ...stale, outcome: { attempts: 1 } });
    const thrice = await jobs.add({ kind, userId: undefined, input: order });
    await jobs.change(thrice.jobId, { ...stale, outcome: { attempts: 3 } });
    server.server.queue.start();
    await server.server.queue.idle();
    expect(await jobs.find(once.jobId)).toMatchObject({ status: 'finished' });
    expect(await jobs.find(thrice.jobId)).toMatchObject({ status: 'failed' });
  });

  it('keeps files that wait; what nobody waits for is removed after a day', async () => {
    const order = { kind: 'logs', name: 'x', by: 'local', folder: join(uploads(), 'wanted') };
    await server.server.queue.stop();
    const { jobs } = server.workspace.store;
    const job = await jobs.add({ kind: 'another-server', userId: undefined, input: order });
    for (const name of ['wanted', 'orphan', 'new'])
      mkdirSync(join(uploads(), name), { recursive: true });
    const dayAgo = new Date(Date.now() - 25 * 3_600_000);
    for (const name of ['wanted', 'orphan']) utimesSync(join(uploads(), name), dayAgo, dayAgo);
    const removed = await removeOrphans(uploads(), server.workspace.store, Date.now());
    expect(removed).toEqual(['orphan']);
    await jobs.change(job.jobId, { status: 'cancelled' });
    server.server.queue.start();
  });

  it('is listed with those of others and of the command line, page by page, each once', async () => {
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const query: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const page = (await (await analyst.request(`/api/imports?limit=2${query}`)).json()) as {
        items: ImportAnswer[];
        next: string | null;
      };
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.next;
    }
    expect(new Set(seen).size).toBe(seen.length);
    const { items } = await server.workspace.store.jobs.list({ limit: 500 });
    expect(seen.filter((id) => id.startsWith('j')).length).toBe(items.length);
  });
});
