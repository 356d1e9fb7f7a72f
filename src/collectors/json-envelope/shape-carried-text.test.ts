import { describe, expect, it } from 'vitest';
import { readRecord } from '../../../test/collectors/read-records.js';

const SSHD = 'Failed password for invalid user eve from 192.0.2.7 port 40000 ssh2';

interface CarriedCase {
  readonly what: string;
  readonly record: unknown;
  readonly expected: Readonly<Record<string, unknown>>;
}

const CASES: readonly CarriedCase[] = [
  {
    what: 'a line of syslog that Filebeat shipped',
    record: {
      '@timestamp': '2026-03-03T12:00:00Z',
      message: `Mar  3 12:00:00 srv1 sshd[7]: ${SSHD}`,
      host: { name: 'shipper' },
      agent: { type: 'filebeat' },
    },
    expected: {
      host: 'srv1',
      logsource: { product: 'linux', services: ['sshd', 'auth', 'syslog'] },
    },
  },
  {
    what: 'the table Syslog of Log Analytics',
    record: {
      TimeGenerated: '2026-03-03T12:00:00Z',
      Type: 'Syslog',
      Computer: 'srv1',
      ProcessName: 'sshd',
      SyslogMessage: SSHD,
    },
    expected: {
      host: 'srv1',
      logsource: { product: 'linux', services: ['sshd', 'auth', 'syslog'] },
    },
  },
  {
    what: 'CEF in a body of OpenTelemetry',
    record: {
      timeUnixNano: '1772539200000000000',
      body: {
        stringValue: 'CEF:0|Example|FW|1|7|Deny|5|src=192.0.2.7 dst=192.0.2.8 dpt=23 act=deny',
      },
    },
    expected: { time: '2026-03-03T12:00:00.000Z', logsource: { categories: ['firewall'] } },
  },
  {
    what: 'an access line in Splunk`s raw text',
    record: {
      _raw: '192.0.2.7 - - [03/Mar/2026:12:00:00 +0000] "GET /a.php?b=c HTTP/1.1" 200 5 "-" "curl/8"',
      _time: '2026-03-03T12:00:00Z',
    },
    expected: { logsource: { categories: ['webserver'] } },
  },
];

describe('records of JSON that carry a line of another log', () => {
  it.each(CASES)('are events of that log: $what', async ({ record, expected }) => {
    const event = await readRecord(record);
    expect(event).toMatchObject(expected);
    expect(event.time).toBe('2026-03-03T12:00:00.000Z');
  });

  it('stay what they are when the text is none that is known', async () => {
    const { logsource, fields } = await readRecord({ message: 'all is well', a: 1 });
    expect(logsource).toMatchObject({ product: undefined, services: [], categories: [] });
    expect(Object.fromEntries(fields)).toEqual({ message: 'all is well', a: 1 });
  });

  it('stay what they are when they are Windows events', async () => {
    const event = await readRecord({
      EventID: 7,
      Channel: 'Example/Operational',
      ProcessName: 'sshd',
      Message: SSHD,
    });
    expect(event.logsource).toMatchObject({ product: 'windows', services: [] });
  });
});
