import { describe, expect, it } from 'vitest';
import { collect } from '../../../test/contract/collect.js';
import { accessLogCollector } from './access-log-collector.js';
import { w3cCollector } from './w3c-collector.js';

describe('accessLogCollector', () => {
  it('reads a request in the names of Sigma', async () => {
    const { events } = await collect(
      accessLogCollector,
      '192.0.2.1 - bob [24/Nov/2026:10:00:00 +0100] "GET /a/b.php?c=<script> HTTP/1.1" 200 12 "http://example.com/" "curl/8"\n',
    );
    expect(events).toMatchObject([
      { time: '2026-11-24T09:00:00.000Z', zone: '+01:00', user: 'bob' },
    ]);
    expect(events[0]?.logsource.categories).toEqual(['webserver']);
    expect(Object.fromEntries(events[0]?.fields ?? [])).toMatchObject({
      'c-ip': '192.0.2.1',
      'cs-method': 'GET',
      'cs-uri-stem': '/a/b.php',
      'cs-uri-query': ['/a/b.php?c=<script>', 'c=<script>'],
      'sc-status': '200',
      'cs-user-agent': 'curl/8',
      'cs-referer': 'http://example.com/',
    });
  });

  it('keeps what was no request, and says which lines are none', async () => {
    const { events, issues } = await collect(
      accessLogCollector,
      '192.0.2.1 - - [24/Nov/2026:10:00:00 +0100] "\\x16\\x03" 400 -\nwords\n',
    );
    expect(events[0]?.fields.get('cs-uri-stem')).toBe('\\x16\\x03');
    expect(issues).toMatchObject([{ code: 'EVENT_INVALID', at: { line: 2 } }]);
  });
});

describe('w3cCollector', () => {
  it('reads IIS, in UTC', async () => {
    const { events, issues } = await collect(
      w3cCollector,
      '#Fields: date time s-computername cs-method cs-uri-stem cs-uri-query c-ip cs(User-Agent) sc-status\r\n2026-11-24 10:00:00 WEB1 GET /a.aspx b=c 192.0.2.9 curl/8 200\r\n2026-11-24 10:00:00 too few\r\n',
    );
    expect(events).toMatchObject([{ time: '2026-11-24T10:00:00.000Z', record: '2' }]);
    expect(events[0]?.logsource.categories).toEqual(['webserver']);
    expect(events[0]?.fields.get('cs-uri-query')).toContain('b=c');
    expect(events[0]?.fields.get('cs-user-agent')).toBe('curl/8');
    expect(issues).toMatchObject([{ code: 'EVENT_INVALID', at: { line: 3 } }]);
  });
});
