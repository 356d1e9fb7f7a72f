import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fuzzRuns } from '../../../test/fuzz-runs.js';
import { buildKnowledgeBase } from '../build-knowledge-base.js';
import { indexRelations } from '../index-relations.js';
import { openShipped } from '../open-shipped.js';
import { createAttackSearch } from './create-attack-search.js';
import { searchAttack } from './search-attack.js';

const current = openShipped({ version: '19.1' });
const before = openShipped({ version: '18.1' });
const { search } = createAttackSearch({ knowledgeBase: current, otherVersions: () => [before] });
const ids = (results: ReturnType<typeof search>): readonly (string | undefined)[] =>
  results.map(({ object }) => object.attackId);

describe('createAttackSearch', () => {
  it('says what a revoked id is now', () => {
    const [first] = search('T1562.001');
    expect(first).toMatchObject({ why: 'old-id', score: 1, attackVersion: '19.1' });
    expect(first?.successors.map(({ attackId }) => attackId)).toEqual(['T1685']);
  });

  it('follows revoked-by in another version where the version searched has lost the link', () => {
    const alone = createAttackSearch({ knowledgeBase: current });
    expect(alone.search('G0118')[0]?.successors).toEqual([]);
    expect(search('G0118')[0]?.successors.map(({ name }) => name)).toEqual(['APT29']);
  });

  it('answers an id of a newer version with what it took the place of', () => {
    const older = createAttackSearch({ knowledgeBase: before, otherVersions: () => [current] });
    const [first] = older.search('T1685');
    expect(first).toMatchObject({ why: 'old-id', attackVersion: '19.1' });
    expect(first?.successors.map(({ attackId }) => attackId)).toEqual([
      'T1562',
      'T1562.001',
      'T1562.006',
    ]);
  });

  it('answers the name of a divided tactic with both that it became', () => {
    const [first] = search('Defense Evasion');
    expect(first).toMatchObject({ why: 'old-name', matched: 'Defense Evasion' });
    expect(first?.successors.map(({ name }) => name)).toEqual(['Stealth', 'Defense Impairment']);
  });

  it('answers a newer name, and a newer tactic, with what the version searched has', () => {
    const older = createAttackSearch({ knowledgeBase: before, otherVersions: () => [current] });
    expect(older.search('Stealth')[0]).toMatchObject({
      why: 'old-name',
      object: { name: 'Defense Evasion' },
      successors: [],
    });
    const [impairment] = older.search('Defense Impairment');
    expect(impairment).toMatchObject({ attackVersion: '19.1', object: { attackId: 'TA0112' } });
    expect(impairment?.successors.map(({ name }) => name)).toEqual(['Defense Evasion']);
  });

  it('asks other versions only when it needs them', () => {
    let asked = 0;
    const lazy = createAttackSearch({
      knowledgeBase: current,
      otherVersions: () => {
        asked += 1;
        return [before];
      },
    });
    lazy.search('PowerShell');
    lazy.search('T1059');
    expect(asked).toBe(0);
    lazy.search('Exploitation for Defense Evasion');
    lazy.search('DLL Side-Loading of something');
    expect(asked).toBe(1);
  });

  it('says what strategies and analytics are for', () => {
    expect(ids(search('AN0074'))).toEqual(['AN0074']);
    expect(search('AN0074')[0]?.leadsTo.map(({ attackId }) => attackId)).toEqual([
      'DET0026',
      'T1547.012',
    ]);
    expect(search('DET0026')[0]?.leadsTo.map(({ attackId }) => attackId)).toEqual(['T1547.012']);
  });

  it('names the log source by which a data component was found', () => {
    expect(search('EventCode=4688')[0]).toMatchObject({
      why: 'log-source',
      matched: 'WinEventLog:Security (EventCode=4688)',
    });
  });

  it('puts active objects before revoked and deprecated ones of the same name', () => {
    const statuses = search('PowerShell', { kinds: ['technique'], limit: 2 }).map(
      ({ object }) => object.status,
    );
    expect(statuses).toEqual(['active', 'revoked']);
    expect(search('credential dumping')[0]?.object.status).toBe('active');
  });

  it('puts techniques before strategies and analytics', () => {
    const kinds = search('kerberoasting').map(({ object }) => object.kind);
    expect(kinds.indexOf('technique')).toBeLessThan(kinds.indexOf('detection-strategy'));
  });

  it('takes no digit for a typing error', () => {
    expect(ids(search('APT28'))).not.toContain('G0016');
  });

  it('keeps to the kinds and the limit asked for', () => {
    const found = search('bear', { kinds: ['software', 'group'], limit: 7 });
    expect(found.length).toBeGreaterThan(0);
    expect(found.length).toBeLessThanOrEqual(7);
    expect(new Set(found.map(({ object }) => object.kind))).not.toContain('technique');
    expect(search('a', { limit: 5_000_000 }).length).toBeLessThanOrEqual(1000);
    expect(search('bear', { limit: 0 })).toHaveLength(1);
  });

  it.each(['', '   ', '!!!', '—', '\u0000', '.*', '(((((', '\\', '\u202e\u200b'])(
    'finds nothing in %j and does not fail',
    (query) => {
      expect(search(query)).toEqual([]);
    },
  );

  it('reads only the first 500 characters', () => {
    expect(ids(search(`${' '.repeat(600)}T1059`))).toEqual([]);
    expect(search(`${'a '.repeat(100_000)}`).length).toBeLessThanOrEqual(20);
  });

  it('answers any text with distinct objects, best first, scores within 0 and 1', () => {
    const vocabulary = ['data', 'from', 'T1059', '4688', 'ﷺ', 'apt', 'ä', '%', '(.*)+$', 'Shell'];
    const query = fc.oneof(
      fc.string({ maxLength: 700, unit: 'grapheme' }),
      fc.string({ maxLength: 700, unit: 'binary' }),
      fc.array(fc.constantFrom(...vocabulary), { maxLength: 40 }).map((words) => words.join(' ')),
    );
    fc.assert(
      fc.property(query, (text) => {
        const results = search(text, { limit: 50 });
        const scores = results.map(({ score }) => score);
        expect(scores).toEqual([...scores].sort((a, b) => b - a));
        expect(scores.every((score) => score >= 0 && score <= 1)).toBe(true);
        expect(new Set(results.map(({ object }) => object.stixId)).size).toBe(results.length);
      }),
      { numRuns: fuzzRuns(200) },
    );
  });

  it('finds words of descriptions last, when the full bundle is there', () => {
    const [technique] = current.ofKind('technique');
    if (technique === undefined) throw new Error('no technique');
    const bundle = buildKnowledgeBase({
      domains: ['enterprise-attack'],
      version: '19.1',
      source: 'bundle',
      byStixId: new Map([[technique.stixId, technique]]),
      byAttackId: new Map([[technique.attackId, technique]]),
      relations: indexRelations([]),
      stix: () => ({
        id: technique.stixId,
        type: 'attack-pattern',
        description: 'Some first words. Watch for zebra stripes in the frobnicator.',
      }),
    });
    const [found] = createAttackSearch({ knowledgeBase: bundle }).search('frobnicator zebra');
    expect(found).toMatchObject({ why: 'description', object: { stixId: technique.stixId } });
    expect(found?.matched).toContain('zebra stripes');
    expect(found?.score).toBeLessThan(0.4);
  });
});

describe('searchAttack', () => {
  it('answers as a prepared search does', () => {
    const answer = searchAttack(current, 'cozy bear', { otherVersions: [before], limit: 3 });
    expect(answer).toEqual(search('cozy bear', { limit: 3 }));
  });

  it('knows other versions from the call that names them', () => {
    expect(searchAttack(current, 'G0118')[0]?.successors).toEqual([]);
    const named = searchAttack(current, 'G0118', { otherVersions: [before] });
    expect(named[0]?.successors.map(({ attackId }) => attackId)).toEqual(['G0016']);
  });
});
