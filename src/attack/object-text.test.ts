import { describe, expect, it } from 'vitest';
import { type TinyObject, tinyId, tinyObjects } from '../../test/attack/tiny-bundle.js';
import type { StixId } from '../model/index.js';
import type { Analytic, Technique } from './attack-object.js';
import { formatCatalogue } from './format-catalogue.js';
import type { KnowledgeBase } from './knowledge-base.js';
import {
  descriptionOf,
  detectionTextOf,
  mutableElementsOf,
  procedureExamplesOf,
  referencesOf,
} from './object-text.js';
import { parseCatalogue } from './parse-catalogue.js';
import { readStixBundle } from './read-stix-bundle.js';

const analyticId = tinyId('x-mitre-analytic', 1);

function bundleOf(change: (objects: TinyObject[]) => void = () => {}): KnowledgeBase {
  const objects = tinyObjects();
  objects.push({
    type: 'x-mitre-analytic',
    id: analyticId,
    name: 'Analytic 9000',
    external_references: [{ source_name: 'mitre-attack', external_id: 'AN9000' }],
    x_mitre_mutable_elements: [{ field: 'Loudness', description: 'How loud is too loud.' }],
  });
  change(objects);
  const { knowledgeBase } = readStixBundle([{ source: 'tiny.json', value: { objects } }]);
  if (knowledgeBase === undefined) throw new Error('the tiny bundle was not read');
  return knowledgeBase;
}

function catalogueOf(bundle: KnowledgeBase): KnowledgeBase {
  const meta = { domain: 'enterprise-attack', version: '1.0' };
  const { knowledgeBase } = parseCatalogue(formatCatalogue(bundle, { meta }));
  if (knowledgeBase === undefined) throw new Error('the tiny catalogue was not read');
  return knowledgeBase;
}

const techniqueOf = (knowledgeBase: KnowledgeBase): Technique =>
  knowledgeBase.byAttackId.get('T9000') as Technique;
const analyticOf = (knowledgeBase: KnowledgeBase): Analytic =>
  knowledgeBase.byStixId.get(analyticId as StixId) as Analytic;

describe('texts of a full bundle', () => {
  const bundle = bundleOf();

  it('answers with the description', () => {
    expect(descriptionOf(bundle, techniqueOf(bundle))).toBe('Whistles 1 times.(Citation: Tune 1)');
  });

  it('answers with references, the page of the object first', () => {
    expect(referencesOf(bundle, techniqueOf(bundle))).toEqual([
      {
        name: 'mitre-attack',
        description: undefined,
        url: 'https://example.com/T9000',
        externalId: 'T9000',
      },
      {
        name: 'Tune 1',
        description: 'Ann Example: Tunes.',
        url: 'https://example.com/tune',
        externalId: undefined,
      },
    ]);
  });

  it('answers with who used a technique, how, and who says so', () => {
    const [example, ...others] = procedureExamplesOf(bundle, techniqueOf(bundle));
    expect(others).toEqual([]);
    expect(example?.object.attackId).toBe('G9000');
    expect(example?.description).toBe('Whistlers whistled on a roof.(Citation: Roof)');
    expect(example?.references.map(({ name }) => name)).toEqual(['Roof']);
  });

  it('answers with what is tuned in an analytic', () => {
    expect(mutableElementsOf(bundle, analyticOf(bundle))).toEqual([
      { field: 'Loudness', description: 'How loud is too loud.' },
    ]);
  });

  it('passes on no link that is not of the web', () => {
    const changed = bundleOf((objects) => {
      const technique = objects.find(({ id }) => id === tinyId('attack-pattern', 1));
      const references = technique?.['external_references'] as TinyObject[];
      references.push({ source_name: 'Trap', url: 'javascript:alert(1)' });
    });
    expect(referencesOf(changed, techniqueOf(changed)).at(-1)).toEqual({
      name: 'Trap',
      description: undefined,
      url: undefined,
      externalId: undefined,
    });
  });

  it.each([
    ['a number', 7],
    ['a list', ['x']],
    ['nothing', null],
  ])('takes %s in place of a text for no text', (_, value) => {
    const changed = bundleOf((objects) => {
      for (const object of objects) {
        if (object['type'] !== 'attack-pattern') continue;
        object['description'] = value;
        object['x_mitre_detection'] = value;
      }
    });
    expect(descriptionOf(changed, techniqueOf(changed))).toBeUndefined();
    expect(detectionTextOf(changed, techniqueOf(changed))).toBeUndefined();
  });
});

describe('texts where only the catalogue is there', () => {
  const catalogue = catalogueOf(bundleOf());

  it('says who used a technique and not how', () => {
    const examples = procedureExamplesOf(catalogue, techniqueOf(catalogue));
    expect(
      examples.map(({ object, description, references }) => [object.name, description, references]),
    ).toEqual([['Whistlers', undefined, []]]);
  });

  it('names what is tuned in an analytic without its wording', () => {
    expect(mutableElementsOf(catalogue, analyticOf(catalogue))).toEqual([
      { field: 'Loudness', description: undefined },
    ]);
  });

  it('has no description and no references', () => {
    expect(descriptionOf(catalogue, techniqueOf(catalogue))).toBeUndefined();
    expect(referencesOf(catalogue, techniqueOf(catalogue))).toEqual([]);
  });
});
