/**
 * npm run bench:store [-- --write] [-- --rows 1000000]: matches a second into the store, and how long its answers take, on
 * SQLite and on PostgreSQL (where it is installed), beside the floor: the same rows into a bare table.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from } from 'pg-copy-streams';
import { findPostgres, startPostgres } from '../scripts/postgres.mjs';
import {
  type EvidenceFilter,
  type EvidenceInput,
  openStore,
  type Store,
} from '../src/store/index.js';
import { CopyRows } from '../src/store/sql/copy-rows.js';
import { openSqliteFile } from '../src/store/sql/sqlite-driver.js';
import { environmentLine, median } from './environment.js';
import { type MatchOrder, storeMatches } from './store-matches.js';
import { writeSection } from './write-section.js';

const BATCH = 10_000;
const RUNS = 9;
const rowsAt = process.argv.indexOf('--rows');
const ROWS = rowsAt === -1 ? 1_000_000 : Number(process.argv[rowsAt + 1]);

interface Lane {
  readonly name: string;
  readonly place: string;
  readonly floor: () => Promise<number>;
  readonly sizeBytes: () => Promise<number>;
}

function* batches(rows = ROWS, order: MatchOrder = 'by-machine'): Generator<EvidenceInput[]> {
  let batch: EvidenceInput[] = [];
  for (const match of storeMatches(rows, order)) {
    batch.push(match);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** Matches a second of wall time and of this process's processor time; making the matches is not counted. */
async function insertAll(store: Store, importId: number, all = batches()) {
  let [wallMs, cpuMs, added, rows] = [0, 0, 0, 0];
  for (const batch of all) {
    const [start, cpu] = [performance.now(), process.cpuUsage()];
    added += (await store.imports.addBatch(importId, batch)).added;
    wallMs += performance.now() - start;
    const { user, system } = process.cpuUsage(cpu);
    cpuMs += (user + system) / 1_000;
    rows += batch.length;
  }
  return { wall: (rows / wallMs) * 1_000, cpu: (rows / cpuMs) * 1_000, added };
}

async function timeOf(work: () => Promise<unknown>): Promise<string> {
  const times: number[] = [];
  for (let run = 0; run <= RUNS; run += 1) {
    const start = performance.now();
    await work();
    if (run > 0) times.push(performance.now() - start);
  }
  return `${median(times).toFixed(1)} ms`;
}

/** The floor: a prepared insert, nothing looked up and nothing counted, one index. */
async function sqliteFloor(folder: string): Promise<number> {
  const database = openSqliteFile(join(folder, 'floor.db'));
  database.exec(
    'create table evidence (id integer primary key, time int, source text, record text, body text)',
  );
  const insert = database.prepare(
    'insert into evidence (time, source, record, body) values (?, ?, ?, ?)',
  );
  let wallMs = 0;
  for (const batch of batches()) {
    const start = performance.now();
    database.exec('begin immediate');
    for (const { timeMs = 0, source, record, fields } of batch)
      insert.run(timeMs, source, record, JSON.stringify(fields));
    database.exec('commit');
    wallMs += performance.now() - start;
  }
  database.close();
  return (ROWS / wallMs) * 1_000;
}

async function postgresFloor(url: string): Promise<number> {
  const client = new pg.Client(url);
  await client.connect();
  await client.query('create table floor (time bigint, source text, record text, body text)');
  let wallMs = 0;
  for (const batch of batches()) {
    const start = performance.now();
    const rows = batch.map(({ timeMs = 0, source, record, fields }) => [
      timeMs,
      source,
      record,
      JSON.stringify(fields),
    ]);
    await pipeline(new CopyRows(rows).chunks(), client.query(from('copy floor from stdin')));
    wallMs += performance.now() - start;
  }
  await client.query('drop table floor');
  await client.end();
  return (ROWS / wallMs) * 1_000;
}

async function postgresSize(url: string): Promise<number> {
  const client = new pg.Client(url);
  await client.connect();
  const { rows } = await client.query('select pg_database_size(current_database()) as size');
  await client.end();
  return Number(rows[0].size);
}

const thousands = (rate: number): string => `${Math.round(rate / 1_000)}k/s`;

