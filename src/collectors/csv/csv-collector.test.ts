import { describe, expect, it } from 'vitest';
import { collect } from '../../../test/contract/collect.js';
import { csvCollector } from './csv-collector.js';
import { detectDialect } from './csv-dialect.js';

const read = (text: string) => collect(csvCollector, text);
const first = async (text: string) => (await read(text)).events[0];

describe('detectDialect', () => {
  it.each([
    ['commas', 'time,host,message\n1,2,3\n', ','],
    ['semicolons, with commas in the cells', 'time;host;message\na,b;c,d;e\n', ';'],
    ['tabs', 'time\thost\n1\t2\n', '\t'],
    ['bars', 'time|host\n1|2\n', '|'],
    ['a delimiter that Excel names', 'sep=;\ntime;host\n1;2\n', ';'],
    ['a line about types from PowerShell', '#TYPE System.X\n"time","host"\n"1","2"\n', ','],
    [
      'a message without a column',
      'Level,Date and Time,Source,Event ID,Task Category\na,b,c,1,e,"m\nn"\n',
      ',',
    ],
  ])('tells %s', (_name, text, delimiter) => {
    expect(detectDialect(text)?.delimiter).toBe(delimiter);
  });

  it.each([
    ['one column', 'message\na\nb\n'],
    ['no header', '2026-01-01,b,c\n2026-01-02,b,c\n'],
    ['records that do not fit', 'time,host\na\nb\nc,d,e,f\n'],
    ['nothing', ''],
  ])('takes %s for no table', (_name, text) => {
    expect(detectDialect(text)).toBeUndefined();
  });
});

