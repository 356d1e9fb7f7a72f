import { describe, expect, it } from 'vitest';
import { collect } from '../../../test/contract/collect.js';
import { jsonCollector } from '../json-collector.js';
import { syslogCollector } from '../syslog/syslog-collector.js';
import { auditdCollector } from './auditd-collector.js';
import { parseSocketAddress } from './decode-audit-hex.js';

const read = async (text: string) => {
  const { events, issues } = await collect(auditdCollector, text);
  return { events, issues, fields: events.map(({ fields }) => Object.fromEntries(fields)) };
};

const at = (serial: number, time = '1795514400.100'): string => `msg=audit(${time}:${serial}):`;
const SYSCALL = `type=SYSCALL ${at(1)} arch=c000003e syscall=59 success=yes exit=0 a0=55 a1=66 ppid=10 pid=11 auid=1000 uid=0 ses=3 comm="cat" exe="/usr/bin/cat" key="k"`;

describe('auditdCollector', () => {
  it('joins the records of an event, and decodes what is hexadecimal', async () => {
    const { events, issues, fields } = await read(
      [
        SYSCALL,
        `type=EXECVE ${at(1)} argc=3 a0="cat" a1=2F746D702F6120622E747874 a2="-n"`,
        `type=CWD ${at(1)} cwd="/root"`,
        `type=PATH ${at(1)} item=0 name="/usr/bin/cat" nametype=NORMAL`,
        `type=PROCTITLE ${at(1)} proctitle=636174002F746D702F6120622E747874002D6E`,
        '',
      ].join('\n'),
    );
    expect(issues).toEqual([]);
    expect(events).toMatchObject([
      { time: '2026-11-24T10:00:00.100Z', zone: 'Z', record: '1', user: '1000' },
    ]);
    expect(events[0]?.logsource).toMatchObject({
      product: 'linux',
      services: ['auditd'],
      categories: ['process_creation'],
    });
    expect(fields[0]).toMatchObject({
      type: ['EXECVE', 'SYSCALL', 'CWD', 'PATH', 'PROCTITLE'],
      a0: ['cat', '55'],
      a1: ['/tmp/a b.txt', '66'],
      SYSCALL: 'execve',
      Image: '/usr/bin/cat',
      CommandLine: 'cat /tmp/a b.txt -n',
      CurrentDirectory: '/root',
      ProcessId: '11',
      ParentProcessId: '10',
      User: 'root',
      name: '/usr/bin/cat',
      proctitle: 'cat /tmp/a b.txt -n',
    });
  });

  it('joins arguments that are longer than a record', async () => {
    const { fields } = await read(
      `${SYSCALL}\ntype=EXECVE ${at(1)} argc=2 a0="sh" a1_len=6 a1[0]=6162 a1[1]=6364\n`,
    );
    expect(fields[0]?.['CommandLine']).toBe('sh abcd');
  });

  it('knows the parent when its start is in the log', async () => {
    const child = SYSCALL.replace(at(1), at(2)).replace('ppid=10 pid=11', 'ppid=11 pid=12');
    const { fields } = await read(`${SYSCALL}\ntype=EXECVE ${at(1)} argc=1 a0="cat"\n${child}\n`);
    expect(fields[1]).toMatchObject({ ParentImage: '/usr/bin/cat', ParentCommandLine: 'cat' });
  });

  it('reads files made and removed, by their whole path', async () => {
    const open = `arch=c000003e syscall=257 success=yes pid=1 ppid=1 uid=0 exe="/usr/bin/tee"`;
    const { events, fields } = await read(
      [
        `type=SYSCALL ${at(1)} ${open}`,
        `type=CWD ${at(1)} cwd="/etc"`,
        `type=PATH ${at(1)} item=0 name="/etc" nametype=PARENT`,
        `type=PATH ${at(1)} item=1 name="cron.d/x" nametype=CREATE`,
        `type=SYSCALL ${at(2)} ${open.replace('257', '263')}`,
        `type=PATH ${at(2)} item=0 name="/etc/y" nametype=DELETE`,
        '',
      ].join('\n'),
    );
    expect(events.map(({ logsource }) => logsource.categories)).toEqual([
      ['file_event'],
      ['file_delete'],
    ]);
    expect(fields.map(({ TargetFilename }) => TargetFilename)).toEqual(['/etc/cron.d/x', '/etc/y']);
  });

  it('reads connections', async () => {
    const { events, fields } = await read(
      `type=SYSCALL ${at(1)} arch=c00000b7 syscall=203 success=yes pid=1 exe="/bin/nc"\ntype=SOCKADDR ${at(1)} saddr=0200115CC0000205\n`,
    );
    expect(events[0]?.logsource.categories).toEqual(['network_connection']);
    expect(fields[0]).toMatchObject({
      DestinationIp: '192.0.2.5',
      DestinationPort: 4444,
      Initiated: 'true',
    });
  });

  it('takes a failed start for none', async () => {
    const { events } = await read(`${SYSCALL.replace('success=yes', 'success=no')}\n`);
    expect(events[0]?.logsource.categories).toEqual([]);
  });

  it('reads the message of a program, with an apostrophe in it, and enriched names', async () => {
    const { events, fields } = await read(
      `node=h1 type=USER_CMD ${at(5)} pid=1 uid=1000 auid=1000 msg='cwd="/home/o'neil" cmd=636174202F78 terminal=pts/0 res=success'\u001dUID="bob" AUID="eve"\n`,
    );
    expect(events).toMatchObject([{ host: 'h1', user: 'eve' }]);
    expect(fields[0]).toMatchObject({
      cmd: 'cat /x',
      CommandLine: 'cat /x',
      cwd: "/home/o'neil",
      UID: 'bob',
      res: 'success',
    });
  });

  it('reads what ausearch interprets', async () => {
    const time = 'msg=audit(11/24/2026 10:00:00.100:7) :';
    const { events, fields, issues } = await read(
      [
        '----',
        `type=PROCTITLE ${time} proctitle=sh -c a1=b uid=0 `,
        `type=CWD ${time} cwd=/home/a b `,
        `type=EXECVE ${time} argc=3 a0=sh a1=-c a2=a1=b uid=0 `,
        `type=SYSCALL ${time} arch=x86_64 syscall=execve success=yes a0=0x55 ppid=1 pid=2 auid=bob uid=root comm=sh exe=/bin/sh key=(null) `,
        '',
      ].join('\n'),
    );
    expect(events).toMatchObject([
      { time: '2026-11-24T10:00:00.100Z', zone: undefined, record: '2', user: 'bob' },
    ]);
    expect(fields[0]).toMatchObject({
      CommandLine: 'sh -c a1=b uid=0',
      CurrentDirectory: '/home/a b',
      SYSCALL: 'execve',
      User: 'root',
      a0: ['sh', '0x55'],
    });
    expect(issues).toMatchObject([{ code: 'TIME_ASSUMED' }]);
  });

  it('keeps events apart that are mixed, and gives up waiting after two seconds', async () => {
    const late = `type=EXECVE ${at(1)} argc=1 a0="late"`;
    const other = SYSCALL.replace(at(1), at(2, '1795514403.000'));
    const { events } = await read(`${SYSCALL}\n${other}\n${late}\n`);
    expect(events.map(({ record }) => record)).toEqual(['1', '2', '3']);
  });

  it('says which lines are no records', async () => {
    const { issues } = await read(`${SYSCALL}\nwords\n\n----\n`);
    expect(issues).toMatchObject([{ code: 'EVENT_INVALID', at: { source: 'log', line: 2 } }]);
  });

  it('keeps memory bounded by a number of records that never ends', async () => {
    const { events } = await read(`${SYSCALL}\n`.repeat(2_000));
    expect(events).toHaveLength(4);
  });
});

