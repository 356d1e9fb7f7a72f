import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { formatCatalogue } from './format-catalogue.js';
import { loadBundle } from './load-bundle.js';
import { parseCatalogue } from './parse-catalogue.js';

const FOLDER = '../shared/data/attack';
const BUNDLES = [
  ['enterprise-attack-18.1', 4721],
  ['enterprise-attack-19.1-composite', 4788],
  ['mobile-attack-18.1', 722],
  ['ics-attack-18.1', 450],
  ['ics-attack-18.1.stix21', 450],
] as const;

describe.skipIf(!existsSync(FOLDER))('official bundles (need ../shared/data)', () => {
  it.each(BUNDLES)('reads %s whole and writes a catalogue that says the same', (name, count) => {
    const { knowledgeBase, issues } = loadBundle([`${FOLDER}/${name}.json.gz`]);
    expect(knowledgeBase.objects).toHaveLength(count);
    expect(issues).toEqual([]);
    const meta = { domain: knowledgeBase.domain, version: knowledgeBase.version };
    const text = formatCatalogue(knowledgeBase, { meta, relationshipIds: true });
    const again = parseCatalogue(text);
    expect(again.issues).toEqual([]);
    const objects = [...knowledgeBase.byStixId.values()];
    expect(objects.map(({ stixId }) => again.knowledgeBase?.byStixId.get(stixId))).toEqual(objects);
    const sorted = (relations: readonly { stixId: string | undefined }[]): unknown[] =>
      [...relations].sort((a, b) => ((a.stixId ?? '') < (b.stixId ?? '') ? -1 : 1));
    expect(sorted(again.knowledgeBase?.relations.all ?? [])).toEqual(
      sorted(knowledgeBase.relations.all),
    );
    expect(again.knowledgeBase?.tactics).toEqual(knowledgeBase.tactics);
  });
});