async function measure({ name, place, floor, sizeBytes }: Lane): Promise<readonly string[]> {
  const floorRate = await floor();
  const store = await openStore(place);
  const begun = await store.imports.begin({
    kind: 'logs',
    name: 'bench',
    files: [],
    attackVersion: '19.1',
  });
  const { importId } = begun.import;
  const first = await insertAll(store, importId);
  const beforeEnd = await timeOf(() => store.mappings.aggregate({}));
  await store.imports.end(importId, {
    status: 'finished',
    records: ROWS,
    issueCount: 0,
    issues: [],
  });
  const cells = await store.mappings.aggregate({});
  const byEvidence = cells.toSorted((a, b) => b.evidence.proposed - a.evidence.proposed);
  const [busiest, rarest] = [byEvidence[0], byEvidence.at(-1)];
  const { items: subjects } = await store.mappings.subjects({ text: 'host-000' });
  const page = (filter: EvidenceFilter, cursor?: string) =>
    store.mappings.evidence({ filter, cursor });
  const ofBusiest: EvidenceFilter = {
    techniqueIds: busiest === undefined ? [] : [busiest.techniqueId],
  };
  const ofRarest: EvidenceFilter = {
    techniqueIds: rarest === undefined ? [] : [rarest.techniqueId],
  };
  const ofHost: EvidenceFilter = { subjectIds: subjects.map(({ subjectId }) => subjectId) };
  let cursor: string | undefined;
  for (let place = 0; place < 100; place += 1) cursor = (await page(ofBusiest, cursor)).next;
  const week: EvidenceFilter = { fromMs: Date.UTC(2026, 9, 8), toMs: Date.UTC(2026, 9, 15) };
  const answers: [string, string][] = [
    [`matrix, ${cells.length} cells`, await timeOf(() => store.mappings.aggregate({}))],
    ['matrix while an import runs (rollup stale)', beforeEnd],
    ['matrix of one host', await timeOf(() => store.mappings.aggregate(ofHost))],
    ['matrix of one week', await timeOf(() => store.mappings.aggregate(week))],
    [
      'matrix of confidence ≥ 0.6',
      await timeOf(() => store.mappings.aggregate({ minConfidence: 0.6 })),
    ],
    ['evidence, newest 50 of all', await timeOf(() => page({}))],
    [
      `evidence of the busiest technique (${busiest?.evidence.proposed})`,
      await timeOf(() => page(ofBusiest)),
    ],
    ['the same, page 101', await timeOf(() => page(ofBusiest, cursor))],
    [
      `evidence of the rarest technique (${rarest?.evidence.proposed})`,
      await timeOf(() => page(ofRarest)),
    ],
    ['evidence of one host', await timeOf(() => page(ofHost))],
    ['evidence of confidence ≥ 0.6', await timeOf(() => page({ minConfidence: 0.6 }))],
    ['evidence of one week', await timeOf(() => page(week))],
    ['mappings, first 50', await timeOf(() => store.mappings.list({ filter: {} }))],
    ['facets of the busiest technique', await timeOf(() => store.mappings.facets(ofBusiest))],
  ];
  const { items: mappings } = await store.mappings.list({ filter: ofBusiest, limit: 100 });
  const start = performance.now();
  await store.reviews.add({
    mappingIds: mappings.map(({ mappingId }) => mappingId),
    action: 'reject',
    author: 'bench',
  });
  answers.push([
    `reject ${mappings.length} mappings at once`,
    `${(performance.now() - start).toFixed(1)} ms`,
  ]);
  const again = await insertAll(store, importId);
  const mixed = await insertAll(store, importId, batches(ROWS / 5, 'mixed'));
  const totals = await store.mappings.totals();
  await store.close();
  const size = await sizeBytes();
  const rows: [string, string][] = [
    ['floor: the same rows into a bare table', thousands(floorRate)],
    ['insert, wall', thousands(first.wall)],
    ['insert, processor time of this process', thousands(first.cpu)],
    [
      `insert ${ROWS / 5} more, machines mixed`,
      `${thousands(mixed.wall)}, ${thousands(mixed.cpu)} of processor time`,
    ],
    ['the same import again', `${thousands(again.wall)}, ${again.added} added`],
    ['stored', `${totals.evidence} matches, ${totals.mappings} mappings`],
    ['size', `${Math.round(size / 1e6)} MB, ${Math.round(size / ROWS)} bytes a match`],
    ...answers,
  ];
  return [
    `| ${name} | |\n| --- | ---: |`,
    ...rows.map(([what, value]) => `| ${what} | ${value} |`),
  ];
}

const folder = mkdtempSync(join(tmpdir(), 'portolan-bench-'));
const tables: string[] = [];
const file = join(folder, 'store.db');
const sqlite = {
  name: 'SQLite',
  place: file,
  floor: () => sqliteFloor(folder),
  sizeBytes: async () => statSync(file).size,
};
if (!process.argv.includes('--postgres-only')) tables.push((await measure(sqlite)).join('\n'));
const server = findPostgres() === undefined ? undefined : await startPostgres({ isDurable: true });
if (server !== undefined)
  try {
    const { url } = server;
    const lane = {
      name: 'PostgreSQL, on the same machine',
      place: url,
      floor: () => postgresFloor(url),
      sizeBytes: () => postgresSize(url),
    };
    tables.push((await measure(lane)).join('\n'));
  } finally {
    server.stop();
  }
rmSync(folder, { recursive: true, force: true });
const section = `${tables.join('\n\n')}\n\n${environmentLine('synthetic: 400 rules, 60 of them on each of 200 machines, 30 days')}; batches of ${BATCH}, answers medians of ${RUNS}.`;
console.log(section);
if (process.argv.includes('--write')) writeSection('store', section);
