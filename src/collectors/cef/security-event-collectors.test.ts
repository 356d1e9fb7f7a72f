import { describe, expect, it } from 'vitest';
import { parseCef } from './parse-cef.js';
import { parseLeef } from './parse-leef.js';

const cef = (text: string) => Object.fromEntries(parseCef(text)?.fields ?? []);
const leef = (text: string) => Object.fromEntries(parseLeef(text)?.fields ?? []);

describe('parseCef', () => {
  it('reads header and extension with their escapes', () => {
    expect(
      cef(
        'CEF:0|A \\| B|P|1|100|N\\\\M|9|src=192.0.2.1 msg=a\\=b c\\nd  dst=192.0.2.2 dpt=443 cs1=x y cs1Label=My Name empty=',
      ),
    ).toMatchObject({
      deviceVendor: 'A | B',
      deviceEventClassId: '100',
      name: 'N\\M',
      severity: '9',
      src: '192.0.2.1',
      src_ip: '192.0.2.1',
      msg: 'a=b c\nd',
      cs1: 'x y',
      MyName: 'x y',
      empty: '',
      dst_port: '443',
    });
  });

  it('tells firewalls and proxies by what they report', () => {
    expect(parseCef('CEF:0|A|P|1|1|N|1|dst=192.0.2.1 dpt=1')?.logsource.categories).toEqual([
      'firewall',
    ]);
    expect(parseCef('CEF:0|A|P|1|1|N|1|request=http://example.com/')?.logsource.categories).toEqual(
      ['proxy'],
    );
  });

  it.each(['CEF:0|a|b', 'CEF:0', 'LEEF:1.0|a|b|c|d|', ''])('takes %s for none', (text) => {
    expect(parseCef(text)).toBeUndefined();
  });

  it('reads an event without an extension', () => {
    expect(cef('CEF:0|A|P|1|100|N|9')).toMatchObject({ severity: '9' });
  });
});

describe('parseLeef', () => {
  it.each([
    ['1.0, tabs', 'LEEF:1.0|A|P|1|100|src=192.0.2.1\tusrName=a b'],
    ['2.0, a character', 'LEEF:2.0|A|P|1|100|^|src=192.0.2.1^usrName=a b'],
    ['2.0, a code', 'LEEF:2.0|A|P|1|100|x7C|src=192.0.2.1|usrName=a b'],
    ['2.0, another code', 'LEEF:2.0|A|P|1|100|0x5E|src=192.0.2.1^usrName=a b'],
    ['2.0, none named', 'LEEF:2.0|A|P|1|100||src=192.0.2.1\tusrName=a b'],
  ])('reads %s', (_name, text) => {
    expect(leef(text)).toMatchObject({
      eventId: '100',
      src: '192.0.2.1',
      src_ip: '192.0.2.1',
      usrName: 'a b',
    });
    expect(parseLeef(text)?.user).toBe('a b');
  });

  it('takes other texts for none', () => {
    expect(parseLeef('LEEF:3.0|a|b|c|d|')).toBeUndefined();
    expect(parseLeef('CEF:0|a|b|c|d|e|f|')).toBeUndefined();
  });
});
