import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { listShipped, openShipped } from '../open-shipped.js';
import { createMigrator } from './create-migrator.js';
import { migrateSigma, sightSigma } from './migrate-sigma.js';
import type { MigrationStep } from './migration-step.js';
import { scanSigma } from './scan-sigma.js';

const RULES = '../shared/data/sigma';
const NEW_IDS = 12;

const migrator = createMigrator(
  listShipped().map(({ domain, version }) => openShipped({ domain, version })),
);

interface RoundTrip {
  readonly text: string;
  readonly before: readonly string[];
  readonly older: string;
  readonly after: readonly string[];
  readonly back: string;
  readonly down: readonly MigrationStep[];
  readonly up: readonly MigrationStep[];
}

const isTechnique = (tag: string): boolean => /^attack\.t\d/.test(tag);
const isNewTactic = (tag: string): boolean => /^attack\.(?:stealth|defense-impairment)$/.test(tag);
const tagsOf = (text: string): readonly string[] =>
  scanSigma(text)
    .flatMap((document) => document.tags.map((tag) => tag.text))
    .sort();

function roundTrip(text: string): RoundTrip {
  const down = migrateSigma(text, { migrator, from: '19.1', to: '18.1' });
  // The way back knows the older text alone.
  const up = migrateSigma(down.text, { migrator, from: '18.1', to: '19.1' });
  return {
    text,
    before: tagsOf(text),
    older: down.text,
    after: tagsOf(up.text),
    back: up.text,
    down: down.steps,
    up: up.steps,
  };
}

describe.skipIf(!existsSync(RULES))(
  'all rules of SigmaHQ, 19.1 → 18.1 → 19.1 (needs ../shared/data)',
  () => {
    let trips: readonly RoundTrip[] = [];

    beforeAll(() => {
      const names = readdirSync(RULES, { recursive: true, encoding: 'utf8' });
      trips = names
        .filter((name) => /^rules.*\.yml$/.test(name))
        .map((name) => roundTrip(readFileSync(`${RULES}/${name}`, 'utf8')));
    });

    it('is told to be of 19.1, and of 18.1 when it has moved down', () => {
      const detect = (texts: readonly string[]): string => {
        const seen = texts.map(sightSigma);
        return migrator.detectVersion({
          techniqueIds: seen.flatMap(({ techniqueIds }) => techniqueIds),
          tactics: seen.flatMap(({ tactics }) => tactics),
          platforms: [],
        }).version;
      };
      expect(detect(trips.map(({ text }) => text))).toBe('19.1');
      expect(detect(trips.map(({ older }) => older))).toBe('18.1');
    });

    it('leaves no id and no tactic of 19 in a rule of 18.1', () => {
      const left = trips.flatMap(({ older }) => {
        const { techniqueIds, tactics } = sightSigma(older);
        const known = new Set(migrator.tactics('18.1').map(({ shortname }) => shortname));
        return [
          ...techniqueIds.filter((techniqueId) => {
            const stays = migrator.migrateTechnique({ techniqueId, from: '18.1', to: '18.1' });
            return stays.changed || stays.decision !== 'automatic';
          }),
          ...tactics.filter((tactic) => !known.has(tactic)),
        ];
      });
      expect(left).toEqual([]);
    });

    it('brings every technique id back', () => {
      const ids = (tags: readonly string[]): string => tags.filter(isTechnique).join();
      const wrong = trips.filter(({ before, after }) => ids(before) !== ids(after));
      expect(wrong.map(({ before, after }) => [before, after])).toEqual([]);
      const movedIds = new Set(
        trips.flatMap(({ down }) =>
          down.filter(({ from }) => from.startsWith('T')).map(({ from }) => from),
        ),
      );
      expect(movedIds.size).toBe(NEW_IDS);
    });

    it('brings every tag of a rule with a technique back, byte by byte', () => {
      const carried = trips.filter(({ before }) => before.some(isTechnique));
      const wrong = carried.filter(({ text, back }) => text !== back);
      expect(wrong.map(({ before, after }) => [before, after])).toEqual([]);
      const moved = carried.filter(({ text, older }) => text !== older);
      report(
        `rules with a technique: ${carried.length}, of which ${moved.length} moved; all came back with the same bytes`,
      );
      expect(moved.length).toBeGreaterThan(1000);
    });

    it('divides T1562.004 as SigmaHQ did', () => {
      const counts = new Map<string, number>();
      let wrong = 0;
      for (const { before, up } of trips) {
        for (const { from, to } of up) {
          if (from !== 'T1562.004') continue;
          counts.set(to, (counts.get(to) ?? 0) + 1);
          if (!before.includes(`attack.${to.toLowerCase()}`)) wrong += 1;
        }
      }
      report(
        `T1562.004 went to ${[...counts].map(([id, count]) => `${id} ${count}×`).join(', ')}; ${wrong} wrong`,
      );
      expect(wrong).toBe(0);
      expect([...counts.values()].reduce((sum, count) => sum + count, 0)).toBe(27);
    });

    it('decides a tactic without technique where that is safe, and lists the rest', () => {
      const open = trips.filter(
        ({ before }) => before.some(isNewTactic) && !before.some(isTechnique),
      );
      const listed = open.filter(({ up }) =>
        up.some(({ decision }) => decision === 'needs-person'),
      );
      const decided = open.filter((trip) => !listed.includes(trip));
      const wrong = decided.filter(({ before, after }) => before.join() !== after.join());
      report(
        `rules with a new tactic and no technique: ${open.length}; decided ${decided.length}, of which ${wrong.length} wrong; listed ${listed.length}`,
      );
      expect(wrong.map(({ text }) => text.slice(0, 80))).toEqual([]);
      expect(decided.length).toBeGreaterThanOrEqual(60);
      expect(listed.every(({ after }) => after.includes('attack.defense-evasion'))).toBe(true);
      expect(decided.length + listed.length).toBe(open.length);
    });
  },
);

function report(line: string): void {
  process.stdout.write(`  ${line}\n`);
}