describe('audit records in other logs', () => {
  it('are joined within syslog, from the dispatcher, the kernel and the journal', async () => {
    const { events } = await collect(
      syslogCollector,
      [
        `Nov 24 10:00:00 ws1 audispd: ${SYSCALL}`,
        `Nov 24 10:00:00 ws1 audispd: type=EXECVE ${at(1)} argc=1 a0="cat"`,
        'Nov 24 10:00:00 ws1 kernel: audit: type=1400 audit(1795514400.200:9): avc:  denied  { read } for  pid=1 comm="x"',
        'Nov 24 10:00:00 ws1 audit[5]: USER_LOGIN pid=5 uid=0 msg=\'op=login acct="bob" res=failed\'',
        '',
      ].join('\n'),
    );
    const found = events.map(({ host, fields }) => [host, fields.get('type')]);
    expect(found).toContainEqual(['ws1', ['EXECVE', 'SYSCALL']]);
    expect(found).toContainEqual(['ws1', 'AVC']);
    expect(found).toContainEqual(['ws1', 'USER_LOGIN']);
  });

  it('are read as laurel writes them', async () => {
    const record = {
      ID: '1795514400.100:1',
      NODE: 'h1',
      SYSCALL: {
        arch: '0xc000003e',
        syscall: 59,
        SYSCALL: 'execve',
        success: 'yes',
        pid: 11,
        ppid: 10,
        UID: 'root',
        AUID: 'bob',
        exe: '/bin/cat',
      },
      EXECVE: { argc: 2, ARGV: ['cat', '/etc/shadow'] },
      PATH: [{ item: 0, name: '/bin/cat', nametype: 'NORMAL' }],
      PARENT_INFO: { ARGV: ['bash', '-i'], exe: '/bin/bash' },
    };
    const { events } = await collect(jsonCollector, JSON.stringify(record));
    expect(events).toMatchObject([{ host: 'h1', user: 'bob', time: '2026-11-24T10:00:00.100Z' }]);
    expect(events[0]?.logsource.categories).toEqual(['process_creation']);
    expect(Object.fromEntries(events[0]?.fields ?? [])).toMatchObject({
      type: ['EXECVE', 'SYSCALL', 'PATH'],
      a1: '/etc/shadow',
      CommandLine: 'cat /etc/shadow',
      Image: '/bin/cat',
      ParentImage: '/bin/bash',
      ParentCommandLine: 'bash -i',
      'SYSCALL.exe': '/bin/cat',
    });
  });
});

describe('parseSocketAddress', () => {
  it.each([
    ['0200115CC0000205', { address: '192.0.2.5', port: 4444 }],
    [
      '0A00005000000000200104700000000000000000000000AB00000000',
      { address: '2001:470::ab', port: 80 },
    ],
    [
      '0A0001BB0000000000000000000000000000FFFFC000020700000000',
      { address: '192.0.2.7', port: 443 },
    ],
    ['{ saddr_fam=inet laddr=192.0.2.1 lport=53 }', { address: '192.0.2.1', port: 53 }],
    ['inet host:192.0.2.1 serv:80', { address: '192.0.2.1', port: 80 }],
    ['01002F72756E2F78', undefined],
    ['0200', undefined],
    ['words', undefined],
  ])('reads %s', (text, address) => {
    expect(parseSocketAddress(text)).toEqual(address);
  });
});
