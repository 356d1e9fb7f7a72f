import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { type FileAnswer, serveFiles, type TestServer } from '../../test/attack/serve.js';
import { type TinyBundleOptions, tinyBundle, tinyObjects } from '../../test/attack/tiny-bundle.js';
import { listVersions, openKnowledgeBase, type VersionEntry } from '../attack/index.js';
import type { Domain } from '../model/index.js';
import { type UpdateOptions, type UpdateOutcome, updateAttack } from './attack-update.js';

const DOMAIN: Domain = 'enterprise-attack';
const COLLECTIONS: Readonly<Record<string, string>> = {
  'enterprise-attack': 'x-mitre-collection--1f5f1533-f617-4ca8-9ab4-6a02367fa019',
  'mobile-attack': 'x-mitre-collection--dac0d2d7-8653-445c-9bff-82f934c1e858',
};

const root = mkdtempSync(join(tmpdir(), 'portolan-update-'));
afterAll(() => rmSync(root, { recursive: true }));
let folders = 0;
const newFolder = (): string => {
  folders += 1;
  return join(root, String(folders));
};

let server: TestServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

/** An index of a version a domain, at bundles beside it. */
function indexOf(version: string, domains: readonly string[] = [DOMAIN]): string {
  const collections = domains.map((domain) => ({
    id: COLLECTIONS[domain],
    name: domain,
    versions: [
      { version: '97.0', url: `${domain}-97.0.json` },
      { version, url: `${domain}-${version}.json` },
    ],
  }));
  return JSON.stringify({ id: '1', name: 'Tiny', collections });
}

async function serveAt(files: Readonly<Record<string, FileAnswer>>): Promise<string> {
  server = await serveFiles(files);
  return server.url;
}

/** Only what is installed counts as there, so that bundles may be tiny. */
const installedIn = (userFolder: string): readonly VersionEntry[] =>
  listVersions({ userFolder }).filter(({ origin }) => origin === 'installed');

async function update(
  from: string,
  userFolder: string,
  options: Partial<UpdateOptions> = {},
): Promise<readonly UpdateOutcome[]> {
  const versions = installedIn(userFolder);
  return await updateAttack({ fetch, now: new Date(0), versions, ...options, from, userFolder });
}

const summary = (outcomes: readonly UpdateOutcome[]): readonly string[] =>
  outcomes.map(({ kind, domain, version }) => `${kind} ${domain} ${version}`);

const versionsIn = (userFolder: string): readonly string[] =>
  installedIn(userFolder).map(
    ({ version, techniqueCount, problem }) => `${version} ${techniqueCount} ${problem ?? 'sound'}`,
  );

/** A folder with a full bundle of 98.0 with 4 techniques. */
async function folderWithOld(): Promise<string> {
  const userFolder = newFolder();
  const url = await serveAt({ 'b.json': tinyBundle({ version: '98.0' }) });
  await update(`${url}/b.json`, userFolder);
  await server?.close();
  expect(versionsIn(userFolder)).toEqual(['98.0 4 sound']);
  return userFolder;
}

// Only where the server is silent on purpose: a busy machine must not look like one.
const IMPATIENT: Readonly<Record<string, UpdateOptions['limits']>> = {
  hangs: { idleTimeoutMs: 300 },
  'never begins': { connectTimeoutMs: 300 },
};

const tiny = (options: TinyBundleOptions = {}): string =>
  tinyBundle({ version: '98.1', ...options });

