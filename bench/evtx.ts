/**
 * npm run bench:evtx [-- --write]: records a second of the reader of Windows event logs, on one core.
 *
 * Needs ../shared/data. The peer winevtx runs when WINEVTX_FOLDER names a folder in which `npm i winevtx@0.1.2` was run.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { crc32 } from 'node:zlib';
import type { EventBatch } from '../src/collectors/collector.js';
import { readEvtxChunk } from '../src/collectors/evtx/evtx-chunk.js';
import type { EvtxRecord } from '../src/collectors/evtx/evtx-record.js';
import { RecordIdSet } from '../src/collectors/evtx/record-id-set.js';
import { TemplateStore } from '../src/collectors/evtx/template-store.js';
import { createEvtxCollector } from '../src/collectors/evtx-collector.js';
import { compileRuleSet, createRuleEngine, prepareRules, readRules } from '../src/sigma/index.js';
import { environmentLine, median } from './environment.js';
import { writeSection } from './write-section.js';

const FOLDERS = ['evtx', 'evtx-to-mitre', 'sigma/regression_data'].map(
  (name) => `../shared/data/${name}`,
);
const RUNS = 5;
const FILE_HEADER_BYTES = 4_096;
const CHUNK_BYTES = 65_536;

function logFiles(): readonly Buffer[] {
  return FOLDERS.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.evtx'))
      .map((name) => readFileSync(join(folder, name))),
  );
}

/** The chunks of several logs as one log, as if one machine had written them. */
function joinLogs(files: readonly Buffer[]): Uint8Array {
  const [first] = files;
  if (first === undefined) throw new Error('no event logs');
  const header = first.subarray(0, FILE_HEADER_BYTES);
  return new Uint8Array(
    Buffer.concat([header, ...files.map((file) => file.subarray(FILE_HEADER_BYTES))]),
  );
}

/** The log with the most records, 20 times over: what a log of one machine is like. */
function busiestLog(files: readonly Buffer[]): Uint8Array {
  const counted = files.map((file) => ({
    file,
    count: eachRecord(joinLogs([file]), () => undefined),
  }));
  const busiest = counted.toSorted((a, b) => b.count - a.count)[0]?.file;
  return joinLogs(busiest === undefined ? [] : new Array<Buffer>(20).fill(busiest));
}

function eachRecord(log: Uint8Array, visit: (record: EvtxRecord) => void): number {
  const context = {
    source: 'bench',
    templates: new TemplateStore(),
    seen: new RecordIdSet(),
    crc32,
    leftovers: false,
  };
  let count = 0;
  for (let offset = FILE_HEADER_BYTES; offset < log.length; offset += CHUNK_BYTES) {
    const { records } = readEvtxChunk(log.subarray(offset, offset + CHUNK_BYTES), {
      ...context,
      offset,
    });
    for (const record of records) {
      if (record.isRecovered) continue;
      count += 1;
      visit(record);
    }
  }
  return count;
}

interface Lane {
  readonly what: string;
  /** Reads the whole log; how many records, and a sum that must not move between runs. */
  readonly read: (log: Uint8Array) => Promise<{ readonly records: number; readonly check: number }>;
}

const LANES: readonly Lane[] = [
  {
    what: 'records and their event ids',
    async read(log) {
      let check = 0;
      const records = eachRecord(log, (record) => {
        check += record.eventId ?? 0;
      });
      return { records, check };
    },
  },
  {
    what: 'all values of `EventData` and `UserData`',
    async read(log) {
      let check = 0;
      const records = eachRecord(log, (record) => {
        for (let place = 0; place < record.shape.payload.fields.length; place += 1)
          if (record.fieldAt(place) !== undefined) check += 1;
      });
      return { records, check };
    },
  },
  {
    what: 'XML text',
    async read(log) {
      let check = 0;
      const records = eachRecord(log, (record) => {
        check += record.toXml().length;
      });
      return { records, check };
    },
  },
  {
    what: 'events of the collector (time, host, user, logsource), fields lazy',
    read: (log) => collect(log, () => 0),
  },
  {
    what: 'events of the collector, all fields read',
    read: (log) =>
      collect(log, (fields) => {
        let count = 0;
        for (const _field of fields.keys()) count += 1;
        return count;
      }),
  },
  ...matchLane(),
];

