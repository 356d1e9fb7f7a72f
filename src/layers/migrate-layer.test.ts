import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listShipped, openShipped } from '../attack/index.js';
import { createMigrator } from '../attack/lookup.js';
import { indexAnnotations } from './annotations.js';
import type { Layer } from './layer.js';
import { migrateLayer } from './migrate-layer.js';
import { readLayers } from './read-layers.js';

const SHARED = '../shared/data/layers';
const found = existsSync(SHARED)
  ? readdirSync(SHARED, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.json'),
    )
  : [];

const migrator = createMigrator(listShipped().map(openShipped));

function layer(techniques: readonly object[], fields: object = {}): Layer {
  const json = {
    domain: 'enterprise-attack',
    name: 'n',
    versions: { attack: '18.1', layer: '4.5' },
    ...fields,
    techniques,
  };
  const [read] = readLayers(JSON.stringify(json)).layers;
  if (read === undefined) throw new Error('no layer');
  return read;
}

const cellsOf = ({ techniques }: Layer): readonly string[] =>
  techniques.map(({ tactic, techniqueId }) =>
    tactic === undefined ? techniqueId : `${techniqueId}/${tactic}`,
  );

const up = (from: Layer) => migrateLayer(from, migrator, { from: '18.1', to: '19.1' });