describe('updateAttack from a collection index', () => {
  it('installs the newest version of every domain that is offered, and then finds nothing to do', async () => {
    const userFolder = newFolder();
    const url = await serveAt({
      'index.json': indexOf('98.1', ['enterprise-attack', 'mobile-attack']),
      'enterprise-attack-98.1.json': tiny(),
      'mobile-attack-98.1.json': gzipSync(tiny({ domain: 'mobile-attack' })),
    });
    const steps: string[] = [];
    const onProgress: UpdateOptions['onProgress'] = (step) => void steps.push(step.kind);
    const outcomes = await update(`${url}/index.json`, userFolder, { onProgress });
    expect(summary(outcomes)).toEqual([
      'installed enterprise-attack 98.1',
      'installed mobile-attack 98.1',
    ]);
    expect(outcomes[0]).toMatchObject({
      defaultVersion: '98.1',
      issues: [],
      bundle: { source: `${url}/enterprise-attack-98.1.json` },
    });
    expect(new Set(steps)).toEqual(new Set(['asking', 'downloading', 'checking']));
    expect(openKnowledgeBase({ userFolder }).version).toBe('98.1');
    const asked = server?.asked.length ?? 0;
    expect(summary(await update(`${url}/index.json`, userFolder))).toEqual([
      'current enterprise-attack 98.1',
      'current mobile-attack 98.1',
    ]);
    expect(server?.asked.slice(asked)).toEqual(['/index.json']);
    expect(
      summary(await update(`${url}/index.json`, userFolder, { force: true, domain: DOMAIN })),
    ).toEqual(['installed enterprise-attack 98.1']);
  });

  it('installs the version that is asked for, also an older one', async () => {
    const userFolder = await folderWithOld();
    const url = await serveAt({
      'index.json': indexOf('98.1'),
      'enterprise-attack-97.0.json': tinyBundle({ version: '97.0' }),
    });
    expect(summary(await update(`${url}/index.json`, userFolder, { version: '97' }))).toEqual([
      'installed enterprise-attack 97.0',
    ]);
    expect(versionsIn(userFolder)).toEqual(['97.0 4 sound', '98.0 4 sound']);
    expect(openKnowledgeBase({ userFolder }).version).toBe('98.0');
  });

  it('does not go back to an older version than is there', async () => {
    const userFolder = await folderWithOld();
    const url = await serveAt({ 'index.json': indexOf('97.5') });
    const outcomes = await update(`${url}/index.json`, userFolder);
    expect(outcomes).toEqual([
      { kind: 'current', domain: DOMAIN, version: '98.0', offered: '97.5' },
    ]);
  });

  it('takes a bundle of half the objects and no fewer', async () => {
    const userFolder = newFolder();
    const old = await serveAt({ 'b.json': tinyBundle({ version: '98.0', techniques: 30 }) });
    await update(`${old}/b.json`, userFolder);
    await server?.close();
    const files = {
      'index.json': indexOf('98.1'),
      'enterprise-attack-98.1.json': tiny({ techniques: 13 }),
    };
    const url = await serveAt(files);
    await expect(update(`${url}/index.json`, userFolder)).rejects.toThrow(
      /^expected at least half of the 33 objects .*, found 16 .*nothing changed/,
    );
    expect(versionsIn(userFolder)).toEqual(['98.0 30 sound']);
    await server?.close();
    const enough = await serveAt({
      ...files,
      'enterprise-attack-98.1.json': tiny({ techniques: 14 }),
    });
    expect(summary(await update(`${enough}/index.json`, userFolder))).toEqual([
      'installed enterprise-attack 98.1',
    ]);
  });

  it('goes on with the other domains when one fails, and keeps what was there of it', async () => {
    const userFolder = newFolder();
    const url = await serveAt({
      'index.json': indexOf('98.1', ['enterprise-attack', 'mobile-attack']),
      'mobile-attack-98.1.json': tiny({ domain: 'mobile-attack' }),
    });
    const outcomes = await update(`${url}/index.json`, userFolder);
    expect(summary(outcomes)).toEqual([
      'failed enterprise-attack 98.1',
      'installed mobile-attack 98.1',
    ]);
    expect(outcomes[0]).toMatchObject({
      code: 'DOWNLOAD_FAILED',
      message: expect.stringContaining('HTTP 404'),
    });
  });

  it.each<[string, FileAnswer, RegExp]>([
    ['is not there', (_, response) => void response.writeHead(404).end(), /HTTP 404/],
    [
      'meets a fault of the server',
      (_, response) => void response.writeHead(500).end(),
      /HTTP 500/,
    ],
    [
      'is a web page',
      '<!DOCTYPE html><p>Log in',
      /expected JSON at .*, found a web page; nothing changed/,
    ],
    ['is empty', '', /expected JSON at .*; nothing changed/],
    ['is other JSON', '{"a":1}', /expected ATT&CK objects in .*; nothing changed/],
    [
      'is gzip that was cut off',
      gzipSync(tiny()).subarray(0, 300),
      /gzip data is cut off or damaged/,
    ],
    [
      'ends early',
      (_, response) => {
        response.setHeader('content-length', 5000);
        response.write('{"objects":[', () => response.destroy());
      },
      /expected all of .*, found the start of it/,
    ],
    [
      'hangs',
      (_, response) => void response.write('{'),
      /found nothing for 0\.3 s; nothing changed/,
    ],
    [
      'never begins',
      () => {},
      /^cannot reach 127\.0\.0\.1:\d+ \(no answer within 0\.3 s\); nothing changed/,
    ],
    [
      'leads in a circle',
      (request, response) => void response.writeHead(302, { location: request.url }).end(),
      /more than 5 redirects/,
    ],
    [
      'leads to a file',
      (_, response) => void response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
      /found a redirect to "file:/,
    ],
    [
      'is another version',
      tiny({ version: '98.2' }),
      /expected ATT&CK 98\.1 of enterprise-attack at .*, found 98\.2; nothing changed/,
    ],
    [
      'is of another domain',
      tiny({ domain: 'ics-attack' }),
      /expected enterprise-attack in .*, found ics-attack; nothing changed/,
    ],
    [
      'has far fewer objects',
      tiny({ techniques: 0 }),
      /expected ATT&CK techniques in .*; nothing changed/,
    ],
    [
      'has a part of the objects',
      tinyBundle({}, tinyObjects({ version: '98.1' }).slice(0, 4)),
      /expected at least half of the 7 objects/,
    ],
  ])('keeps the old bundle when the new one %s', async (name, answer, message) => {
    const userFolder = await folderWithOld();
    const url = await serveAt({
      'index.json': indexOf('98.1'),
      'enterprise-attack-98.1.json': answer,
    });
    const limits = IMPATIENT[name];
    const error = await update(`${url}/index.json`, userFolder, { limits }).catch(
      (caught: unknown) => caught,
    );
    expect(error).toMatchObject({ name: 'AppError', message: expect.stringMatching(message) });
    expect((error as Error).message).not.toContain('\n');
    expect(versionsIn(userFolder)).toEqual(['98.0 4 sound']);
    expect(openKnowledgeBase({ userFolder }).version).toBe('98.0');
    expect(readdirSync(join(userFolder, 'attack'))).toEqual(['enterprise-attack-98.0']);
  });

  it.each([
    [
      'no version like that',
      indexOf('98.1'),
      { version: '3.0' },
      /expected ATT&CK 3\.0 .*the last ones are 97\.0, 98\.1; nothing changed/,
      'NOT_FOUND',
    ],
    [
      'no such domain',
      indexOf('98.1'),
      { domain: 'ics-attack' },
      /of ics-attack in .*, found no version of it/,
      'NOT_FOUND',
    ],
    [
      'nothing',
      '{"collections":[]}',
      {},
      /expected a collection index with releases of ATT&CK, found none/,
      'DOWNLOAD_FAILED',
    ],
    [
      'neither index nor bundle',
      '{"x":1}',
      {},
      /expected a collection index or a STIX bundle at/,
      'DOWNLOAD_FAILED',
    ],
  ] as const)('says that an index has %s', async (_, index, options, message, code) => {
    const url = await serveAt({ 'index.json': index });
    await expect(update(`${url}/index.json`, newFolder(), options)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
  });

  it('changes nothing when it is stopped', async () => {
    const userFolder = await folderWithOld();
    const stop = new AbortController();
    const url = await serveAt({
      'index.json': indexOf('98.1', ['enterprise-attack', 'mobile-attack']),
      'enterprise-attack-98.1.json': (_, response) => void response.write('{', () => stop.abort()),
    });
    await expect(update(`${url}/index.json`, userFolder, { signal: stop.signal })).rejects.toThrow(
      'the download was stopped; nothing changed',
    );
    expect(versionsIn(userFolder)).toEqual(['98.0 4 sound']);
  });

  it('tells what was installed before it was stopped', async () => {
    const userFolder = newFolder();
    const stop = new AbortController();
    const url = await serveAt({
      'index.json': indexOf('98.1', ['enterprise-attack', 'mobile-attack']),
      'enterprise-attack-98.1.json': tiny(),
      'mobile-attack-98.1.json': (_, response) => void response.write('{', () => stop.abort()),
    });
    const outcomes = await update(`${url}/index.json`, userFolder, { signal: stop.signal });
    expect(summary(outcomes)).toEqual([
      'installed enterprise-attack 98.1',
      'failed mobile-attack 98.1',
    ]);
  });

  it('says how to do without internet', async () => {
    const url = await serveAt({});
    await server?.close();
    await expect(update(`${url}/index.json`, newFolder())).rejects.toThrow(
      /^cannot reach 127\.0\.0\.1:\d+ \(connection refused\); nothing changed; take the bundle from another machine and run: portolan attack import FILE$/,
    );
  });

  it.each(['file:///etc/passwd', 'taxii=file:///x', 'nowhere'])(
    'refuses the source %s',
    async (from) => {
      await expect(update(from, newFolder())).rejects.toMatchObject({ code: 'USAGE' });
    },
  );
});

describe('updateAttack from the URL of a bundle', () => {
  it('takes the version from it, and knows it again by its hash', async () => {
    const userFolder = newFolder();
    const url = await serveAt({ 'b.json': tiny() });
    expect(summary(await update(`${url}/b.json`, userFolder))).toEqual([
      'installed enterprise-attack 98.1',
    ]);
    expect(summary(await update(`${url}/b.json`, userFolder))).toEqual([
      'current enterprise-attack 98.1',
    ]);
  });

  it("takes a label of the caller's own", async () => {
    const userFolder = newFolder();
    const url = await serveAt({ 'b.json': tiny() });
    expect(summary(await update(`${url}/b.json`, userFolder, { version: 'acme-1' }))).toEqual([
      'installed enterprise-attack acme-1',
    ]);
  });
});

describe('updateAttack from a TAXII server', () => {
  const objects = tinyObjects({ version: '98.1' });

  /** Serves the objects of one collection, three a page. */
  async function serveTaxii(): Promise<string> {
    const path = `api/collections/${COLLECTIONS[DOMAIN]}/objects/`;
    const json =
      (value: unknown): FileAnswer =>
      (_, response) => {
        response.setHeader('content-type', 'application/taxii+json;version=2.1');
        response.end(JSON.stringify(value));
      };
    const pages: Record<string, FileAnswer> = {};
    for (let start = 0; start < objects.length; start += 3) {
      const more = start + 3 < objects.length;
      const page = {
        more,
        ...(more ? { next: String(start + 3) } : {}),
        objects: objects.slice(start, start + 3),
      };
      pages[start === 0 ? path : `${path}?next=${start}`] = json(page);
    }
    return await serveAt({
      'taxii2/': json({ title: 'Tiny', default: '/api/', api_roots: ['/api/'] }),
      'api/': json({
        title: 'Tiny',
        versions: ['application/taxii+json;version=2.1'],
        max_content_length: 1,
      }),
      'api/collections/': json({
        collections: [
          { id: 'closed', title: 'ICS ATT&CK', can_read: false },
          { id: COLLECTIONS[DOMAIN], title: 'Enterprise ATT&CK', can_read: true },
        ],
      }),
      [`${path}?match%5Btype%5D=x-mitre-collection`]: json({ objects: objects.slice(0, 1) }),
      ...pages,
    });
  }

  it('installs what it holds, page by page, and fetches it once', async () => {
    const userFolder = newFolder();
    const url = await serveTaxii();
    expect(summary(await update(`taxii=${url}/taxii2/`, userFolder))).toEqual([
      'installed enterprise-attack 98.1',
    ]);
    expect(versionsIn(userFolder)).toEqual(['98.1 4 sound']);
    const knowledgeBase = openKnowledgeBase({ userFolder });
    for (const { id } of objects) expect(knowledgeBase.stix(id as never)?.id).toBe(id);
    const asked = server?.asked.length ?? 0;
    expect(summary(await update(`taxii=${url}/api/`, userFolder))).toEqual([
      'current enterprise-attack 98.1',
    ]);
    expect(server?.asked.slice(asked)).toHaveLength(3);
  });

  it.each([
    [
      'a version that it does not hold',
      { version: '97.0' },
      /expected ATT&CK 97\.0 .*, found 98\.1: a TAXII server holds the newest only/,
    ],
    [
      'a domain that cannot be read',
      { domain: 'ics-attack' },
      /expected a collection of ics-attack that can be read at .*, found "Enterprise ATT&CK"/,
    ],
  ] as const)('refuses %s', async (_, options, message) => {
    const url = await serveTaxii();
    await expect(update(`taxii=${url}/api/`, newFolder(), options)).rejects.toThrow(message);
  });
});

describe('an update that is killed', () => {
  it('in the middle of a download leaves the old bundle', async () => {
    const userFolder = await folderWithOld();
    let begun = (): void => {};
    const hasBegun = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const url = await serveAt({
      'index.json': indexOf('98.1'),
      'enterprise-attack-98.1.json': (_, response) => void response.write('{"objects":[', begun),
    });
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', 'src/cli/main.ts', 'attack', 'update', '--from', `${url}/index.json`],
      {
        env: { ...process.env, PORTOLAN_HOME: userFolder },
        stdio: 'ignore',
      },
    );
    const ended = new Promise((resolve) => child.once('exit', (_, signal) => resolve(signal)));
    await Promise.race([hasBegun, ended]);
    child.kill('SIGKILL');
    expect(await ended).toBe('SIGKILL');
    expect(versionsIn(userFolder)).toEqual(['98.0 4 sound']);
  });
});
