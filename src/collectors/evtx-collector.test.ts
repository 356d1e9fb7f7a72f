import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ChunkWriter, element, slot, text, writeLog } from '../../test/evtx/evtx-writer.js';
import { addEvent, processLog } from '../../test/evtx/made-up-events.js';
import { piecesOf } from '../../test/evtx/read-log.js';
import { fuzzRuns } from '../../test/fuzz-runs.js';
import type { Event } from './event.js';
import { readEvtx } from './evtx/read-evtx.js';
import { evtxCollector } from './evtx-collector.js';

async function collect(log: Uint8Array): Promise<readonly Event[]> {
  const events: Event[] = [];
  for await (const batch of evtxCollector.read({ source: 'a.evtx', chunks: piecesOf(log, 50_000) }))
    events.push(...batch.events);
  return events;
}

test('makes an event of a record', async () => {
  const [event] = await collect(processLog([[7]]));
  expect(event).toMatchObject({
    kind: 'event',
    time: '2026-01-02T03:04:05.678Z',
    zone: 'Z',
    host: 'host.example.com',
    user: 'alice',
    logsource: {
      product: 'windows',
      categories: ['process_creation'],
      services: ['security'],
      channel: 'Security',
      provider: 'Example-Provider',
      eventId: 4688,
    },
    record: '7',
    source: 'a.evtx',
  });
});

const FIELDS = {
  NewProcessName: 'C:\\made-up\\program7.exe',
  SubjectUserName: 'alice',
  SubjectLogonId: '0x3e7',
  'Threat Name': 'none',
  Provider_Name: 'Example-Provider',
  Provider_Guid: '{00000000-0000-0000-0000-000000000001}',
  EventID: 4688,
  Channel: 'Security',
  Computer: 'host.example.com',
  Execution_ProcessID: 816,
  Level: 4,
  EventRecordID: 7,
  ThreatName: 'none',
  Image: 'C:\\made-up\\program7.exe',
  User: 'alice',
  LogonId: '0x3e7',
};

test('names the fields as the log and as Sigma do', async () => {
  const [event] = await collect(processLog([[7]]));
  expect(Object.fromEntries(event?.fields ?? [])).toEqual(FIELDS);
});

test('is a map of fields like any other', async () => {
  const [event] = await collect(processLog([[7]]));
  const fields = event?.fields ?? new Map();
  const real = new Map<string, unknown>(Object.entries(FIELDS));
  const visited = new Map<string, unknown>();
  fields.forEach((value, name) => {
    visited.set(name, value);
  });
  expect(visited).toEqual(real);
  expect(fields.size).toBe(real.size);
  expect([...fields.keys()].toSorted()).toEqual([...real.keys()].toSorted());
  expect([...fields.values()].toSorted()).toEqual([...real.values()].toSorted());
  expect(fields.get('Image')).toBe(FIELDS.Image);
  expect(fields.has('Image')).toBe(true);
  // Null in the event.
  expect(fields.has('Security_UserID')).toBe(false);
  expect(fields.get('toString')).toBeUndefined();
});

test("lets the event's own fields win over those of its header", async () => {
  const writer = new ChunkWriter();
  const root = element('EventData', {}, [element('Data', { Name: 'Channel' }, [slot(0)])]);
  addEvent(writer, { template: { id: 0xc3, root }, values: [text('own')] });
  const [event] = await collect(writeLog([writer.finish()]));
  expect(event?.fields.get('Channel')).toBe('own');
  expect(event?.logsource.channel).toBe('Security');
});

test.each([
  ['a log', processLog([[1]]), true],
  ['a log without a header', processLog([[1]]).subarray(4096), true],
  ['a log with a damaged header', processLog([[1]]).fill(0xee, 0, 4096), true],
  ['the header of a log alone', processLog([]), true],
  ['nothing', new Uint8Array(0), false],
  ['text that names the magic', new Uint8Array(Buffer.from('ElfFile ElfChnk')), false],
])('knows %s by its content', (_what, log, isLog) => {
  expect(evtxCollector.detect('x', log.subarray(0, 65_536))).toBe(isLog);
});

test('never throws on any bytes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 3000 }), async (bytes) => {
      await collect(
        new Uint8Array(Buffer.concat([processLog([[1]]).subarray(0, 4096 + 700), bytes])),
      );
    }),
    { numRuns: fuzzRuns(50) },
  );
});

const DATA = '../shared/data';

function logsBelow(folder: string): readonly string[] {
  return readdirSync(join(DATA, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.evtx'))
    .toSorted()
    .map((name) => join(DATA, folder, name));
}

/**
 * Facts about the data, from `npx tsx scripts/compare-evtx.ts`, which found no difference to libevtx 20181227 in them
 * (1,114 records of evtx-to-mitre use no template, which libevtx cannot read).
 */
const FACTS = [
  { folder: 'evtx', files: 277, records: 8255, hash: '0a3166b820fb67da' },
  { folder: 'evtx-to-mitre', files: 193, records: 6166, hash: 'ddc4bbafa8e0be7f' },
  { folder: 'sigma/regression_data', files: 106, records: 123, hash: '0f4dd2c7334e4893' },
];

describe.skipIf(!existsSync(DATA))('real logs (needs ../shared/data)', () => {
  test.each(FACTS)(
    'reads every value in $folder as it was compared',
    async ({ folder, ...facts }) => {
      const hash = createHash('sha256');
      let records = 0;
      const logs = logsBelow(folder);
      for (const source of logs)
        for await (const batch of readEvtx({
          source,
          chunks: createReadStream(source),
          leftovers: false,
          crc32: undefined,
          templates: undefined,
        })) {
          expect(batch.issues).toEqual([]);
          for (const record of batch.records) {
            records += 1;
            hash.update(record.toXml()).update(JSON.stringify([...record.fields()]));
          }
        }
      expect({ files: logs.length, records, hash: hash.digest('hex').slice(0, 16) }).toEqual(facts);
    },
  );
});
