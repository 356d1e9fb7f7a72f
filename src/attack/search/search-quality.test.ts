import { describe, expect, it } from 'vitest';
import type { AttackObject } from '../attack-object.js';
import { openShipped } from '../open-shipped.js';
import { createAttackSearch } from './create-attack-search.js';

const knowledgeBase = openShipped({ version: '19.1' });
const { search } = createAttackSearch({
  knowledgeBase,
  otherVersions: () => ['18.1', '17.1', '16.1', '14.1'].map((version) => openShipped({ version })),
});

/** Query, the id expected, and the rank that is good enough when it is not 1. */
const QUERIES: readonly (readonly [query: string, id: string, rank?: number])[] = [
  // Ids, in every way that people write them.
  ['T1059.001', 'T1059.001'],
  ['t1059.001', 'T1059.001'],
  ['t1059.1', 'T1059.001'],
  ['T1059/001', 'T1059.001'],
  ['attack.t1059.001', 'T1059.001'],
  ['https://attack.mitre.org/techniques/T1059/001/', 'T1059.001'],
  ['T1059.001 PowerShell', 'T1059.001'],
  ['(T1059)', 'T1059'],
  ['1059', 'T1059'],
  ['1059.001', 'T1059.001'],
  ['T1059.01', 'T1059.010'],
  ['g16', 'G0016'],
  ['ta0112', 'TA0112'],
  ['S0002', 'S0002'],
  ['det0026', 'DET0026'],
  ['AN0074', 'AN0074'],
  ['dc0032', 'DC0032'],
  ['attack-pattern--970a3432-3237-47ad-bcca-7d8cbb217736', 'T1059.001'],
  // Names, parts of names, order of words.
  ['PowerShell', 'T1059.001'],
  ['power shell', 'T1059.001'],
  ['Command and Scripting Interpreter: PowerShell', 'T1059.001'],
  ['powershell command and scripting interpreter', 'T1059.001'],
  ['Process Injection DLL', 'T1055.001'],
  ['user execution malicious link', 'T1204.001'],
  ['webshell', 'T1505.003'],
  ['hash the pass', 'T1550.002'],
  ['pass-the-ticket', 'T1550.003'],
  ['scheduled tasks', 'T1053.005'],
  ['sched task', 'T1053.005'],
  ['startup folder run keys', 'T1547.001'],
  ['clear event logs', 'T1685.005'],
  ['credential dumping', 'T1003'],
  ['asreproast', 'T1558.004'],
  ['lsass', 'T1003.001'],
  ['token impersonation', 'T1134.001'],
  ['doppelganging', 'T1055.013'],
  ['DOPPELGÄNGING', 'T1055.013'],
  ['ｐｏｗｅｒｓｈｅｌｌ', 'T1059.001'],
  ['at', 'T1053.002'],
  ['solarwinds', 'C0024'],
  ['discovery tactic', 'TA0007'],
  ['lateral-movement', 'TA0008'],
  ['defense impairment', 'TA0112'],
  // Typing errors.
  ['powershel', 'T1059.001'],
  ['pwoershell', 'T1059.001'],
  ['mimikats', 'S0002'],
  ['mimkatz', 'S0002'],
  ['kerberosting', 'T1558.003'],
  ['phising', 'T1566'],
  ['spear phising attachment', 'T1566.001'],
  ['brute forec', 'T1110'],
  ['valid acounts', 'T1078'],
  ['lsas memory', 'T1003.001'],
  ['mstha', 'T1218.005'],
  ['rundl32', 'T1218.011'],
  ['colbat strike', 'S0154'],
  ['lazrus group', 'G0032'],
  ['silver tickt', 'T1558.002'],
  // Aliases and initials.
  ['Cozy Bear', 'G0016'],
  ['APT29', 'G0016'],
  ['APT 29', 'G0016'],
  ['apt-29', 'G0016'],
  ['group apt29', 'G0016'],
  ['midnight blizard', 'G0016'],
  ['qbot', 'S0650'],
  ['cobaltstrike', 'S0154'],
  ['net.exe', 'S0039'],
  ['wmi', 'T1047'],
  ['rdp', 'T1021.001'],
  ['smb', 'T1021.002'],
  ['mfa', 'T1556.006'],
  ['uac bypass', 'T1548.002'],
  ['aitm', 'T1557'],
  ['c2', 'TA0011'],
  ['ransomware', 'T1486'],
  ['lolbins', 'T1218'],
  ['com hijacking', 'T1546.015'],
  ['sticky keys', 'T1546.008'],
  ['wmi event subscription', 'T1546.003'],
  ['kerberoast attack', 'T1558.003'],
  ['password spray', 'T1110.003'],
  ['exfil over c2', 'T1041'],
  ['solar winds', 'C0024'],
  ['nobelium', 'G0016'],
  ['how to detect mimikatz', 'S0002'],
  ['man in the middle', 'T1557'],
  // What was, and what it is now.
  ['T1562.001', 'T1562.001'],
  ['impair defenses', 'T1562'],
  ['Defense Evasion', 'TA0005'],
  ['defense-evasion', 'TA0005'],
  ['Exploitation for Defense Evasion', 'T1211'],
  ['DLL Side-Loading', 'T1574.001'],
  ['dll search order hijacking', 'T1038', 2],
  // Detection: strategies, analytics, data components, log sources.
  ['process creation', 'DC0032'],
  ['WinEventLog:Sysmon', 'DC0032'],
  ['sysmon', 'DC0032'],
  ['kerberos', 'T1558', 2],
  ['windows firewall', 'T1686.003'],
  ['EventCode=4688', 'DC0032'],
  ['event id 4688', 'DC0032'],
  ['4688', 'DC0032'],
  ['sysmon event 1', 'DC0032'],
  ['event id 4104', 'DC0064'],
  ['EventCode=4624', 'DC0067'],
  ['auditd execve', 'DC0032'],
  ['cloudtrail RunInstances', 'DC0080'],
  ['Analytic 0074', 'AN0074'],
  ['Detection Strategy for VBA Stomping', 'DET0012'],
];

