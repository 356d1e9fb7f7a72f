import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  ChunkWriter,
  type Element,
  element,
  slot,
  text,
  type Value,
  writeLog,
} from '../../../test/evtx/evtx-writer.js';
import {
  addEvent,
  addProcessEvents,
  OUTER,
  outerValues,
  PROCESS,
  processLog,
} from '../../../test/evtx/made-up-events.js';
import { type ReadLog, readLog } from '../../../test/evtx/read-log.js';
import { fuzzRuns } from '../../../test/fuzz-runs.js';
import { readEvtx } from './read-evtx.js';
import { RecordIdSet } from './record-id-set.js';

const HEADER = 4096;
const CHUNK = 65_536;
const SIX = [[1, 2, 3], [4, 5], [6]];

function ids({ records }: ReadLog) {
  return records.map(({ recordId }) => recordId);
}

/** A chunk with three events. */
function threeEvents(): ChunkWriter {
  return addProcessEvents(new ChunkWriter(), [1, 2, 3]);
}

/** A log of one chunk that is damaged after it was finished; `starts` are the offsets of its records. */
function damaged(
  damage: (chunk: Uint8Array, starts: readonly number[], writer: ChunkWriter) => void,
) {
  const writer = threeEvents();
  const chunk = writer.finish();
  damage(chunk, writer.starts, writer);
  return writeLog([chunk]);
}

/** Offset of the nth record; the writer made at least so many. */
function nth(starts: readonly number[], index: number): number {
  return starts[index] ?? Number.NaN;
}