/** Events of the collector matched against all rules of SigmaHQ: records to matches. */
function matchLane(): readonly Lane[] {
  const root = '../shared/data/sigma';
  if (!existsSync(root)) return [];
  const files = ['rules', 'rules-emerging-threats', 'rules-threat-hunting'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.yml'))
      .map((name) => join(root, folder, name)),
  );
  const texts = files.map((source) => readRules(readFileSync(source, 'utf8'), { source }));
  const rules = prepareRules(texts).rules.map(({ rule }) => rule);
  const image = compileRuleSet(rules);
  const engine = createRuleEngine(
    image,
    rules.map(({ logsource }) => logsource),
  );
  return [
    {
      what: `records to matches, all ${rules.length} rules of SigmaHQ`,
      async read(log) {
        let [records, check] = [0, 0];
        for await (const { events } of readNew(log))
          for (const event of events) {
            records += 1;
            check += engine.match(event).length;
          }
        return { records, check };
      },
    },
  ];
}

async function collect(
  log: Uint8Array,
  visit: (fields: ReadonlyMap<string, unknown>) => number,
): Promise<{ records: number; check: number }> {
  let [records, check] = [0, 0];
  for await (const { events } of readNew(log))
    for (const { fields } of events) {
      records += 1;
      check += visit(fields);
    }
  return { records, check };
}

/** With a collector that has seen no log: one that was used knows the templates. */
function readNew(log: Uint8Array): AsyncIterable<EventBatch> {
  return createEvtxCollector({ leftovers: false }).read({ source: 'bench', chunks: piecesOf(log) });
}

async function* piecesOf(log: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < log.length; at += 262_144) yield log.subarray(at, at + 262_144);
}

type PeerParse = (data: Buffer) => Iterable<{ readonly event: unknown }>;

async function peerLane(): Promise<readonly Lane[]> {
  const folder = process.env['WINEVTX_FOLDER'];
  if (folder === undefined) return [];
  const module: { parseEvtxFile: PeerParse } = await import(
    pathToFileURL(join(folder, 'node_modules/winevtx/dist/index.js')).href
  );
  return [
    {
      what: 'peer: winevtx 0.1.2, `parseEvtxFile` (decodes all)',
      async read(log) {
        let records = 0;
        for (const { event } of module.parseEvtxFile(Buffer.from(log.buffer)))
          if (event !== undefined) records += 1;
        return { records, check: 0 };
      },
    },
  ];
}

async function measure(lanes: readonly Lane[], log: Uint8Array): Promise<readonly string[]> {
  const seconds = lanes.map((): number[] => []);
  const results = new Map<string, string>();
  for (let run = 0; run <= RUNS; run += 1)
    for (const [index, { what, read }] of lanes.entries()) {
      const before = process.cpuUsage();
      const { records, check } = await read(log);
      const { user, system } = process.cpuUsage(before);
      const result = `${records} records, check ${check}`;
      if ((results.get(what) ?? result) !== result)
        throw new Error(`${what}: ${results.get(what)} then ${result}`);
      results.set(what, result);
      // The first run warms up.
      if (run > 0) seconds[index]?.push((user + system) / 1e6 / records);
    }
  return lanes.map(({ what }, index) => {
    const perRecord = median(seconds[index] ?? []);
    return `| ${what} | ${Math.round(1 / perRecord / 1000)}k | ${Math.round(log.length / 1e6 / (perRecord * Number.parseInt(results.get(what) ?? '', 10)))} | ${results.get(what)} |`;
  });
}

if (!FOLDERS.every((folder) => existsSync(folder)))
  throw new Error('bench:evtx needs ../shared/data');
const files = logFiles();
const lanes = [...LANES, ...(await peerLane())];
const tables: string[] = [];
for (const [name, log] of [
  ['the busiest log 20 times over', busiestLog(files)],
  [
    `all ${files.length} logs as one (many small, half empty, from many machines: templates new all the time)`,
    joinLogs(files),
  ],
] as const) {
  const rows = await measure(lanes, log);
  tables.push(
    `| ${name}, ${Math.round(log.length / 1e6)} MB | records/s | MB/s | counted |\n| --- | --- | --- | --- |\n${rows.join('\n')}`,
  );
}
const section = `${tables.join('\n\n')}\n\n${environmentLine('../shared/data, checksums compared')}; one core, CPU time, medians of ${RUNS}.`;
console.log(section);
if (process.argv.includes('--write')) writeSection('evtx', section);
