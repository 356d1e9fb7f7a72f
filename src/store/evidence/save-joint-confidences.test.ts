import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { TechniqueId } from '../../model/index.js';
import { openStore } from '../open-store.js';

it('saves how sure an import is of more mappings than one statement of SQLite may join', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-joint-'));
  const store = await openStore(join(folder, 'test.db'));
  const { import: begun } = await store.imports.begin({
    kind: 'logs',
    name: 'many hosts',
    files: [],
    attackVersion: '19.1',
  });
  const techniqueId = 'T1059.001' as TechniqueId;
  const common = { evidenceKind: 'observed', domain: 'enterprise-attack' } as const;
  const subjects = Array.from({ length: 1_201 }, (_, index) => {
    return { kind: 'host' as const, name: `host-${index}` };
  });
  await store.imports.addBatch(
    begun.importId,
    subjects.map((subject) => ({
      claim: {
        ...common,
        reference: { kind: 'sigma', key: 'a rule', title: 'A rule' },
        subject,
        attackVersion: '19.1',
        techniqueIds: [techniqueId],
        confidence: 0.2,
      },
      timeMs: 0,
      source: 'log',
      record: subject.name,
    })),
  );
  const joint = subjects.map((subject) => ({ ...common, subject, techniqueId, confidence: 0.75 }));
  await store.imports.addJointConfidences(begun.importId, joint);
  const facets = await store.mappings.facets({ minConfidence: 0.7 });
  expect(facets.techniques).toMatchObject([{ value: techniqueId, mappings: 1_201 }]);
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});
