import { describe, expect, it } from 'vitest';
import { collect } from '../../../test/contract/collect.js';
import { jsonCollector } from '../json-collector.js';
import { zeekCollector } from './zeek-collector.js';

const HEADER =
  '#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\thttp\n#fields\tts\tuid\tid.orig_h\tid.resp_p\tmethod\thost\turi\ttags\tok\tnote\n#types\ttime\tstring\taddr\tport\tstring\tstring\tstring\tset[enum]\tbool\tstring\n';
const ROW = '1795514400.123456\tC1\t192.0.2.1\t80\tGET\texample.com\t/a\\x5cb\ta,b\tT\t-\n';

describe('zeekCollector', () => {
  it('reads values by their types, and names them as other products do', async () => {
    const { events, issues } = await collect(zeekCollector, HEADER + ROW);
    expect(issues).toEqual([]);
    expect(events).toMatchObject([
      { time: '2026-11-24T10:00:00.123Z', host: '192.0.2.1', record: '8' },
    ]);
    expect(events[0]?.logsource).toMatchObject({
      product: 'zeek',
      services: ['http'],
      categories: ['proxy', 'webserver'],
    });
    expect(Object.fromEntries(events[0]?.fields ?? [])).toMatchObject({
      'id.resp_p': 80,
      uri: '/a\\b',
      tags: ['a', 'b'],
      ok: true,
      'c-uri': 'http://example.com/a\\b',
      'cs-uri-stem': '/a\\b',
      'cs-method': 'GET',
      dst_port: 80,
    });
    expect(events[0]?.fields.has('note')).toBe(false);
  });

  it('takes the new header where another log follows', async () => {
    const second = HEADER.replace('\thttp\n', '\tfiles\n');
    const { events } = await collect(zeekCollector, HEADER + ROW + second + ROW);
    expect(events.map(({ logsource }) => logsource.services)).toEqual([['http'], ['files']]);
  });

  it('says which lines do not fit the header', async () => {
    const { issues } = await collect(zeekCollector, `${HEADER}a\tb\n${ROW}`);
    expect(issues).toMatchObject([
      {
        code: 'EVENT_INVALID',
        message: 'expected 10 values as in #fields, found 2',
        at: { line: 8 },
      },
    ]);
  });

  it.each([
    [{ _path: 'ntlm', ts: 1795514400.5, uid: 'C1' }, ['ntlm']],
    [{ ts: 1795514400.5, uid: 'C1', 'id.orig_h': '192.0.2.1', conn_state: 'SF' }, ['conn']],
    [
      {
        ts: '2026-11-24T10:00:00.5Z',
        uid: 'C1',
        id: { orig_h: '192.0.2.1' },
        query: 'a',
        trans_id: 1,
      },
      ['dns'],
    ],
    [
      { ts: 1795514400.5, uid: 'C1', 'id.orig_h': '192.0.2.1', endpoint: 'svcctl', operation: 'x' },
      ['dce_rpc'],
    ],
    [{ ts: 1795514400.5, uid: 'C1', 'id.orig_h': '192.0.2.1' }, []],
  ])('reads JSON and tells which log it is: %j', async (record, services) => {
    const { events } = await collect(jsonCollector, JSON.stringify(record));
    expect(events[0]?.logsource).toMatchObject({ product: 'zeek', services });
    expect(events[0]?.time).toBe('2026-11-24T10:00:00.500Z');
  });
});