describe('csvCollector', () => {
  it('reads quotes, doubled quotes, line breaks and empty cells', async () => {
    const { events, issues } = await read(
      'time,host,a,b\r\n1795514400,h,"x,""y""\r\nz",\r\n1795514401,h,,"q"\r\n',
    );
    expect(events.map(({ record, fields }) => [record, fields.get('a'), fields.get('b')])).toEqual([
      ['2', 'x,"y"\r\nz', undefined],
      ['4', undefined, 'q'],
    ]);
    expect(issues).toEqual([]);
  });

  it('says which records have too many or too few cells, and keeps them', async () => {
    const { events, issues } = await read(
      'time,host\n1795514400,a\n1795514400\n1795514400,b,c\n1795514400,d\n',
    );
    expect(events).toHaveLength(4);
    expect(issues).toMatchObject([
      {
        code: 'CSV_INVALID',
        message: 'expected 2 cells as in the header, found 1',
        at: { line: 3 },
      },
      {
        code: 'CSV_INVALID',
        message: 'expected 2 cells as in the header, found 3',
        at: { line: 4 },
      },
    ]);
  });

  it('gives up the line of a quote that is never closed, and reads on', async () => {
    const rest = '1795514400,b\n'.repeat(300_000);
    const { events, issues } = await read(`time,host\n1795514400,"a\n${rest}`);
    expect(events).toHaveLength(300_000);
    expect(issues).toMatchObject([{ code: 'CSV_INVALID', at: { line: 2 } }]);
  });

  it('passes over the header where files were put together', async () => {
    const table = 'time,host\n1795514400,a\n';
    expect(await read(table + table)).toMatchObject({ events: [{}, {}], issues: [] });
  });

  it('reads EvtxECmd’s payload', async () => {
    const payload =
      '{""EventData"":{""Data"":[{""@Name"":""NewProcessName"",""#text"":""C:\\\\a.exe""},{""@Name"":""ProcessId"",""#text"":""0x1""}]}}';
    const event = await first(
      `RecordNumber,TimeCreated,EventId,Provider,Channel,ProcessId,Computer,Payload\n1,2026-11-24 10:00:00.1234567,4688,Microsoft-Windows-Security-Auditing,Security,4,ws1,"${payload}"\n`,
    );
    expect(event).toMatchObject({ time: '2026-11-24T10:00:00.123Z', host: 'ws1' });
    expect(event?.logsource.categories).toEqual(['process_creation']);
    expect(event?.fields.get('Image')).toBe('C:\\a.exe');
    expect(event?.fields.get('ProcessId')).toBe('0x1');
  });

  it('reads Event Viewer’s export, in English and in German', async () => {
    const message =
      '"A new process has been created.\n\nCreator Subject:\n\tAccount Name:\t\tbob\n\nProcess Information:\n\tNew Process Name:\tC:\\a.exe\n\tCreator Process Name:\tC:\\b.exe\n\tProcess Command Line:\ta -x\n"';
    const row = (time: string) =>
      `Information,${time},Microsoft-Windows-Security-Auditing,4688,x,${message}\n`;
    const english = await first(
      `Level,Date and Time,Source,Event ID,Task Category\n${row('11/24/2026 1:00:00 PM')}`,
    );
    const german = await first(
      `Ebene,Datum und Uhrzeit,Quelle,Ereignis-ID,Aufgabenkategorie\n${row('24.11.2026 13:00:00')}`,
    );
    for (const event of [english, german]) {
      expect(event).toMatchObject({ time: '2026-11-24T13:00:00.000Z', user: 'bob' });
      expect(event?.logsource).toMatchObject({
        services: ['security'],
        categories: ['process_creation'],
      });
      expect(Object.fromEntries(event?.fields ?? [])).toMatchObject({
        Image: 'C:\\a.exe',
        ParentImage: 'C:\\b.exe',
        CommandLine: 'a -x',
        SubjectUserName: 'bob',
      });
    }
  });

  it('reads PowerShell’s export', async () => {
    const event = await first(
      'Message,Id,ProviderName,LogName,ProcessId,MachineName,TimeCreated\n"Creating Scriptblock text (1 of 2):\nGet-Item x\nid: 1\n\nScriptBlock ID: 00\nPath: C:\\a.ps1",4104,Microsoft-Windows-PowerShell,Microsoft-Windows-PowerShell/Operational,4,ws1,11/24/2026 1:00:00 PM\n',
    );
    expect(event?.logsource.categories).toEqual(['ps_script']);
    expect(event?.fields.get('ScriptBlockText')).toBe('Get-Item x\nid: 1');
    expect(event?.fields.get('Path')).toBe('C:\\a.ps1');
  });

  it('reads Hayabusa’s details', async () => {
    const event = await first(
      '"Timestamp","RuleTitle","Level","Computer","Channel","EventID","RecordID","Details"\n"2026-11-24 10:00:00.000 +09:00","Proc","info","ws1","Sysmon",1,7,"Cmdline: whoami /all ¦ Proc: C:\\whoami.exe ¦ User: EX\\bob"\n',
    );
    expect(event).toMatchObject({
      time: '2026-11-24T01:00:00.000Z',
      zone: '+09:00',
      user: 'EX\\bob',
    });
    expect(event?.logsource.categories).toEqual(['process_creation']);
    expect(event?.fields.get('CommandLine')).toBe('whoami /all');
  });

  it('reads the event in XML that Plaso and Splunk keep', async () => {
    const xml =
      '<Event><System><Provider Name=""Microsoft-Windows-Sysmon""/><EventID>1</EventID><Channel>Microsoft-Windows-Sysmon/Operational</Channel></System><EventData><Data Name=""Image"">C:\\a.exe</Data></EventData></Event>';
    const event = await first(
      `datetime,timestamp_desc,message,xml_string\n2026-11-24T10:00:00+00:00,Creation,m,"${xml}"\n`,
    );
    expect(event?.fields.get('Image')).toBe('C:\\a.exe');
    expect(event?.fields.get('message')).toBe('m');
    expect(event?.time).toBe('2026-11-24T10:00:00.000Z');
  });

  it('reads Elastic’s dotted columns', async () => {
    const event = await first(
      '@timestamp,host.name,winlog.channel,winlog.provider_name,winlog.event_id,winlog.event_data.Image\n2026-11-24T10:00:00Z,ws1,Microsoft-Windows-Sysmon/Operational,Microsoft-Windows-Sysmon,1,C:\\a.exe\n',
    );
    expect(event?.logsource.categories).toEqual(['process_creation']);
    expect(event?.fields.get('Image')).toBe('C:\\a.exe');
  });

  it('says that times without a zone were read as UTC', async () => {
    const { issues } = await read('time,host\n2026-11-24 10:00:00,a\n2026-11-24 10:00:01,a\n');
    expect(issues).toMatchObject([
      {
        code: 'TIME_ASSUMED',
        message: '2 times have no zone that is known; they were read as UTC',
        at: { line: 2 },
      },
    ]);
  });
});