describe('searching ATT&CK 19.1', () => {
  const cases = QUERIES.map(([query, id, rank = 1]) => ({ query, id, rank }));

  it.each(cases)('finds what $query means: $id', ({ query, id, rank }) => {
    const ids = search(query, { limit: rank }).map(({ object }) => object.attackId);
    expect(ids).toContain(id);
  });

  const named: readonly AttackObject[] = [
    ...knowledgeBase.ofKind('technique'),
    ...knowledgeBase.ofKind('group'),
    ...knowledgeBase.ofKind('software'),
  ];
  const rankOf = (query: string, { stixId }: AttackObject): number => {
    const place = search(query).findIndex(({ object }) => object.stixId === stixId);
    return place === -1 ? Number.POSITIVE_INFINITY : place + 1;
  };

  it('finds every active technique, group and software first by its exact name, shared names together', () => {
    const bearers = new Map<string, number>();
    const key = ({ name }: AttackObject): string => name.toLowerCase();
    for (const object of named) bearers.set(key(object), (bearers.get(key(object)) ?? 0) + 1);
    const missed = named.filter(
      (object) => rankOf(object.name, object) > (bearers.get(key(object)) ?? 1),
    );
    expect(missed.map(({ name }) => name)).toEqual([]);
    expect(named.length).toBeGreaterThan(1600);
  });

  it.each([1, 2, 3])(
    'finds names with one typing error in the first three, 95 of 100 (seed %i)',
    (seed) => {
      const random = createRandom(seed);
      const long = named.filter(({ name }) => name.replace(/[^a-z]/gi, '').length >= 6);
      const missed = long.flatMap((object) => {
        const typed = mistype(object.name, random);
        return rankOf(typed, object) <= 3 ? [] : [`${object.name} typed ${typed}`];
      });
      expect(long.length).toBeGreaterThan(1400);
      expect(missed.length / long.length, missed.join('; ')).toBeLessThanOrEqual(0.05);
    },
  );

  it('finds every active object first by its id', () => {
    const objects = knowledgeBase.objects.filter(
      ({ status, attackId }) => status === 'active' && attackId !== undefined,
    );
    const missed = objects.filter((object) => rankOf(object.attackId ?? '', object) !== 1);
    expect(missed.map(({ attackId }) => attackId)).toEqual([]);
  });

  it('names the successor of every revoked technique that is searched by its id', () => {
    const revoked = knowledgeBase.objects.filter(
      ({ kind, status }) => kind === 'technique' && status === 'revoked',
    );
    const without = revoked.filter(({ attackId }) => {
      const [first] = search(attackId ?? '');
      return first?.why !== 'old-id' || first.successors.some(({ status }) => status !== 'active');
    });
    expect(revoked).toHaveLength(149);
    expect(without.map(({ attackId }) => attackId)).toEqual([]);
  });
});

// Source: mulberry32, in the public domain.
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The name with one letter left out, added, replaced, or swapped with its neighbour. */
function mistype(name: string, random: () => number): string {
  for (;;) {
    const place = Math.floor(random() * name.length);
    const letter = String.fromCharCode(97 + Math.floor(random() * 26));
    const [before, at, after] = [name.slice(0, place), name.charAt(place), name.slice(place + 1)];
    if (!/[a-z]/i.test(at)) continue;
    const ways = [
      before + after,
      before + letter + at + after,
      before + letter + after,
      before + after.charAt(0) + at + after.slice(1),
    ];
    const typed = ways[Math.floor(random() * ways.length)] ?? name;
    if (typed.toLowerCase() !== name.toLowerCase()) return typed;
  }
}
