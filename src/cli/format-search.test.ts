import { describe, expect, it } from 'vitest';
import type { SearchAnswer } from '../app/attack-search.js';
import { createAttackSearch, openShipped } from '../attack/index.js';
import { formatSearch, summarizeSearch } from './format-search.js';

const knowledgeBase = openShipped({ version: '19.1' });
const { search } = createAttackSearch({
  knowledgeBase,
  otherVersions: () => [openShipped({ version: '18.1' })],
});

function answer(query: string): SearchAnswer {
  const domain = 'enterprise-attack';
  return {
    query,
    searched: [{ domain, version: '19.1' }],
    results: search(query, { limit: 1 }).map((result) => ({
      ...result,
      domain,
      parentName: undefined,
    })),
  };
}

describe('formatSearch', () => {
  it.each([
    [
      'T1562.001',
      'T1562.001  Disable or Modify Tools  technique  REVOKED, now T1685 Disable or Modify Tools',
    ],
    ['cozy bear', 'G0016      APT29  group  also called "Cozy Bear"'],
    [
      'EventCode=4688',
      'DC0032     Process Creation  data-component  reads WinEventLog:Security (EventCode=4688)',
    ],
    [
      'Defense Evasion',
      'TA0005     Stealth  tactic  now TA0005 Stealth, TA0112 Defense Impairment  in another version "Defense Evasion"',
    ],
    ['mimikats', 'S0002      Mimikatz  software'],
    ['DS0009', 'DS0009     Process  data-source  DEPRECATED'],
    ['akairyu', '–          Operation AkaiRyū  campaign'],
  ])('shows what %s is in one line', (query, line) => {
    expect(formatSearch(answer(query))).toBe(`${line}\n`);
  });

  it('names the domain when not all is Enterprise', () => {
    const mobile: SearchAnswer = {
      ...answer('phishing'),
      searched: [{ domain: 'mobile-attack', version: '19.1' }],
      results: answer('phishing').results.map((hit) => ({ ...hit, domain: 'mobile-attack' })),
    };
    expect(formatSearch(mobile)).toBe('T1566      Phishing  technique, mobile\n');
  });

  it('neutralises control characters from a bundle', () => {
    const hostile = answer('mimikatz');
    const [hit] = hostile.results;
    if (hit === undefined) throw new Error('nothing found');
    const object = { ...hit.object, name: '\u001b]0;owned\u0007' };
    const out = formatSearch({ ...hostile, results: [{ ...hit, object }] });
    expect(out).toContain('\\x1b]0;owned\\x07');
  });
});

describe('summarizeSearch', () => {
  it('says what was searched, also when nothing was found', () => {
    expect(summarizeSearch(answer('mimikatz'))).toBe('1 found in ATT&CK enterprise 19.1');
    expect(summarizeSearch(answer('qwertzuiop\u001b'))).toBe(
      'nothing in ATT&CK enterprise 19.1 resembles "qwertzuiop\\x1b"',
    );
  });
});
