import { describe, expect, it } from 'vitest';
import type { Event } from './event.js';
import { jsonCollector } from './json-collector.js';

async function readOne(record: unknown): Promise<Event> {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    yield new TextEncoder().encode(JSON.stringify(record));
  }
  for await (const { events } of jsonCollector.read({ source: 'a', chunks: chunks() }))
    for (const event of events) return event;
  throw new Error('no event');
}

const SYSMON = 'Microsoft-Windows-Sysmon';
const SYSMON_CHANNEL = 'Microsoft-Windows-Sysmon/Operational';

/** The same process start as several tools write it. */
const SAME_EVENT: readonly (readonly [string, unknown])[] = [
  [
    'nested, attributes under #attributes',
    {
      Event: {
        System: {
          Provider: { '#attributes': { Name: SYSMON } },
          EventID: { '#text': 1, '#attributes': { Qualifiers: 0 } },
          Channel: SYSMON_CHANNEL,
          Computer: 'ws1',
          TimeCreated: { '#attributes': { SystemTime: '2026-03-03T08:42:10.1234567Z' } },
        },
        EventData: { Image: 'C:\\a.exe', CommandLine: 'a.exe -x', User: 'EX\\anna' },
      },
    },
  ],
  [
    'nested, without Event around it',
    {
      System: {
        Provider: { '@Name': SYSMON },
        EventID: '1',
        Channel: SYSMON_CHANNEL,
        Computer: 'ws1',
        TimeCreated: { '@SystemTime': '2026-03-03 08:42:10.123' },
      },
      EventData: { Image: 'C:\\a.exe', CommandLine: { '#text': 'a.exe -x' }, User: 'EX\\anna' },
    },
  ],
  [
    'Winlogbeat',
    {
      '@timestamp': '2026-03-03T08:42:10.123Z',
      winlog: {
        channel: SYSMON_CHANNEL,
        provider_name: SYSMON,
        event_id: '1',
        computer_name: 'ws1',
        event_data: { Image: 'C:\\a.exe', CommandLine: 'a.exe -x', User: 'EX\\anna' },
      },
    },
  ],
  [
    'Winlogbeat with dotted keys',
    {
      '@timestamp': '2026-03-03T09:42:10.123+01:00',
      'winlog.channel': SYSMON_CHANNEL,
      'winlog.provider_name': SYSMON,
      'winlog.event_id': 1,
      'winlog.computer_name': 'ws1',
      'winlog.event_data.Image': 'C:\\a.exe',
      'winlog.event_data.CommandLine': 'a.exe -x',
      'winlog.event_data.User': 'EX\\anna',
    },
  ],
  [
    'Winlogbeat whose sysmon module moved the fields to ECS',
    {
      '@timestamp': '2026-03-03T08:42:10.123Z',
      event: { code: '1', provider: SYSMON },
      winlog: { channel: SYSMON_CHANNEL, provider_name: SYSMON, event_id: 1, computer_name: 'ws1' },
      process: { executable: 'C:\\a.exe', command_line: 'a.exe -x' },
      user: { name: 'EX\\anna' },
    },
  ],
  [
    'flat',
    {
      EventTime: '2026-03-03 08:42:10.123',
      Hostname: 'ws1',
      EventID: 1,
      Channel: SYSMON_CHANNEL,
      SourceName: SYSMON,
      Image: 'C:\\a.exe',
      CommandLine: 'a.exe -x',
      User: 'EX\\anna',
    },
  ],
  [
    'forwarded',
    {
      EventTime: '2026-03-03 08:42:10.123',
      Hostname: 'ws1',
      EventID: 1,
      Channel: 'ForwardedEvents',
      SourceName: SYSMON,
      Image: 'C:\\a.exe',
      CommandLine: 'a.exe -x',
      User: 'EX\\anna',
    },
  ],
];

describe('a process start by Sysmon', () => {
  it.each(SAME_EVENT)('is the same event when it is %s', async (_, record) => {
    const event = await readOne(record);
    expect(event).toMatchObject({
      time: '2026-03-03T08:42:10.123Z',
      host: 'ws1',
      user: 'EX\\anna',
      logsource: {
        product: 'windows',
        categories: ['process_creation'],
        services: ['sysmon'],
        eventId: 1,
        provider: SYSMON,
      },
    });
    expect(event.fields.get('Image')).toBe('C:\\a.exe');
    expect(event.fields.get('CommandLine')).toBe('a.exe -x');
    expect(event.fields.get('Provider_Name')).toBe(SYSMON);
    expect(event.fields.get('EventID')).toEqual(expect.anything());
  });
});

interface RoutingCase {
  readonly what: string;
  readonly record: unknown;
  readonly product: string | undefined;
  readonly categories: readonly string[];
  readonly services: readonly string[];
}