describe('migrateLayer', () => {
  it('moves a revoked id to the one that took over, with all that is said of it', () => {
    const fields = {
      score: 5,
      comment: 'c',
      color: '#ff0000',
      enabled: false,
      links: [{ label: 'l', url: 'u', x: 1 }],
      metadata: [{ name: 'n', value: 'v' }],
      y: 2,
    };
    const before = layer([{ techniqueID: 'T1562.002', ...fields }]);
    const { layer: after, steps } = up(before);
    expect(after.techniques).toEqual([{ ...before.techniques[0], techniqueId: 'T1685.001' }]);
    expect(after.versions.attack).toBe('19.1');
    expect(steps).toMatchObject([
      {
        path: 'techniques[0]',
        raw: 'T1562.002',
        from: 'T1562.002',
        to: 'T1685.001',
        decision: 'automatic',
      },
    ]);
  });

  it('joins entries that land on one technique: highest score, all comments, links and metadata', () => {
    const { layer: after, steps } = up(
      layer([
        { techniqueID: 'T1562', score: 3, comment: 'parent', links: [{ label: 'a', url: 'u' }] },
        {
          techniqueID: 'T1562.001',
          score: 9,
          comment: 'sub',
          links: [{ label: 'b', url: 'u' }],
          metadata: [{ name: 'n', value: 'v' }],
        },
        { techniqueID: 'T1562.006', comment: 'sub', enabled: false },
        { techniqueID: 'T1059', score: 1 },
      ]),
    );
    expect(after.techniques).toMatchObject([
      {
        techniqueId: 'T1685',
        score: 9,
        comment: 'parent\nsub',
        enabled: true,
        links: [{ label: 'a' }, { label: 'b' }],
        metadata: [{ value: 'v' }],
      },
      { techniqueId: 'T1059', score: 1 },
    ]);
    expect(steps.at(-1)).toMatchObject({
      path: 'techniques[0], techniques[1], techniques[2]',
      raw: 'T1562, T1562.001, T1562.006',
      to: 'T1685',
      decision: 'suggested',
      reason:
        'several entries became one; comments, links and metadata are joined; score 9 is the highest of 3, 9',
    });
  });

  it('says what a joined entry cannot hold', () => {
    const { layer: after, steps } = up(
      layer([
        { techniqueID: 'T1562', color: '#111111', x: 1 },
        { techniqueID: 'T1562.001', color: '#222222', x: 2, y: 3 },
      ]),
    );
    expect(after.techniques).toMatchObject([{ color: '#111111', unknown: { x: 1, y: 3 } }]);
    expect(steps.at(-1)?.reason).toContain(
      'color #222222 left out, #111111 kept; field x with 2 left out',
    );
  });

  it('leaves duplicates of the layer itself as they are', () => {
    const { layer: after } = up(
      layer([
        { techniqueID: 'T1562.002', score: 1 },
        { techniqueID: 'T1562.002', score: 2 },
      ]),
    );
    expect(after.techniques).toMatchObject([
      { techniqueId: 'T1685.001', score: 1 },
      { techniqueId: 'T1685.001', score: 2 },
    ]);
  });

  it('moves what is said of a technique under a tactic to the tactics that took over', () => {
    const { layer: after } = up(
      layer([
        { techniqueID: 'T1055', tactic: 'defense-evasion', score: 1 },
        { techniqueID: 'T1055', tactic: 'privilege-escalation', score: 2 },
        { techniqueID: 'T1112', tactic: 'defense-evasion', score: 3 },
      ]),
    );
    expect(cellsOf(after)).toEqual([
      'T1055/stealth',
      'T1055/privilege-escalation',
      'T1112/defense-impairment',
    ]);
  });

  it('lets an entry for all tactics not hide one for a single tactic that comes from another id', () => {
    const { layer: after } = up(
      layer([
        { techniqueID: 'T1562.001', tactic: 'defense-evasion', score: 9, comment: 'single' },
        { techniqueID: 'T1562', score: 3, comment: 'all' },
      ]),
    );
    expect(cellsOf(after)).toEqual(['T1685', 'T1685/defense-impairment']);
    const shown = indexAnnotations(after).at('T1685', 'defense-impairment');
    expect(shown).toMatchObject({ score: 9, comment: 'single\nall' });
  });

  it('divides a firewall by the platforms that the layer filters by', () => {
    const moved = (platforms: readonly string[]) =>
      cellsOf(up(layer([{ techniqueID: 'T1562.004' }], { filters: { platforms } })).layer);
    expect(moved(['Windows'])).toEqual(['T1686.003']);
    expect(moved(['IaaS'])).toEqual(['T1686.001']);
    expect(moved(['Windows', 'Linux'])).toEqual(['T1686']);
  });

  it.each([
    [
      '14.1',
      '19.1',
      ['Azure AD', 'Office 365', 'Google Workspace', 'Network', 'Windows'],
      ['Identity Provider', 'Office Suite', 'Network Devices', 'Windows'],
    ],
    [
      '19.1',
      '14.1',
      ['Identity Provider', 'Office Suite', 'Network Devices'],
      ['Azure AD', 'Google Workspace', 'Office 365', 'Network'],
    ],
    ['14.1', '16.1', ['Network', 'Azure AD'], ['Network', 'Identity Provider']],
    ['18.1', '19.1', ['Amiga'], ['Amiga']],
  ])('names the platforms of a filter from %s as %s does: %j', (from, to, platforms, expected) => {
    const { layer: after, steps } = migrateLayer(
      layer([], { filters: { platforms, x: 1 } }),
      migrator,
      { from, to },
    );
    expect(after.filters).toEqual({ platforms: expected, unknown: { x: 1 } });
    const changed = platforms.filter((name) => !expected.includes(name) || name === 'Amiga');
    expect(steps.map(({ raw }) => raw)).toEqual(changed);
  });

  it('keeps and lists an id that no version knows', () => {
    const { layer: after, steps } = up(
      layer([
        { techniqueID: 'T9999', score: 1 },
        { techniqueID: '<b>', comment: 'c' },
        { techniqueID: 'T1059' },
      ]),
    );
    expect(cellsOf(after)).toEqual(['T9999', '<b>', 'T1059']);
    expect(steps).toMatchObject([
      { path: 'techniques[0]', to: 'T9999', decision: 'needs-person' },
      { path: 'techniques[1]', to: '<b>', decision: 'needs-person' },
    ]);
  });

  it('goes by the content of a layer whose label is wrong, and says so', () => {
    const { from, issues } = migrateLayer(
      layer([{ techniqueID: 'T1685' }, { techniqueID: 'T1682' }], { versions: { attack: '18' } }),
      migrator,
      { to: '18.1', source: 'l.json' },
    );
    expect(from).toBe('19.1');
    expect(issues).toMatchObject([
      { code: 'VERSION_MISLABELLED', at: { source: 'l.json', path: 'versions.attack' } },
    ]);
  });

  it('uses the nearest version to one that does not ship, and says so', () => {
    const { to, issues } = migrateLayer(layer([{ techniqueID: 'T1059' }]), migrator, { to: '25' });
    expect(to).toBe('19.1');
    expect(issues).toMatchObject([{ code: 'VERSION_APPROXIMATE' }]);
  });

  it('comes back to the same ids, forth and back', () => {
    const ids = openShipped({ version: '18.1' })
      .ofKind('technique')
      .map(({ attackId }) => attackId);
    // T1562, T1562.001 and T1562.006 became one: no way back tells them apart. T1562.004 was divided.
    const single = ids.filter((id) => !['T1562', 'T1562.001', 'T1562.006'].includes(id));
    const before = layer(single.map((techniqueID) => ({ techniqueID, score: 1 })));
    const { layer: after } = up(before);
    const { layer: back } = migrateLayer(after, migrator, { from: '19.1', to: '18.1' });
    expect(cellsOf(back)).toEqual(cellsOf(before));
    expect(after.techniques.map(({ techniqueId }) => techniqueId)).not.toEqual(single);
  });

  it('loses no comment, link or score of any layer', () => {
    const old = [
      'T1562',
      'T1562.001',
      'T1562.004',
      'T1562.006',
      'T1070.001',
      'T1574.002',
      'T1574.001',
      'T1055',
      'T1685',
      'T9999',
    ];
    const entry = fc.record({
      techniqueID: fc.constantFrom(...old),
      tactic: fc.option(fc.constantFrom('defense-evasion', 'persistence', 'stealth', 'none'), {
        nil: undefined,
      }),
      score: fc.option(fc.integer({ min: 0, max: 9 }), { nil: undefined }),
      comment: fc.string({ minLength: 1, maxLength: 5 }),
    });
    const versions = fc.constantFrom('14.1', '16.1', '18.1', '19.1');
    fc.assert(
      fc.property(
        fc.array(entry, { maxLength: 12 }),
        versions,
        versions,
        (techniques, from, to) => {
          const before = layer(techniques);
          const { layer: after } = migrateLayer(before, migrator, { from, to });
          const comments = after.techniques.flatMap(({ comment }) => [
            comment,
            ...comment.split('\n'),
          ]);
          for (const { comment } of before.techniques) expect(comments).toContain(comment);
          const scores = (of: Layer) =>
            of.techniques.map(({ score }) => score ?? Number.NEGATIVE_INFINITY);
          expect(Math.max(...scores(after))).toBe(Math.max(...scores(before)));
        },
      ),
    );
  });

  it('moves a layer of a hundred thousand hostile duplicates', () => {
    const techniques = Array.from({ length: 100_000 }, (_, index) => ({
      techniqueID: index % 2 === 0 ? 'T1562' : 'T1562.001',
      score: index,
      ...(index % 4 < 2 ? { tactic: index % 3 === 0 ? 'defense-evasion' : `t${index}` } : {}),
    }));
    const { layer: after } = up(layer(techniques));
    expect(Math.max(...after.techniques.map(({ score }) => score ?? 0))).toBe(99_999);
  });

  const cases = found.flatMap((name) => ['19.1', '18.1'].map((to) => ({ name, to })));
  it.skipIf(found.length === 0).each(cases.length === 0 ? [{ name: 'none', to: '' }] : cases)(
    'moves $name to $to, every id of it known there or listed (needs ../shared/data)',
    ({ name, to }) => {
      const [before] = readLayers(readFileSync(`${SHARED}/${name}`, 'utf8')).layers;
      if (before === undefined) throw new Error('no layer');
      const { layer: after, steps, detection } = migrateLayer(before, migrator, { to });
      const known = new Set(
        openShipped({ version: to })
          .ofKind('technique')
          .map(({ attackId }) => String(attackId)),
      );
      const listed = new Set(
        steps.filter((step) => step.decision === 'needs-person').map((step) => step.to),
      );
      const lost = cellsOf(after).filter(
        (cell) => !known.has(cell.split('/')[0] ?? '') && !listed.has(cell),
      );
      expect(lost).toEqual([]);
      expect(after.versions.attack).toBe(to);
      const moved = new Set(steps.flatMap((step) => step.raw.split(', ')));
      const ids = new Set(after.techniques.map(({ techniqueId }) => techniqueId));
      const dropped = before.techniques.filter(
        ({ techniqueId }) => !ids.has(techniqueId) && !moved.has(techniqueId),
      );
      expect(dropped).toEqual([]);
      if (name.startsWith('navigator-samples')) expect(detection.candidates).not.toContain('19.1');
    },
  );
});
