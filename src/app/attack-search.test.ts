import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { compareAttackVersions } from './attack-diff.js';
import { searchObjects } from './attack-search.js';

// What a user has installed must not decide these tests.
const home = mkdtempSync(join(tmpdir(), 'portolan-search-'));
beforeAll(() => {
  vi.stubEnv('PORTOLAN_HOME', home);
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true, force: true });
});

describe('searchObjects', () => {
  it('searches Enterprise alone when it has what is meant', () => {
    const { searched, results } = searchObjects('cozy bear');
    expect(searched).toEqual([{ domain: 'enterprise-attack', version: '19.1' }]);
    expect(results[0]).toMatchObject({ why: 'alias', object: { attackId: 'G0016' } });
  });

  it.each([
    ['T1437', 'mobile-attack', 'T1437'],
    ['T0800', 'ics-attack', 'T0800'],
    ['Pegasus', 'mobile-attack', 'S0289'],
  ])('finds %s in the domain that has it', (query, domain, attackId) => {
    expect(searchObjects(query).results[0]).toMatchObject({ domain, object: { attackId } });
  });

  it('keeps to the domain, version, kinds and limit asked for', () => {
    const answer = searchObjects('phishing', { domain: 'mobile', kinds: ['techniques'], limit: 1 });
    expect(answer.searched).toEqual([{ domain: 'mobile-attack', version: '18.1' }]);
    expect(answer.results.map(({ object }) => object.attackId)).toEqual(['T1660']);
    const old = searchObjects('T1562.001', { version: '18' });
    expect(old.searched).toEqual([{ domain: 'enterprise-attack', version: '18.1' }]);
    expect(old.results[0]).toMatchObject({ why: 'id', successors: [] });
  });

  it('says what an id of a newer version was, and in which version it is', () => {
    const [first] = searchObjects('T1685', { version: '18.1' }).results;
    expect(first).toMatchObject({ attackVersion: '19.1', why: 'old-id' });
    expect(first?.successors.map(({ attackId }) => attackId)).toContain('T1562.001');
  });

  it('names the parent of a sub-technique', () => {
    expect(searchObjects('powershell').results[0]?.parentName).toBe(
      'Command and Scripting Interpreter',
    );
  });

  it('answers with nothing when nothing resembles the query', () => {
    const { searched, results } = searchObjects('qwertzuiop asdfgh');
    expect(results).toEqual([]);
    expect(searched).toHaveLength(3);
  });

  it.each([
    ['  ', {}, 'expected something to search for'],
    ['x', { limit: 0 }, 'expected a limit of 1 to 1000, found 0'],
    ['x', { limit: Number.NaN }, 'expected a limit of 1 to 1000, found NaN'],
    ['x', { kinds: ['ttp'] }, 'expected a kind (technique, tactic, '],
    ['x', { domain: 'moon' }, 'expected a domain (enterprise, mobile, ics), found "moon"'],
    ['x', { version: '3' }, '14.1, 16.1, 17.1, 18.1, 19.1'],
  ])('refuses %j with %j', (query, options, message) => {
    expect(() => searchObjects(query, options)).toThrow(message);
  });
});

describe('compareAttackVersions', () => {
  it('takes a major version for its newest release', () => {
    const { from, to } = compareAttackVersions('18', 'v19', { kinds: ['tactic'] });
    expect([from.version, to.version]).toEqual(['18.1', '19.1']);
  });

  it.each([
    ['18.1', '20', {}, '(14.1, 16.1, 17.1, 18.1, 19.1), found "20"'],
    ['17.1', '18.1', { domain: 'mobile' }, 'mobile-attack that is there (18.1), found "17.1"'],
    ['18.1', '19.1', { domain: 'moon' }, 'expected a domain (enterprise, mobile, ics)'],
    ['18.1', '19.1', { kinds: ['ttp'] }, 'expected a kind (technique, tactic, '],
  ])('refuses to compare %s with %s and %j', (older, newer, options, message) => {
    expect(() => compareAttackVersions(older, newer, options)).toThrow(message);
  });
});
