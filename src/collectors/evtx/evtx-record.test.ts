import { expect, test } from 'vitest';
import {
  ChunkWriter,
  type Content,
  type Element,
  element,
  NULL,
  optionalSlot,
  slot,
  text,
  uint,
  utf16,
  type Value,
  writeLog,
} from '../../../test/evtx/evtx-writer.js';
import { addEvent, addProcessEvents, processLog } from '../../../test/evtx/made-up-events.js';
import { readLog } from '../../../test/evtx/read-log.js';

async function readOne(write: (writer: ChunkWriter) => void) {
  const writer = new ChunkWriter();
  write(writer);
  const { records, issues } = await readLog(writeLog([writer.finish()]));
  expect(issues).toEqual([]);
  const [record] = records;
  if (record === undefined) throw new Error('no record');
  return record;
}

function readPayload(root: Element, values: readonly Value[]) {
  return readOne((writer) => addEvent(writer, { template: { id: 0xc3, root }, values }));
}

test('reads the header, the payload and the record', async () => {
  const record = await readOne((writer) => addProcessEvents(writer, [7]));
  expect(record.recordId).toBe(7);
  expect(record.writtenTime).toBe('2026-01-02T03:04:05.6789012Z');
  expect(record.createdTime).toBe(Date.parse('2026-01-02T03:04:05.678Z'));
  expect(record.offset).toBe(4096 + 512);
  expect(record.eventId).toBe(4688);
  expect(record.provider).toBe('Example-Provider');
  expect(record.channel).toBe('Security');
  expect(record.computer).toBe('host.example.com');
  expect(record.systemValue('Execution/@ProcessID')).toBe(816);
  expect(record.systemValue('Security/@UserID')).toBeUndefined();
  expect(record.field('NewProcessName')).toBe('C:\\made-up\\program7.exe');
  expect(Object.fromEntries(record.fields())).toEqual({
    NewProcessName: 'C:\\made-up\\program7.exe',
    SubjectUserName: 'alice',
    SubjectLogonId: '0x3e7',
    'Threat Name': 'none',
  });
});

test('writes the event as XML', async () => {
  const record = await readOne((writer) => addProcessEvents(writer, [7]));
  expect(record.toXml()).toBe(
    '<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event"><System>' +
      '<Provider Name="Example-Provider" Guid="{00000000-0000-0000-0000-000000000001}"/><EventID>4688</EventID>' +
      '<Level>4</Level><TimeCreated SystemTime="2026-01-02T03:04:05.6789012Z"/><EventRecordID>7</EventRecordID>' +
      '<Execution ProcessID="816"/><Channel>Security</Channel><Computer>host.example.com</Computer><Security/></System>' +
      '<EventData><Data Name="NewProcessName">C:\\made-up\\program7.exe</Data><Data Name="SubjectUserName">alice</Data>' +
      '<Data Name="SubjectLogonId">0x3e7</Data><Data Name="Threat Name">none</Data></EventData></Event>',
  );
});

const data = (content: readonly Content[]) => element('Data', {}, content);

test.each<[string, Element, readonly Value[], Record<string, unknown>, string]>([
  [
    'unnamed values are a list',
    element('EventData', {}, [data([slot(0)]), data([slot(1)])]),
    [text('a'), text('b')],
    { Data: ['a', 'b'] },
    '<EventData><Data>a</Data><Data>b</Data></EventData>',
  ],
  [
    'an array repeats its element',
    element('EventData', {}, [data([slot(0)]), element('Binary', {}, [slot(1)])]),
    [
      { type: 0x81, bytes: utf16('a\0b\0') },
      { type: 0x0e, bytes: [1, 0xaf] },
    ],
    { Data: ['a', 'b'], Binary: '01AF' },
    '<EventData><Data>a</Data><Data>b</Data><Binary>01AF</Binary></EventData>',
  ],
  [
    'an element that depends on a null value is left out',
    element('EventData', {}, [
      { ...element('Data', { Name: 'gone' }, [slot(0)]), dependency: 0 },
      { ...element('Data', { Name: 'there' }, [slot(1)]), dependency: 1 },
    ]),
    [NULL, text('b')],
    { there: 'b' },
    '<EventData><Data Name="there">b</Data></EventData>',
  ],
  [
    'a null value is empty where nothing depends on it',
    element('EventData', {}, [element('Data', { Name: 'empty' }, [optionalSlot(0)])]),
    [NULL],
    { empty: '' },
    '<EventData><Data Name="empty"/></EventData>',
  ],
  [
    'what stands around UserData is no part of the names',
    element('UserData', {}, [
      element('Operation', { xmlns: 'urn:example' }, [
        element('Name', {}, [slot(0)]),
        element('Detail', { code: slot(1) }, [element('Inner', {}, ['fixed'])]),
      ]),
    ]),
    [text('n'), uint(0x08, 4, 5n)],
    { Name: 'n', 'Detail.@code': 5, 'Detail.Inner': 'fixed' },
    '<UserData><Operation xmlns="urn:example"><Name>n</Name><Detail code="5"><Inner>fixed</Inner></Detail></Operation></UserData>',
  ],
  [
    'text and slots in a row are one value',
    element('EventData', {}, [element('Data', { Name: 'mix' }, ['<', slot(0), '&', slot(1)])]),
    [uint(0x08, 4, 5n), text('"')],
    { mix: '<5&"' },
    '<EventData><Data Name="mix">&lt;5&amp;&quot;</Data></EventData>',
  ],
  [
    'a name may come from a slot',
    element('EventData', {}, [element('Data', { Name: slot(0) }, [slot(1)])]),
    [text('chosen'), text('v')],
    { chosen: 'v' },
    '<EventData><Data Name="chosen">v</Data></EventData>',
  ],
  [
    'names of the prototype are fields like others',
    element('EventData', {}, [element('Data', { Name: '__proto__' }, [slot(0)])]),
    [text('v')],
    JSON.parse('{"__proto__":"v"}'),
    '<EventData><Data Name="__proto__">v</Data></EventData>',
  ],
  [
    'a hostile name cannot leave its place in the XML',
    element('EventData', {}, [element('a><b', { 'x y="': 'z' }, ['\u0001\ud800'])]),
    [],
    { 'a><b': '\u0001\ud800', 'a><b.@x y="': 'z' },
    '<EventData><a__b x_y__="z">\ufffd\ufffd</a__b></EventData>',
  ],
])('%s', async (_what, root, values, fields, xml) => {
  const record = await readPayload(root, values);
  expect(Object.fromEntries(record.fields())).toEqual(fields);
  expect(record.toXml()).toContain(`</System>${xml}</Event>`);
});

