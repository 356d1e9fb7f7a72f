import { isUtf8 } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fuzzRuns } from '../../../test/fuzz-runs.js';
import { isRecord } from '../../model/index.js';
import type { Event } from '../event.js';
import { shapeEvent } from '../json-shapes.js';
import { TEXT_FORM } from '../lazy-fields.js';
import { JsonLineEvents } from './json-line-events.js';

function makeEvent(lines: JsonLineEvents, bytes: Buffer): Event | undefined {
  return lines.make({ bytes, start: 0, end: bytes.length, number: 7 });
}

function plain(event: Pick<Event, 'time' | 'zone' | 'host' | 'user' | 'logsource' | 'fields'>) {
  const { time, zone, host, user, logsource, fields } = event;
  return { time, zone, host, user, logsource, fields: [...fields] };
}

function fullEvent(bytes: Buffer) {
  const record: unknown = JSON.parse(bytes.toString('utf8'));
  return isRecord(record) ? plain(shapeEvent(record)) : undefined;
}

const NAMES = [
  'Image',
  'CommandLine',
  'NewProcessName',
  'ProcessCommandLine',
  'SubjectUserName',
  'User',
  'UtcTime',
  '@timestamp',
  'Hostname',
  'Computer',
  'EventId',
  'Provider_Name',
  'Threat Name',
  'tags',
  'message',
  'é',
  '0',
  '__proto__',
  'toString',
];

function value() {
  return fc.oneof(
    { weight: 6, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }) },
    { weight: 2, arbitrary: fc.constantFrom('2026-01-05T10:00:00Z', 'C:\\a\\b', '"\t', '-') },
    { weight: 2, arbitrary: fc.oneof(fc.integer(), fc.double({ noNaN: true })) },
    { weight: 1, arbitrary: fc.constantFrom(true, false, null, [], ['x'], ['x', 'y'], { a: 1 }) },
  );
}

function lineOf(fields: readonly (readonly [string, unknown])[]): string {
  return `{${fields.map(([name, one]) => `${JSON.stringify(name)}:${JSON.stringify(one)}`).join()}}`;
}

function windowsLine() {
  return fc
    .record({
      id: fc.constantFrom(1, '1', 4688, '4104', 13, '', null, 'x'),
      channel: fc.constantFrom('Security', 'Microsoft-Windows-Sysmon/Operational', '', 5, null),
      others: fc.array(fc.tuple(fc.constantFrom(...NAMES), value()), { maxLength: 8 }),
      space: fc.constantFrom('', ' ', '\r'),
    })
    .map(({ id, channel, others, space }) => {
      const fields: [string, unknown][] = [['EventID', id], ['Channel', channel], ...others];
      return Buffer.from(lineOf(fields) + space);
    });
}

describe('lines of flat Windows events', () => {
  it('make the events that the full reader makes of them', () => {
    let made = 0;
    fc.assert(
      fc.property(fc.array(windowsLine(), { minLength: 1, maxLength: 5 }), (several) => {
        const lines = new JsonLineEvents('some.json');
        for (const bytes of several) {
          const event = makeEvent(lines, bytes);
          if (event === undefined) continue;
          made += 1;
          expect(plain(event)).toEqual(fullEvent(bytes));
          expect([event.record, event.source, event.kind]).toEqual(['7', 'some.json', 'event']);
          expect(event.fields.size).toBe([...event.fields].length);
          for (const [name, one] of event.fields) expect(event.fields.get(name)).toEqual(one);
        }
      }),
      { numRuns: fuzzRuns(1_000) },
    );
    expect(made).toBeGreaterThan(200);
  });

  it('are left to the full reader when they are damaged or of another form, whatever the bytes', () => {
    const lines = new JsonLineEvents('some.json');
    fc.assert(
      fc.property(
        windowsLine(),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 3 }),
        fc.nat(),
        (line, changes, cut) => {
          const bytes = Buffer.from(line.subarray(0, line.length - (cut % 4)));
          for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
          const event = makeEvent(lines, bytes);
          if (event === undefined) return;
          expect(isUtf8(bytes)).toBe(true);
          expect(plain(event)).toEqual(fullEvent(bytes));
        },
      ),
      { numRuns: fuzzRuns(3_000) },
    );
  });

  it.each([
    ['nothing', ''],
    ['an empty object', '{}'],
    ['a list', '[{"EventID":1,"Channel":"Security"}]'],
    ['nested members', '{"EventID":1,"Channel":"Security","a":{"b":1}}'],
    ['a name twice', '{"EventID":1,"Channel":"Security","EventID":2}'],
    ['a number with a fraction', '{"EventID":1,"Channel":"Security","a":1.5}'],
    ['a leading zero', '{"EventID":01,"Channel":"Security"}'],
    ['a control character', '{"EventID":1,"Channel":"Sec\turity"}'],
    ['more behind it', '{"EventID":1,"Channel":"Security"} x'],
    ['no event id', '{"Channel":"Security","Image":"a"}'],
    ['a wrapper', '{"EventID":1,"Channel":"Security","_raw":"{\\"a\\":1}"}'],
  ])('are not taken when they hold %s', (_what, line) => {
    expect(makeEvent(new JsonLineEvents('some.json'), Buffer.from(line))).toBeUndefined();
  });

  it('hand out where a plain text stands', () => {
    const bytes = Buffer.from(
      '{"EventID":1,"Channel":"Security","Image":"C:\\\\a","User":"\\u0041"}',
    );
    const fields = makeEvent(new JsonLineEvents('some.json'), bytes)?.fields;
    if (fields === undefined || !('textAt' in fields)) throw new Error('not read lazily');
    const { textAt, layout } = fields as unknown as {
      textAt: (slot: number) => number;
      layout: { slots: ReadonlyMap<string, number> };
    };
    const ask = (name: string) => textAt.call(fields, layout.slots.get(name) ?? -1);
    expect(['EventID', 'Channel', 'Image', 'User', 'Computer'].map(ask)).toEqual([
      TEXT_FORM.json,
      TEXT_FORM.json,
      TEXT_FORM.json,
      TEXT_FORM.none,
      TEXT_FORM.none,
    ]);
  });
});
