import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isIssue } from '../../model/index.js';
import { parseCollectionIndex } from './collection-index.js';

const URL_OF_INDEX = new URL('https://example.com/attack/index.json');
const ENTERPRISE = 'x-mitre-collection--1f5f1533-f617-4ca8-9ab4-6a02367fa019';
const OFFICIAL = '../shared/data/attack/collection-index.json';

function urlsOf(value: unknown, url = URL_OF_INDEX): unknown {
  const releases = parseCollectionIndex(value, url);
  if (isIssue(releases)) return releases.code;
  return releases.map((release) => `${release.domain} ${release.version} ${release.url}`);
}

const indexOf = (...versions: unknown[]): unknown => ({
  collections: [{ id: ENTERPRISE, name: 'Enterprise ATT&CK', versions }],
});

describe('parseCollectionIndex', () => {
  it('puts releases in the order of their numbers, whatever the order of the file', () => {
    const releases = ['9.0', '18.0', '18.1', '8.2'].map((version) => ({
      version,
      url: `${version}.json`,
    }));
    expect(urlsOf(indexOf(...releases))).toEqual([
      'enterprise-attack 8.2 https://example.com/attack/8.2.json',
      'enterprise-attack 9.0 https://example.com/attack/9.0.json',
      'enterprise-attack 18.0 https://example.com/attack/18.0.json',
      'enterprise-attack 18.1 https://example.com/attack/18.1.json',
    ]);
  });

  it.each([
    ['a file', 'file:///etc/passwd', URL_OF_INDEX],
    ['plain http from https', 'http://example.com/1.json', URL_OF_INDEX],
    ['another host by http', 'http://192.0.2.1/1.json', new URL('http://example.com/index.json')],
    ['no URL', 'https://', URL_OF_INDEX],
    ['data', 'data:application/json,{}', URL_OF_INDEX],
  ])('does not follow an index to %s', (_, url, from) => {
    expect(urlsOf(indexOf({ version: '1.0', url }), from)).toBe('JSON_INVALID');
  });

  it('follows an index of a plain http server to the same server', () => {
    const from = new URL('http://127.0.0.1:8080/index.json');
    expect(urlsOf(indexOf({ version: '1.0', url: '/1.json' }), from)).toEqual([
      'enterprise-attack 1.0 http://127.0.0.1:8080/1.json',
    ]);
  });

  it('tells a domain by the name of its collection where the id is another', () => {
    const versions = [{ version: '1.0', url: '1.json' }];
    const collections = [
      { id: 'mine', name: 'ICS ATT&CK', versions },
      { id: 'other', name: 'Our own things', versions },
    ];
    expect(urlsOf({ collections })).toEqual(['ics-attack 1.0 https://example.com/attack/1.json']);
  });

  it('leaves out what has no release number, no URL, or is no object', () => {
    const entries = [
      { version: 'beta', url: '1.json' },
      { version: '1.0' },
      'x',
      null,
      { url: '2.json' },
    ];
    expect(urlsOf(indexOf(...entries, { version: '2.0', url: '2.json' }))).toEqual([
      'enterprise-attack 2.0 https://example.com/attack/2.json',
    ]);
  });

  it('answers with releases or an Issue for any value', () => {
    const entry = fc.record({
      version: fc.oneof(fc.constant('1.0'), fc.jsonValue()),
      url: fc.oneof(fc.webUrl(), fc.jsonValue()),
    });
    const collection = fc.record({
      id: fc.oneof(fc.constant(ENTERPRISE), fc.jsonValue()),
      name: fc.jsonValue(),
      versions: fc.oneof(fc.jsonValue(), fc.array(entry)),
    });
    const index = fc.oneof(
      fc.jsonValue(),
      fc.record({ collections: fc.oneof(fc.jsonValue(), fc.array(collection)) }),
    );
    fc.assert(fc.property(index, (value) => void urlsOf(value)));
  });

  it.skipIf(!existsSync(OFFICIAL))("reads MITRE's index (needs ../shared/data)", () => {
    const releases = parseCollectionIndex(JSON.parse(readFileSync(OFFICIAL, 'utf8')), URL_OF_INDEX);
    if (isIssue(releases)) throw new Error(releases.message);
    // 100 entries, of which 11.0-beta, 11.1-beta and 11.2-beta are no releases.
    expect(releases).toHaveLength(97);
    const newest = (domain: string): unknown =>
      releases.findLast((release) => release.domain === domain)?.version;
    expect(['enterprise-attack', 'mobile-attack', 'ics-attack'].map(newest)).toEqual([
      '18.1',
      '18.1',
      '18.1',
    ]);
  });
});