test('reads CDATA, references and instructions', async () => {
  const special: Content = {
    tokens: (writer) => {
      writer.u8(0x47).counted('<cdata>');
      writer.u8(0x48).u16(0x41);
      writer.u8(0x49).name('amp');
      writer.u8(0x49).name('unknown');
      writer.u8(0x0a).name('target').u8(0x0b).counted('text');
    },
  };
  const record = await readPayload(element('EventData', {}, [data([special])]), []);
  expect(record.field('Data')).toBe('<cdata>A&&unknown;');
  expect(record.toXml()).toContain('<Data>&lt;cdata&gt;A&amp;&amp;unknown;<?target text?></Data>');
});

test('reads an event that uses no template', async () => {
  const record = await readOne((writer) =>
    writer.addRaw(1, () => {
      writer.raw([0x0f, 1, 1, 0]);
      const system = element('System', {}, [
        element('EventID', {}, ['4104']),
        element('TimeCreated', { SystemTime: '2026-01-02T03:04:05Z' }, []),
      ]);
      const payload = element('EventData', {}, [element('Data', { Name: 'x' }, ['y'])]);
      writer.element(element('Event', {}, [system, payload]), false);
      writer.u8(0);
    }),
  );
  expect(record.eventId).toBe(4104);
  expect(record.createdTime).toBe('2026-01-02T03:04:05Z');
  expect(record.field('x')).toBe('y');
});

test('reads a fragment in a fragment in a fragment', async () => {
  const inner = {
    template: { id: 0xe5, root: element('Deep', {}, [slot(0)]) },
    values: [text('v')],
  };
  const record = await readPayload(element('UserData', {}, [element('Wrap', {}, [slot(0)])]), [
    inner,
  ]);
  expect(record.field('Deep')).toBe('v');
  expect(record.toXml()).toContain('<UserData><Wrap><Deep>v</Deep></Wrap></UserData>');
});

test('compiles a template once for all chunks, also where its names stand elsewhere', async () => {
  const second = new ChunkWriter();
  // Takes the names first, so that the template only refers to them.
  second.addRaw(3, () => {
    second.raw([0x0f, 1, 1, 0]);
    second.element(element('Data', { Name: 'x' }, [element('EventData', {}, ['y'])]), false);
    second.u8(0);
  });
  addProcessEvents(second, [4]);
  const third = addProcessEvents(new ChunkWriter(), [5]);
  const first = addProcessEvents(new ChunkWriter(), [1, 2]);
  const log = writeLog([first, second, third].map((writer) => writer.finish()));
  const { records } = await readLog(log);
  expect(records.map(({ recordId }) => recordId)).toEqual([1, 2, 3, 4, 5]);
  const shapes = [0, 1, 3, 4].map((index) => records[index]?.shape);
  expect(shapes[1]).toBe(shapes[0]);
  expect(shapes[3]).toBe(shapes[0]);
  expect(records[3]?.field('NewProcessName')).toBe('C:\\made-up\\program4.exe');
});

test('tells templates of one GUID apart by what they say', async () => {
  const chunks = ['Image', 'Other'].map((name) => {
    const writer = new ChunkWriter();
    const root = element('EventData', {}, [element('Data', { Name: name }, [slot(0)])]);
    addEvent(writer, { template: { id: 0xc3, root }, values: [text('v')] });
    return writer.finish();
  });
  const { records } = await readLog(writeLog(chunks));
  expect(records.map((record) => [...record.fields().keys()])).toEqual([['Image'], ['Other']]);
});

test.each([1, 7, 4096, 65_536, 1_000_000])(
  'reads a log in pieces of %i bytes',
  async (pieceBytes) => {
    const { records, issues } = await readLog(processLog([[1, 2], [3]]), { pieceBytes });
    expect(records.map(({ recordId }) => recordId)).toEqual([1, 2, 3]);
    expect(issues).toEqual([]);
  },
);
