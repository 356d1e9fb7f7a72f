import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'vitest';
import { listShipped, openShipped } from '../open-shipped.js';
import { createMigrator } from './create-migrator.js';
import { migrateSigma, sightSigma } from './migrate-sigma.js';
import { scanSigma } from './scan-sigma.js';

const migrator = createMigrator(
  listShipped().map(({ domain, version }) => openShipped({ domain, version })),
);
const F = '../shared/data/sigma';
describe('x', () => {
  it('y', () => {
    const t0 = Date.now();
    let bytes = 0,
      set = 0,
      n = 0;
    const bad: unknown[] = [];
    const c: Record<string, number> = {};
    const reasons: Record<string, number> = {};
    for (const name of readdirSync(F, { recursive: true, encoding: 'utf8' })) {
      if (!/^rules.*\.yml$/.test(name)) continue;
      const text = readFileSync(`${F}/${name}`, 'utf8');
      n++;
      const down = migrateSigma(text, { migrator, from: '19.1', to: '18.1' });
      const up = migrateSigma(down.text, {
        migrator,
        from: migrator.detectVersion(sightSigma(down.text)).version === '19.1' ? '18.1' : '18.1',
        to: '19.1',
      });
      for (const s of [
        ...down.steps.map((s) => ({ ...s, d: 'down' })),
        ...up.steps.map((s) => ({ ...s, d: 'up' })),
      ]) {
        const k = s.d + ' ' + s.decision + ' ' + s.from + '>' + s.to;
        c[k] = (c[k] ?? 0) + 1;
      }
      const tags = (t: string) => scanSigma(t).flatMap((d) => d.tags.map((x) => x.text));
      const a = tags(text),
        b = tags(up.text);
      if (up.text === text) bytes++;
      if ([...a].sort().join() === [...b].sort().join()) set++;
      else if (a.some((t) => /attack\.t\d/.test(t))) bad.push([name, a, tags(down.text), b]);
    }
    console.log({ n, bytes, set, ms: Date.now() - t0 });
    console.log(JSON.stringify(bad, null, 1));
    console.log(Object.entries(c).sort((a, b) => b[1] - a[1]));
  }, 60000);
});
