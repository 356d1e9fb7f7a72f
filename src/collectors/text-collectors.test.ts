import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collect } from '../../test/contract/collect.js';
import { COLLECTOR_SAMPLES } from '../../test/contract/collector-samples.js';
import { fuzzRuns } from '../../test/fuzz-runs.js';
import type { Collector } from './collector.js';
import { COLLECTORS, detectCollector } from './collectors.js';

function collectorOf(format: string): Collector {
  const found = COLLECTORS.find(({ name }) => name === format);
  if (found === undefined) throw new Error(`no collector ${format}`);
  return found;
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

describe.each(COLLECTOR_SAMPLES)('the collector of $format', ({ format, text, events, lines }) => {
  const collector = collectorOf(format);
  const bytes = encode(text);

  it('is told by the content, whatever the name', () => {
    expect(detectCollector('x.json', bytes)?.name).toBe(format);
    expect(detectCollector('', encode(text.replaceAll('\n', '\r\n')))?.name).toBe(format);
    const mark = Buffer.concat([Buffer.from('\ufeff'), bytes]);
    expect(detectCollector('', mark)?.name).toBe(format);
  });

  it('reads every event, and where it starts', async () => {
    const collected = await collect(collector, text);
    expect(collected.events).toHaveLength(events);
    expect(collected.events.map(({ record }) => record)).toEqual(lines);
    expect(collected.issues.filter(({ code }) => code !== 'TIME_ASSUMED')).toEqual([]);
  });

  it('reads UTF-16 as PowerShell writes it', async () => {
    const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le');
    expect(detectCollector('', utf16)?.name).toBe(format);
    expect((await collect(collector, utf16)).events).toEqual(
      (await collect(collector, text)).events,
    );
  });

  it('makes the same of any cut into chunks', async () => {
    const whole = await collect(collector, text);
    for (const size of [1, 2, 3, 7, 64, 1_000])
      expect(await collect(collector, bytes, size)).toEqual(whole);
  });

  it('takes any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2_000 }), async (input) => {
        collector.detect('', input);
        await collect(collector, input, 100);
      }),
      { numRuns: fuzzRuns(200) },
    );
  });

  it('takes its own format with bytes changed, left out and cut off', async () => {
    const place = fc.nat({ max: bytes.length - 1 });
    const change = fc.record({
      place,
      byte: fc.constantFrom(0, 10, 34, 60, 91, 92, 124, 255, 195),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 6 }), place, async (changes, end) => {
        const changed = bytes.slice();
        for (const { place: at, byte } of changes) changed[at] = byte;
        await collect(collector, changed.subarray(0, end));
        await collect(collector, Buffer.concat([changed.subarray(end), bytes]), 100);
      }),
      { numRuns: fuzzRuns(200) },
    );
  });

  it('passes over a line of 10 MB, and reads what follows', async () => {
    const long = Buffer.alloc(10 * 1024 * 1024, 'a');
    const collected = await collect(collector, Buffer.concat([bytes, long, encode('\n'), bytes]));
    expect(collected.issues.length).toBeGreaterThan(0);
    // The header of a table is not repeated: it is passed over.
    const again = format === 'auditd' ? 1 : 2; // Records with the same number are one event.
    expect(collected.events.length).toBeGreaterThanOrEqual(events * again);
  });

  it('reads a file that is a thousand times as long without an event lost', async () => {
    const header = format === 'csv' || format === 'zeek' ? text : '';
    const body =
      header === ''
        ? text
        : text
            .split('\n')
            .slice(format === 'csv' ? 1 : 7)
            .join('\n');
    const times = format === 'auditd' ? 1 : 1_000;
    const collected = await collect(
      collector,
      header + body.repeat(times - (header === '' ? 0 : 1)),
    );
    expect(collected.events).toHaveLength(events * times);
  });
});

// Each repeats what a form must look for, so that a search that starts anew at each place takes ages.
const HOSTILE: readonly (readonly [string, string])[] = [
  ['words without an end', 'a'.repeat(900_000)],
  ['names without values', 'a='.repeat(400_000)],
  ['quotes that do not close', 'a="b" '.repeat(100_000).concat('a="')],
  ['braces that do not close', 'type=A msg=audit(1795514400.1:1): '.concat('a={ '.repeat(200_000))],
  ['brackets that do not close', '<34>1 - - - - - '.concat('[a b="'.repeat(150_000))],
  ['structured data that does not end', `<34>1 - - - - - [${'a b="c" '.repeat(100_000)}`],
  ['blanks', `Nov 24 10:00:00 ws1 sudo: ${' '.repeat(900_000)}`],
  ['a command without the rest', `Nov 24 10:00:00 ws1 sudo: ${'a ; TTY='.repeat(100_000)}`],
  ['a cron line without an end', `Nov 24 10:00:00 ws1 cron: ${'(a) CMD '.repeat(100_000)}`],
  ['a kernel line without an end', `Nov 24 10:00:00 ws1 kernel: ${'IN= OUT= SRC='.repeat(60_000)}`],
  ['bars', 'CEF:0|'.concat('|'.repeat(900_000))],
  ['backslashes', 'CEF:0|a|b|c|d|e|f|'.concat('\\'.repeat(900_000))],
  ['elements in elements', '<Event>'.concat('<a>'.repeat(200_000))],
  ['attributes', `<Event ${'a="b" '.repeat(100_000)}></Event>`],
  ['a bomb of entities', '<!DOCTYPE a [<!ENTITY b "&b;&b;">]><Event>&b;</Event>'],
  ['deep JSON', `Nov 24 10:00:00 ws1 app: ${'{"a":'.repeat(100_000)}`],
  ['a table with 100,000 columns', `a,time${',b'.repeat(100_000)}\n${'1,'.repeat(100_000)}\n`],
];

describe.each(HOSTILE)('%s', (_name, text) => {
  it.each(COLLECTORS.map(({ name }) => name))(
    'are no trouble for the collector of %s',
    async (name) => {
      const collector = collectorOf(name);
      const bytes = encode(text);
      detectCollector('', bytes.subarray(0, 65_536));
      const { events } = await collect(collector, bytes);
      expect(events.length).toBeLessThanOrEqual(2);
    },
  );
});

describe('detectCollector', () => {
  it.each([
    ['bytes of a program', Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0)],
    ['a picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13)],
    ['nothing', new Uint8Array()],
    ['blank lines', encode('\n\n  \n')],
  ])('takes %s for no log', (_name, bytes) => {
    expect(detectCollector('x.log', bytes)).toBeUndefined();
  });

  it.each([
    ['a log in brackets', '[2026-11-24 10:00:00] started\n[2026-11-24 10:00:01] ended\n', 'plain'],
    [
      'levels behind a time',
      '2026-11-24T10:00:00Z INFO main: started\n2026-11-24T10:00:01Z WARN main: x\n',
      'plain',
    ],
    ['prose', 'Dear reader, this is a text.\nIt has commas, and no columns.\n', 'plain'],
    ['a table of no log', 'shoe;size\nboot;42\n', 'plain'],
    ['an array', '[{"a":1}]', 'json'],
    ['a byte order mark and an object', '\ufeff{"a":1}', 'json'],
  ])('tells %s', (_name, text, format) => {
    expect(detectCollector('x', encode(text))?.name).toBe(format);
  });

  it('knows every collector by one name', () => {
    expect(new Set(COLLECTORS.map(({ name }) => name)).size).toBe(COLLECTORS.length);
  });

  it('is documented', () => {
    const text = readFileSync('docs/collectors.md', 'utf8');
    for (const { name } of COLLECTORS) expect(text).toContain(`\`${name}\``);
  });
});