const ROUTING: readonly RoutingCase[] = [
  {
    what: '4688 of the Security log starts a process',
    record: { Channel: 'Security', EventID: 4688, NewProcessName: 'C:\\a.exe' },
    product: 'windows',
    categories: ['process_creation'],
    services: ['security'],
  },
  {
    what: '4104 of PowerShell is a script block',
    record: { Channel: 'Microsoft-Windows-PowerShell/Operational', EventID: 4104 },
    product: 'windows',
    categories: ['ps_script'],
    services: ['powershell'],
  },
  {
    what: '4104 of the Security log is none',
    record: { Channel: 'Security', EventID: 4104 },
    product: 'windows',
    categories: [],
    services: ['security'],
  },
  {
    what: '1 of another provider starts no process',
    record: { Channel: 'System', SourceName: 'Kernel-General', EventID: 1 },
    product: 'windows',
    categories: [],
    services: ['system'],
  },
  {
    what: '13 of Sysmon sets a registry value',
    record: { Channel: SYSMON_CHANNEL, EventID: 13 },
    product: 'windows',
    categories: ['registry_event', 'registry_set'],
    services: ['sysmon'],
  },
  {
    what: 'Sysmon for Linux is Linux',
    record: { Channel: 'Linux-Sysmon/Operational', Provider_Name: 'Linux-Sysmon', EventID: 1 },
    product: 'linux',
    categories: ['process_creation'],
    services: ['sysmon'],
  },
  {
    what: 'a channel of which Sigma has no name',
    record: { Channel: 'Example/Operational', EventID: 1 },
    product: 'windows',
    categories: [],
    services: [],
  },
  {
    what: 'CloudTrail',
    record: { eventVersion: '1.09', eventSource: 's3.amazonaws.com', eventName: 'ListBuckets' },
    product: 'aws',
    categories: [],
    services: ['cloudtrail'],
  },
  {
    what: 'the journal of systemd',
    record: { __REALTIME_TIMESTAMP: '1772527330123456', SYSLOG_IDENTIFIER: 'sshd', MESSAGE: 'x' },
    product: 'linux',
    categories: [],
    services: ['sshd', 'auth', 'syslog'],
  },
  {
    what: 'a record of auditd',
    record: { type: 'EXECVE', a0: 'ls' },
    product: 'linux',
    categories: [],
    services: ['auditd'],
  },
  {
    what: 'a process of Linux in ECS',
    record: {
      '@timestamp': '2026-03-03T08:42:10Z',
      event: { category: ['process'], type: ['start'] },
      host: { os: { type: 'linux' } },
      process: { args: ['ls', '-l'] },
    },
    product: 'linux',
    categories: ['process_creation'],
    services: [],
  },
  {
    what: 'fields that only a process start has, without a channel',
    record: { Image: 'C:\\a.exe', CommandLine: 'a', ParentImage: 'C:\\b.exe' },
    product: 'windows',
    categories: ['process_creation'],
    services: [],
  },
  {
    what: 'anything else',
    record: { a: 1 },
    product: undefined,
    categories: [],
    services: [],
  },
];

describe('the logsource', () => {
  it.each(ROUTING)('of $what', async ({ record, product, categories, services }) => {
    expect((await readOne(record)).logsource).toMatchObject({ product, categories, services });
  });
});

describe('fields', () => {
  it('of 4688 also have the names of Sysmon, but its ProcessId is the parent`s', async () => {
    const { fields } = await readOne({
      Channel: 'Security',
      EventID: 4688,
      NewProcessName: 'C:\\a.exe',
      ParentProcessName: 'C:\\b.exe',
      ProcessId: '0x44',
    });
    expect([fields.get('Image'), fields.get('ParentImage'), fields.get('ProcessId')]).toEqual([
      'C:\\a.exe',
      'C:\\b.exe',
      '0x44',
    ]);
  });

  it('with blanks in their names also go without', async () => {
    const { fields } = await readOne({
      Event: { System: { EventID: 1116, Channel: 'x' }, EventData: { 'Threat Name': 'T' } },
    });
    expect([fields.get('ThreatName'), fields.get('Threat Name')]).toEqual(['T', 'T']);
  });

  it('of lists of objects are lists of their members', async () => {
    const { fields } = await readOne({ a: [{ b: 1 }, { b: 2, c: [true, null] }], d: [] });
    expect(Object.fromEntries(fields)).toEqual({ 'a.b': [1, 2], 'a.c': [true, null], d: null });
  });

  it('of UserData are those within its one element', async () => {
    const { fields, user } = await readOne({
      Event: {
        System: {
          EventID: 1102,
          Channel: 'Security',
          Provider: { '#attributes': { Name: 'Microsoft-Windows-Eventlog' } },
        },
        UserData: { LogFileCleared: { SubjectUserName: 'anna' } },
      },
    });
    expect([fields.get('SubjectUserName'), user]).toEqual(['anna', 'anna']);
  });
});
