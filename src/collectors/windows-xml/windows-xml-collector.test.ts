import { describe, expect, it } from 'vitest';
import { collect } from '../../../test/contract/collect.js';
import { windowsXmlCollector } from './windows-xml-collector.js';

const HEAD =
  '<System><Provider Name="Microsoft-Windows-Security-Auditing"/><EventID Qualifiers="0">4688</EventID><TimeCreated SystemTime="2026-11-24T10:00:00Z"/><Channel>Security</Channel><Computer>ws1</Computer></System>';
const event = (body: string): string => `<Event>${HEAD}${body}</Event>`;
const DATA = '<EventData><Data Name="NewProcessName">C:\\a.exe</Data></EventData>';

const read = (text: string) => collect(windowsXmlCollector, text);
const fieldsOf = async (text: string) => (await read(text)).events[0]?.fields;

describe('windowsXmlCollector', () => {
  it('routes an event and names its fields as Sigma does', async () => {
    const [first] = (await read(event(DATA))).events;
    expect(first).toMatchObject({ time: '2026-11-24T10:00:00.000Z', host: 'ws1' });
    expect(first?.logsource).toMatchObject({
      product: 'windows',
      services: ['security'],
      categories: ['process_creation'],
    });
    expect(first?.fields.get('Image')).toBe('C:\\a.exe');
    expect(first?.fields.get('EventID')).toBe(4688);
  });

  it.each([
    [
      'data without names',
      '<EventData><Data>a</Data><Data>b</Data></EventData>',
      'Data',
      ['a', 'b'],
    ],
    [
      'data named twice',
      '<EventData><Data Name="a">1</Data><Data Name="a">2</Data></EventData>',
      'a',
      ['1', '2'],
    ],
    [
      'entities',
      '<EventData><Data Name="a">&lt;&amp;&gt;&#65;&#x42;&quot;</Data></EventData>',
      'a',
      '<&>AB"',
    ],
    ['CDATA', '<EventData><Data Name="a"><![CDATA[<b>]]></Data></EventData>', 'a', '<b>'],
    ['user data', '<UserData><Any xmlns="x"><Param1>p</Param1></Any></UserData>', 'Param1', 'p'],
    ['empty data', '<EventData><Data Name="a"/></EventData>', 'a', ''],
    ['line breaks', '<EventData><Data Name="a">x&#13;&#10;y</Data></EventData>', 'a', 'x\r\ny'],
    [
      'a rendered message',
      `${DATA}<RenderingInfo Culture="en-US"><Message>said</Message></RenderingInfo>`,
      'Message',
      'said',
    ],
    [
      'control characters',
      '<EventData><Data Name="a">x\u0001y&#x1;</Data></EventData>',
      'a',
      'x\ufffdy\ufffd',
    ],
    ['a lone ampersand', '<EventData><Data Name="a">x & y</Data></EventData>', 'a', 'x & y'],
    [
      'a name that all objects have',
      '<EventData><Data Name="__proto__">x</Data></EventData>',
      '__proto__',
      'x',
    ],
  ])('reads %s', async (_name, body, field, value) => {
    expect((await fieldsOf(event(body)))?.get(field)).toEqual(value);
  });

  it('reads events in a row, with a declaration before each, or with evtxexport’s heading', async () => {
    const declared = `<?xml version="1.0"?>${event(DATA)}\n`.repeat(3);
    expect(await read(declared)).toMatchObject({ events: [{}, {}, {}], issues: [] });
    const exported = `evtxexport 20181227\n\n${event(DATA)}\n\nNo recovered records to export.\n`;
    expect(await read(exported)).toMatchObject({ events: [{ record: '3' }], issues: [] });
  });

  it('gives the events around a damaged one, and says which line that is', async () => {
    const text = [
      event(DATA),
      '<Event><System><Provider Name="x"',
      event(DATA),
      event('<EventData><Data Name="a">x</EventData>'),
      event(DATA),
      'stray words',
      event(DATA),
      '<Event><System>',
    ].join('\n');
    const { events, issues } = await read(text);
    expect(events.map(({ record }) => record)).toEqual(['1', '3', '5', '7']);
    expect(issues.map(({ code, at }) => [code, at?.line])).toEqual([
      ['XML_INVALID', 2],
      ['XML_INVALID', 4],
      ['XML_INVALID', 6],
      ['XML_INVALID', 8],
    ]);
  });

  it('says that an event without a header is none', async () => {
    expect(await read('<Event><a/></Event>')).toMatchObject({
      events: [],
      issues: [{ code: 'XML_INVALID', message: 'expected an event with System, found none' }],
    });
  });

  it('passes over an event of more than 2 MiB', async () => {
    const long = event(`<EventData><Data Name="a">${'x'.repeat(3_000_000)}</Data></EventData>`);
    const { events, issues } = await read(`${event(DATA)}\n${long}\n${event(DATA)}`);
    expect(events.map(({ record }) => record)).toEqual(['1', '3']);
    expect(issues).toMatchObject([{ code: 'INPUT_TOO_LARGE', at: { line: 2 } }]);
  });

  it('knows Sysmon for Linux', async () => {
    const text =
      '<Event><System><Provider Name="Linux-Sysmon"/><EventID>1</EventID><Channel>Linux-Sysmon/Operational</Channel></System><EventData><Data Name="Image">/usr/bin/id</Data></EventData></Event>';
    expect((await read(text)).events[0]?.logsource).toMatchObject({
      product: 'linux',
      categories: ['process_creation'],
      services: ['sysmon'],
    });
  });
});
