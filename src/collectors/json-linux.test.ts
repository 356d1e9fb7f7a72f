import { describe, expect, it } from 'vitest';
import { JOURNALD } from './json-linux.js';

const read = (identifier: string, message: string) =>
  JOURNALD.toEvent({
    __REALTIME_TIMESTAMP: '1795514400123456',
    _HOSTNAME: 'ws1',
    SYSLOG_IDENTIFIER: identifier,
    MESSAGE: message,
  });

describe('JOURNALD', () => {
  it('reads the message of a program', () => {
    const event = read('sshd', 'Failed password for bob from 192.0.2.5 port 5 ssh2');
    expect(event).toMatchObject({ time: '2026-11-24T10:00:00.123Z', host: 'ws1', user: 'bob' });
    expect(event.logsource.services).toEqual(['sshd', 'auth', 'syslog']);
    expect(event.fields.get('src_ip')).toBe('192.0.2.5');
    expect(event.fields.get('MESSAGE')).toContain('Failed');
  });

  it('reads an audit record', () => {
    const event = read('audit', 'EXECVE argc=2 a0="id" a1="-u"');
    expect(event.logsource).toMatchObject({
      services: ['auditd'],
      categories: ['process_creation'],
    });
    expect(event.fields.get('CommandLine')).toBe('id -u');
  });

  it('reads Sysmon for Linux', () => {
    const event = read(
      'sysmon',
      '<Event><System><Provider Name="Linux-Sysmon"/><EventID>1</EventID><Channel>Linux-Sysmon/Operational</Channel></System><EventData><Data Name="Image">/usr/bin/id</Data></EventData></Event>',
    );
    expect(event.logsource).toMatchObject({ product: 'linux', categories: ['process_creation'] });
    expect(event.fields.get('Image')).toBe('/usr/bin/id');
  });
});
