import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listShipped, openShipped } from '../open-shipped.js';
import { createMigrator } from './create-migrator.js';
import { hasMappings, migrateMappings } from './migrate-mappings.js';
import { scanJsonFields } from './scan-json-fields.js';

const migrator = createMigrator(
  listShipped().map(({ domain, version }) => openShipped({ domain, version })),
);
const up = { migrator, from: undefined, to: '19.1' };

const record = (techniqueId: string, attackVersion: string, more: object = {}): object => ({
  subject: 'rule-1',
  techniqueId,
  domain: 'enterprise-attack',
  attackVersion,
  evidenceKind: 'capability',
  confidence: 1,
  evidence: [{ source: 'sigma', quote: 'tags: \\ "T1562"' }],
  status: 'accepted',
  ...more,
});

describe('Mapping records', () => {
  it.each([
    ['a revoked id', record('T1562.001', '18.1'), record('T1685', '19.1')],
    ['an id that stays, whose version is told', record('T1059', '18.1'), record('T1059', '19.1')],
    [
      'a pair',
      record('T1112', '18.1', { tactic: 'defense-evasion' }),
      record('T1112', '19.1', { tactic: 'defense-impairment' }),
    ],
    ['a record that lies about its version', record('T1685', '18.1'), record('T1685', '19.1')],
    ['what is deprecated, which stays wholly', record('T1043', '14.1'), record('T1043', '14.1')],
    ['what no version knows', record('T9999', '18.1'), record('T9999', '18.1')],
    [
      'another domain, of which 18.1 is the nearest',
      record('T1626', '18.1', { domain: 'mobile-attack' }),
      record('T1626', '18.1', { domain: 'mobile-attack' }),
    ],
    ['no mapping', { techniqueId: 'T1562.001' }, { techniqueId: 'T1562.001' }],
  ])('moves %s', (_, before, after) => {
    const text = JSON.stringify(before, null, 3);
    expect(migrateMappings(text, up).text).toBe(JSON.stringify(after, null, 3));
  });

  it('splits by what the record says', () => {
    const text = JSON.stringify(
      record('T1562.004', '18.1', { evidence: [{ source: 'sigma', quote: 'netsh advfirewall' }] }),
    );
    expect(migrateMappings(text, up).text).toContain('"T1686.003"');
  });

  it('moves lists, wrapped lists and NDJSON, and tells the line', () => {
    const lines = `${JSON.stringify(record('T1656', '18.1'))}\r\n${JSON.stringify(record('T1672', '17.1'))}\r\n`;
    const moved = migrateMappings(lines, up);
    expect(moved.text).toBe(
      lines
        .replace('T1656', 'T1684.001')
        .replace('T1672', 'T1684.002')
        .replace(/1[78]\.1/g, '19.1'),
    );
    expect(moved.steps.map(({ line }) => line)).toEqual([1, 2]);
    const wrapped = JSON.stringify({ mappings: [record('T1656', '18.1')] });
    expect(migrateMappings(wrapped, up).text).toContain('T1684.001');
  });

  it('flags a pair that becomes two, for which a record has no room', () => {
    const text = JSON.stringify(record('T1127', '18.1', { tactic: 'defense-evasion' }));
    const moved = migrateMappings(text, up);
    expect(moved.text).toContain('"tactic":"execution"');
    expect(moved.steps[0]).toMatchObject({
      decision: 'suggested',
      reason: expect.stringContaining('stealth'),
    });
  });

  it('lists a record whose version is not that of its id', () => {
    const moved = migrateMappings(JSON.stringify(record('T1685', '18.1')), up);
    expect(moved.steps[0]?.reason).toContain('says ATT&CK 18.1, its content 19.1');
  });

  it('lets the given version beat what the records say', () => {
    const text = JSON.stringify(record('T1574.001', '19.1', { tactic: 'persistence' }));
    expect(migrateMappings(text, { ...up, from: '18.1' }).text).toContain('"execution"');
  });

  it('tells mappings from other JSON', () => {
    expect(hasMappings(JSON.stringify([record('T1059', '18.1')]))).toBe(true);
    expect(hasMappings('{"techniques":[{"techniqueID":"T1059"}],"versions":{"attack":"18"}}')).toBe(
      false,
    );
    expect(hasMappings('"attackVersion" {"techniqueId": "T1059"}')).toBe(false);
  });
});

describe('any text as JSON', () => {
  it('gives the string fields that JSON.parse gives', () => {
    const flat = fc.dictionary(
      fc.string().filter((key) => key !== '__proto__'),
      fc.oneof(fc.string(), fc.integer(), fc.constant(null)),
    );
    fc.assert(
      fc.property(flat, fc.constantFrom(0, 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const [object] = scanJsonFields(text);
        const found = [...(object?.fields ?? [])].map(([key, field]) => [
          JSON.parse(`"${key}"`),
          JSON.parse(`"${text.slice(field.start, field.end)}"`),
        ]);
        expect(Object.fromEntries(found)).toEqual(
          Object.fromEntries(Object.entries(value).filter(([, one]) => typeof one === 'string')),
        );
      }),
    );
  });

  it('never throws, and changes values of three fields only', () => {
    const any = fc.oneof(
      fc.string(),
      fc.json(),
      fc.constantFrom(
        '{"techniqueId":"T1656","attackVersion":"18',
        '}{"a":',
        '["',
        '{"techniqueId":"T1656" "attackVersion":"18.1"}',
      ),
    );
    fc.assert(
      fc.property(fc.array(any, { maxLength: 4 }), (parts) => {
        const text = [...parts, JSON.stringify(record('T1656', '18.1')), ...parts].join('\n');
        const moved = migrateMappings(text, up).text;
        const bare = (one: string): string => one.replaceAll(/T\d{4}(?:\.\d{3})?|1[89]\.1/g, '');
        expect(bare(moved)).toBe(bare(text));
      }),
    );
  });

  it('takes no long time over hostile texts', () => {
    for (const piece of ['"', '\\"', '{', '[', '{"a":', '"\\', '}']) {
      expect(Array.isArray(scanJsonFields(piece.repeat(200_000)))).toBe(true);
    }
  });
});
