import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { dump, load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { checkRules } from '../../src/app/rules-check.js';
import { chooseTagKnowledge } from '../../src/app/rules-tag-knowledge.js';
import { LINT_CODES, type LintFile, lintRules } from '../../src/sigma/index.js';

interface Case {
  readonly name: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly detection?: unknown;
  readonly text?: string;
  /** `CODE` or `CODE line`. */
  readonly findings: readonly string[];
  /** Words of the first finding's fix. */
  readonly fix?: string;
}

const RULE = {
  title: 'A rule',
  id: '0a0a0a0a-0000-4000-8000-000000000001',
  status: 'test',
  description: 'Finds something.',
  references: ['https://example.com/a'],
  author: 'Anna',
  date: '2024-01-05',
  modified: '2024-02-05',
  tags: ['attack.execution', 'attack.t1059'],
  logsource: { product: 'windows', category: 'process_creation' },
  detection: { selection: { 'Image|endswith': '\\a.exe' }, condition: 'selection' },
  falsepositives: ['Unlikely'],
  level: 'high',
};

const knowledge = chooseTagKnowledge([], '19.1');
const lint = (text: string, source = 'a.yml') => lintRules([{ source, text }], knowledge).findings;

function textOf({ with: changes = {}, detection, text }: Case): string {
  if (text !== undefined) return text;
  const rule = { ...RULE, ...changes, ...(detection === undefined ? {} : { detection }) };
  return dump(Object.fromEntries(Object.entries(rule).filter(([, value]) => value !== null)));
}

const cases = load(readFileSync('test/sigma/lint/cases.yml', 'utf8')) as readonly Case[];

describe('checks of rules', () => {
  it.each(cases)('$name', (one) => {
    const findings = lint(textOf(one));
    const shown = findings.map(({ code, at }, index) =>
      one.findings[index]?.includes(' ') === true ? `${code} ${at.line}` : code,
    );
    expect([...shown].sort()).toEqual([...one.findings].sort());
    if (one.fix !== undefined) expect(findings.map(({ fix }) => fix).join('\n')).toContain(one.fix);
    for (const { at, message, fix } of findings) {
      expect(at).toMatchObject({ source: 'a.yml' });
      expect([(at.line ?? 0) > 0, (at.column ?? 0) > 0]).toEqual([true, true]);
      for (const text of [message, fix]) expect(text).toMatch(/^[^\n]+$/);
    }
  });

  it('has a case for every code', () => {
    const named = new Set(
      cases.flatMap(({ findings }) => findings.map((one) => one.split(' ')[0])),
    );
    // These need more than one file, or more text than a case.
    const elsewhere = [
      'ID_DUPLICATE',
      'NAME_DUPLICATE',
      'TITLE_DUPLICATE',
      'DETECTION_DUPLICATE',
      'TITLE_TOO_LONG',
      'ATTACK_DEPRECATED',
    ];
    expect([...named, ...elsewhere].sort()).toEqual(Object.keys(LINT_CODES).sort());
  });

  it('names line and column of a value in a list', () => {
    const text = `${dump({ ...RULE, detection: null }).replace('detection: null\n', '')}detection:
  sel:
    Image|contains:
      - good
      - '*bad'
  condition: sel
`;
    const line = text.split('\n').findIndex((one) => one.includes('*bad')) + 1;
    expect(lint(text)).toMatchObject([
      { code: 'VALUE_WILDCARD_REDUNDANT', at: { source: 'a.yml', line, column: 9 } },
    ]);
  });

  it('finds twins across files, and says where the other is', () => {
    const one = { ...RULE, name: 'same' };
    const files: LintFile[] = [
      { source: 'a.yml', text: dump(one) },
      { source: 'b.yml', text: dump({ ...one, title: `${RULE.title} ` }) },
    ];
    const { findings } = lintRules(files, knowledge);
    expect(findings.map(({ code }) => code).sort()).toEqual([
      'DETECTION_DUPLICATE',
      'ID_DUPLICATE',
      'NAME_DUPLICATE',
      'TITLE_DUPLICATE',
    ]);
    for (const { message, at } of findings) {
      expect(at.source).toBe('b.yml');
      expect(message).toContain('a.yml');
    }
  });

  it('finds a correlation’s rules in other files', () => {
    const correlation = {
      ...RULE,
      id: '0a0a0a0a-0000-4000-8000-000000000002',
      title: 'Many',
      correlation: { type: 'event_count', rules: [RULE.id], timespan: '5m', condition: { gte: 3 } },
    };
    const { detection: _, logsource: __, ...rest } = correlation;
    const files = [rest, RULE].map((rule, index) => ({ source: `${index}.yml`, text: dump(rule) }));
    expect(lintRules(files, knowledge).findings).toEqual([]);
  });

  it('says when a title is too long, and when a technique is deprecated', () => {
    expect(lint(dump({ ...RULE, title: 'x'.repeat(300) }))).toMatchObject([
      { code: 'TITLE_TOO_LONG' },
    ]);
    const found = lint(dump({ ...RULE, tags: [...RULE.tags, 'attack.t1051'] }));
    expect(found).toMatchObject([{ code: 'ATTACK_DEPRECATED' }]);
  });

  it('tells the version of ATT&CK by the tags of the whole set', () => {
    const of = (tags: readonly string[]) => chooseTagKnowledge(tags, undefined).version;
    expect(of(['attack.defense-evasion', 'attack.t1562.001', 'attack.t1070.001'])).not.toBe('19.1');
    expect(of(['attack.stealth', 'attack.t1685.005'])).toBe('19.1');
  });

  it('checks tags against the version that is asked for', () => {
    const text = dump({ ...RULE, tags: ['attack.defense-evasion', 'attack.t1562.001'] });
    const older = chooseTagKnowledge([], '17.1');
    expect(lintRules([{ source: 'a.yml', text }], older).findings).toEqual([]);
    expect(lint(text).map(({ code }) => code)).toContain('ATTACK_OTHER_VERSION');
  });

  it('never throws, whatever the text', () => {
    const rule = fc.record(
      Object.fromEntries(
        ['title', 'id', 'tags', 'logsource', 'detection', 'related', 'date', 'status'].map(
          (key) => [key, fc.jsonValue({ maxDepth: 3 })],
        ),
      ),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          rule.map((one) => dump(one)),
        ),
        (text) => {
          lint(text);
        },
      ),
    );
  });

  it('is the table of docs/reference/rule-checks.md', () => {
    const documented = readFileSync('docs/reference/rule-checks.md', 'utf8');
    for (const [code, { severity, meaning }] of Object.entries(LINT_CODES))
      expect(documented).toContain(
        `| \`${code}\` | ${severity} | ${meaning.replaceAll('|', '\\|')} |`,
      );
    expect(documented.match(/^\| `/gm)).toHaveLength(Object.keys(LINT_CODES).length);
  });

  const SIGMA = '../shared/data/sigma';
  it.skipIf(!existsSync(SIGMA))(
    'raises no alarm over SigmaHQ’s rules (needs ../shared/data)',
    async () => {
      const paths = readdirSync(SIGMA).filter((name) => name.startsWith('rules'));
      const check = await checkRules({ paths: paths.map((name) => `${SIGMA}/${name}`) });
      expect(check).toMatchObject({ attackVersion: '19.1', counts: { error: 0 }, issues: [] });
      // Each looked at: they are what they say.
      expect(check.counts.warning).toBe(11);
    },
    60_000,
  );
});
