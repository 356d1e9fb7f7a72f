import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { listShipped, openShipped } from '../open-shipped.js';
import { PLATFORM_RENAMES } from './platform-renames.table.js';
import { KIN, MERGE_CUES, SPLITS } from './splits.table.js';
import { TACTIC_SUCCESSIONS } from './tactic-successors.table.js';

const page = readFileSync(new URL('../../../docs/migrate.md', import.meta.url), 'utf8');
const bases = listShipped()
  .filter(({ domain }) => domain === 'enterprise-attack')
  .map((choice) => openShipped(choice));
const isKnown = (id: string): boolean =>
  bases.some((base) => base.byAttackId.get(id)?.status === 'active');

describe('tables of migration', () => {
  it('name techniques that some version has', () => {
    const ids = [
      ...SPLITS.flatMap(({ techniqueId, targets }) => [techniqueId, ...Object.values(targets)]),
      ...MERGE_CUES.flatMap(({ into, techniqueId }) => [into, techniqueId]),
      ...KIN.flatMap(({ techniqueId, older }) => [techniqueId, older]),
    ];
    expect(ids.filter((id) => !isKnown(id))).toEqual([]);
  });

  it('name as kin only what has no ancestor, and what is older', () => {
    for (const { techniqueId, older } of KIN) {
      const first = bases.findIndex(
        (base) => base.byAttackId.get(techniqueId)?.status === 'active',
      );
      expect(bases[first - 1]?.byAttackId.get(older)?.status).toBe('active');
      const self = bases[first]?.byAttackId.get(techniqueId);
      expect(self && bases[first]?.relations.to(self.stixId, 'revoked-by')).toEqual([]);
    }
  });

  it('name tactics and platforms of the versions that they speak of', () => {
    const tactics = new Set(
      bases.flatMap((base) => base.tactics.map(({ shortname }) => shortname)),
    );
    for (const { old, successors } of TACTIC_SUCCESSIONS) {
      expect([old, ...successors].filter((name) => !tactics.has(name))).toEqual([]);
    }
    const platforms = new Set(
      bases.flatMap((base) => base.ofKind('technique').flatMap((one) => one.platforms)),
    );
    expect(PLATFORM_RENAMES.filter(({ renamed }) => !platforms.has(renamed))).toEqual([]);
  });

  it('stand in docs/migrate.md', () => {
    for (const { techniqueId, targets } of SPLITS) {
      expect(page).toContain(
        `| ${techniqueId} | ${targets.windows} | ${targets.cloud} | ${targets['network-device']} |`,
      );
    }
    for (const { techniqueId, older } of KIN) expect(page).toContain(`${techniqueId} → ${older}`);
    for (const { old, renamed, since } of PLATFORM_RENAMES) {
      expect(page).toMatch(new RegExp(`${old}.*\\| ${renamed} \\| ${since}`));
    }
    for (const { techniqueId, words } of MERGE_CUES) {
      expect(page).toContain(techniqueId);
      expect(page).toContain(words);
    }
  });
});