test('reads a whole log without an issue', async () => {
  const read = await readLog(processLog(SIX));
  expect(ids(read)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(read.issues).toEqual([]);
});

test('passes over the zeros that a log keeps for later', async () => {
  const log = Buffer.concat([processLog([[1]]), new Uint8Array(CHUNK * 2)]);
  const read = await readLog(new Uint8Array(log));
  expect(ids(read)).toEqual([1]);
  expect(read.issues).toEqual([]);
});

const CASES: readonly (readonly [string, Uint8Array, readonly number[], readonly RegExp[]])[] = [
  [
    'a wrong checksum of the header',
    damaged((chunk) => chunk.set([1], 124)),
    [1, 2, 3],
    [/^4096: the checksum of the chunk's header/],
  ],
  [
    'a wrong checksum of the records',
    damaged((chunk, starts) => chunk.set([0x7a], nth(starts, 2) + 16)),
    [1, 2, 3],
    [/^4096: the checksum of the chunk's records/],
  ],
  [
    'a zeroed record',
    damaged((chunk, starts, writer) => {
      chunk.fill(0, nth(starts, 1), nth(starts, 2));
      writer.seal();
    }),
    [1, 3],
    [/bytes of zeros between records/, /names 3 records; 2 were found/],
  ],
  [
    'a record overwritten with noise',
    damaged((chunk, starts, writer) => {
      chunk.fill(0xee, nth(starts, 1), nth(starts, 2));
      writer.seal();
    }),
    [1, 3],
    [/bytes are no record/, /names 3 records; 2 were found/],
  ],
  [
    'a record of size 0',
    damaged((chunk, starts, writer) => {
      chunk.fill(0, nth(starts, 1) + 4, nth(starts, 1) + 8);
      writer.seal();
    }),
    [1, 2, 3],
    [/the size of the record is wrong; what can be read of it is kept/],
  ],
  [
    'a record of a size beyond the chunk',
    damaged((chunk, starts, writer) => {
      chunk.set([0xff, 0xff, 0xff, 0x7f], nth(starts, 1) + 4);
      writer.seal();
    }),
    [1, 2, 3],
    [/the size of the record is wrong/],
  ],
  [
    'a chunk that says it is used beyond its end',
    damaged((_chunk, _starts, writer) => writer.patch32(48, 0x7fff_ffff)),
    [1, 2, 3],
    [/does not say how much of it is used/],
  ],
  [
    'a chunk that says less of it is used than is',
    damaged((_chunk, starts, writer) => {
      writer.patch32(48, nth(starts, 2));
      writer.seal();
    }),
    [1, 2, 3],
    [/holds more records than its header says/],
  ],
  [
    'a chunk without its magic',
    damaged((chunk) => chunk.fill(0, 0, 8)),
    [1, 2, 3],
    [/^4096: the chunk has no header/],
  ],
  [
    'a log cut off within a record',
    processLog([[1, 2, 3]]).subarray(0, HEADER + 512 + nth(threeEvents().starts, 2) - 512 + 20),
    [1, 2],
    [/cut off after/],
  ],
  [
    'a log without its header',
    processLog(SIX).subarray(HEADER),
    [1, 2, 3, 4, 5, 6],
    [/^0: the log has no file header/],
  ],
  [
    'a log whose header is noise',
    new Uint8Array(
      Buffer.concat([new Uint8Array(HEADER).fill(0xee), processLog(SIX).subarray(HEADER)]),
    ),
    [1, 2, 3, 4, 5, 6],
    [/^0: the log has no file header/, /^0: no chunk starts here/m],
  ],
  [
    'bytes that came in between chunks',
    insertBytes(processLog(SIX), HEADER + CHUNK, 1000),
    [1, 2, 3, 4, 5, 6],
    [/no chunk starts here/],
  ],
  [
    'bytes that were lost from a chunk',
    removeBytes(processLog(SIX), HEADER + CHUNK - 5000, 5000),
    [1, 2, 3, 4, 5, 6],
    [],
  ],
];

function insertBytes(log: Uint8Array, at: number, count: number): Uint8Array {
  return new Uint8Array(
    Buffer.concat([log.subarray(0, at), new Uint8Array(count).fill(0xee), log.subarray(at)]),
  );
}

function removeBytes(log: Uint8Array, at: number, count: number): Uint8Array {
  return new Uint8Array(Buffer.concat([log.subarray(0, at), log.subarray(at + count)]));
}

test.each(CASES)('recovers what it can from %s', async (_what, log, expected, issues) => {
  const read = await readLog(log);
  expect(ids(read)).toEqual(expected);
  for (const issue of issues) expect(read.issues.join('\n')).toMatch(issue);
  if (issues.length > 0) expect(read.issues.length).toBeGreaterThanOrEqual(issues.length);
  for (const record of read.records)
    expect(String(record.field('NewProcessName'))).toBe(
      `C:\\made-up\\program${record.recordId}.exe`,
    );
});

test('takes a lost template definition from a chunk before', async () => {
  const second = addProcessEvents(new ChunkWriter(), [4]);
  const chunk = second.finish();
  const at = second.definitions.get(PROCESS) ?? Number.NaN;
  chunk.fill(0xee, at + 28, at + 60);
  second.seal();
  const read = await readLog(writeLog([threeEvents().finish(), chunk]));
  expect(read.records[3]?.field('NewProcessName')).toBe('C:\\made-up\\program4.exe');
});

test.each([
  ['the payload', PROCESS, 4688],
  ['the whole event', OUTER, undefined],
])('keeps the values of %s whose template definition is lost', async (_what, template, eventId) => {
  const log = damaged((chunk, _starts, writer) => {
    const at = writer.definitions.get(template) ?? Number.NaN;
    // Its own id; the size must stay for what follows to be found.
    chunk.fill(0xee, at + 4, at + 8);
    writer.seal();
  });
  const { records, issues } = await readLog(log);
  const [record] = records;
  expect(records).toHaveLength(3);
  expect(record?.eventId).toBe(eventId);
  const values = [...(record?.fields().values() ?? [])].flat();
  expect(values).toContain('C:\\made-up\\program1.exe');
  expect(record?.fault).toMatch(/its template definition is lost/);
  expect(issues.join('\n')).toMatch(
    /parts of the record are lost: its template definition is lost/,
  );
});

test('finds a record that its neighbour was made to hide', async () => {
  const log = damaged((_chunk, starts, writer) => {
    const [at, end] = [nth(starts, 0), nth(starts, 2)];
    writer.patch32(at + 4, end - at);
    writer.patch32(end - 4, end - at);
    writer.seal();
  });
  const read = await readLog(log);
  expect(ids(read)).toEqual([1, 2, 3]);
  expect(read.issues.join('\n')).toMatch(/a record is hidden in the room of the one before it/);
});

test('reads leftovers in the unused end of a chunk only when asked to', async () => {
  const writer = addProcessEvents(new ChunkWriter(), [21, 22, 23, 24]);
  const chunk = writer.finish();
  // As if 21 and 22 were all; 23 would go on without a gap, so it is damaged.
  writer.patch32(48, nth(writer.starts, 2));
  chunk.fill(0, nth(writer.starts, 2), nth(writer.starts, 2) + 4);
  writer.seal();
  const log = writeLog([chunk]);
  expect(ids(await readLog(log))).toEqual([21, 22]);
  const read = await readLog(log, { leftovers: true });
  expect(ids(read)).toEqual([21, 22, 24]);
  expect(read.records.map(({ isRecovered }) => isRecovered)).toEqual([false, false, true]);
  expect(read.issues.join('\n')).toMatch(/1 records are left over in the unused end/);
});

test('does not read a leftover again that the log still has', async () => {
  const first = addProcessEvents(new ChunkWriter(), [21, 22]).finish();
  const second = addProcessEvents(new ChunkWriter(), [23, 24, 22]);
  const chunk = second.finish();
  second.patch32(48, nth(second.starts, 2));
  second.seal();
  const read = await readLog(writeLog([first, chunk]), { leftovers: true });
  expect(ids(read)).toEqual([21, 22, 23, 24]);
});

function nestedPayload(depth: number): Value {
  const template = { id: 0xd0 + depth, root: element('Level', {}, [slot(0)]) };
  return { template, values: [depth === 0 ? text('end') : nestedPayload(depth - 1)] };
}

function deepElement(depth: number): Element {
  return element('E', {}, depth === 0 ? ['end'] : [deepElement(depth - 1)]);
}

function manySlots(count: number): Element {
  return element(
    'EventData',
    {},
    Array.from({ length: count }, () => slot(0)),
  );
}

const WIDE = element(
  'EventData',
  {},
  Array.from({ length: 600 }, () => element('D', {}, ['x'])),
);

test.each<[string, Value, RegExp]>([
  ['fragments nested without end', nestedPayload(40), /fragments nested deeper than 8/],
  [
    'elements nested without end',
    { template: { id: 0xc3, root: deepElement(200) }, values: [] },
    /elements nested deeper than 64/,
  ],
  [
    'a fragment that is put in several places',
    {
      template: { id: 0xc3, root: manySlots(9) },
      values: [{ template: { id: 0xc4, root: WIDE }, values: [] }],
    },
    /a fragment in two places/,
  ],
  [
    'a template within a template definition',
    {
      template: {
        id: 0xc3,
        root: element('EventData', {}, [
          { tokens: (writer) => writer.instance({ template: PROCESS, values: [] }) },
        ]),
      },
      values: [],
    },
    /a template within a template definition/,
  ],
])('stops at %s and keeps the header', async (_what, payload, fault) => {
  const writer = new ChunkWriter();
  addEvent(writer, payload);
  const { records, issues } = await readLog(writeLog([writer.finish()]));
  expect(records[0]?.eventId).toBe(4688);
  expect(issues.join('\n')).toMatch(fault);
  expect(records[0]?.toXml().length).toBeLessThan(100_000);
});

test('bounds what a chunk of templates used again and again can cost', async () => {
  const writer = new ChunkWriter();
  const wide = { id: 0xc4, root: WIDE };
  writer.addRaw(1, () => {
    writer.raw([0x0f, 1, 1, 0]);
    writer.instance({ template: wide, values: [] });
    for (let use = 0; use < 2000; use += 1) writer.instance({ template: wide, values: [] });
    writer.u8(0);
  });
  const { records, issues } = await readLog(writeLog([writer.finish()]));
  expect(issues.join('\n')).toMatch(/more parts than any event has/);
  for (const record of records) expect(record.toXml().length).toBeLessThan(2_000_000);
});

test('closes the file when its reader stops early', async () => {
  let isClosed = false;
  async function* chunks() {
    try {
      for (;;) yield processLog([[1]]);
    } finally {
      isClosed = true;
    }
  }
  const input = { source: 'x', crc32: undefined, leftovers: false, templates: undefined };
  for await (const { records } of readEvtx({ ...input, chunks: chunks() }))
    if (records.length > 0) break;
  expect(isClosed).toBe(true);
});

test('counts the damage of a log that has no end of it', async () => {
  const chunk = new Uint8Array(CHUNK).fill(0xee);
  for (let at = 512; at < CHUNK - 64; at += 64) chunk.set([0x2a, 0x2a, 0, 0], at);
  const { records, issues } = await readLog(writeLog(new Array<Uint8Array>(60).fill(chunk)));
  expect(records).toEqual([]);
  expect(issues.length).toBeLessThanOrEqual(1_001);
  expect(issues.at(-1)).toMatch(/more parts of the log are damaged/);
});

async function exerciseAll(log: Uint8Array): Promise<void> {
  const { records } = await readLog(log, { leftovers: true });
  for (const record of records) {
    record.fields();
    record.toXml();
    record.eventId;
    record.writtenTime;
  }
}

test('never throws or hangs on any bytes', async () => {
  const start = fc.constantFrom('', 'ElfFile\0', 'ElfChnk\0');
  await fc.assert(
    fc.asyncProperty(start, fc.uint8Array({ maxLength: 6000 }), async (magic, bytes) => {
      await exerciseAll(new Uint8Array(Buffer.concat([Buffer.from(magic, 'latin1'), bytes])));
    }),
    { numRuns: fuzzRuns(100) },
  );
});

test('never throws or hangs on a log with bytes changed, and keeps the chunks that are whole', async () => {
  const log = processLog([
    [1, 2, 3],
    [4, 5],
  ]);
  const used = threeEvents().position;
  const change = fc.record({
    at: fc.integer({ min: 0, max: used }),
    bytes: fc.uint8Array({ minLength: 1, maxLength: 8 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 8 }), async (changes) => {
      const changed = log.slice();
      for (const { at, bytes } of changes) changed.set(bytes, HEADER + at);
      await exerciseAll(changed);
      expect(ids(await readLog(changed))).toEqual(expect.arrayContaining([4, 5]));
    }),
    { numRuns: fuzzRuns(300) },
  );
});

test('keeps numbers of records apart', () => {
  const numbers = fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 80 });
  fc.assert(
    fc.property(numbers, (added) => {
      const set = new RecordIdSet();
      const seen = new Set<number>();
      for (const id of added) {
        expect(set.add(id)).toBe(!seen.has(id));
        seen.add(id);
      }
    }),
  );
});

test('bounds what one value in thousands of places can cost', async () => {
  const writer = new ChunkWriter();
  const root = element(
    'EventData',
    {},
    Array.from({ length: 2000 }, () => element('D', {}, [slot(0)])),
  );
  addEvent(writer, { template: { id: 0xc3, root }, values: [text('x'.repeat(10_000))] });
  const { records, issues } = await readLog(writeLog([writer.finish()]));
  expect(issues.join('\n')).toMatch(/values in more places than any event has them/);
  expect(records[0]?.eventId).toBe(4688);
  expect(records[0]?.toXml().length).toBeLessThan(1_000_000);
});

test('values that run over the end of their record are left out', async () => {
  const writer = new ChunkWriter();
  writer.addEvent({ number: 1, template: OUTER, values: outerValues(1, text('x')) });
  const chunk = writer.finish();
  const at = (writer.definitions.get(OUTER) ?? 0) + 24;
  const size = new DataView(chunk.buffer).getUint32(at - 4, true);
  // The size of the last value, in its descriptor.
  writer.patch16(at + size + 4 + 6 * 4, 0xffff);
  const { records, issues } = await readLog(writeLog([chunk]));
  expect(records[0]?.eventId).toBe(4688);
  expect(issues.join('\n')).toMatch(/values run over its end/);
});
