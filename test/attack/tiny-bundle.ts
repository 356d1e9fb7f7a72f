import type { Domain } from '../../src/model/index.js';

/** A STIX object that a test may change. */
export type TinyObject = Record<string, unknown>;

export interface TinyBundleOptions {
  readonly domain?: Domain;
  /** Of the collection object; none when absent. */
  readonly version?: string;
  /** Default 4. */
  readonly techniques?: number;
}

const COLLECTIONS: Readonly<Record<Domain, string>> = {
  'enterprise-attack': '1f5f1533-f617-4ca8-9ab4-6a02367fa019',
  'mobile-attack': 'dac0d2d7-8653-445c-9bff-82f934c1e858',
  'ics-attack': '90c00720-636b-4485-b342-8751d232bf09',
};
const CHAINS: Readonly<Record<Domain, string>> = {
  'enterprise-attack': 'mitre-attack',
  'mobile-attack': 'mitre-mobile-attack',
  'ics-attack': 'mitre-ics-attack',
};

/** A made-up STIX id: the number is the end of its UUID. */
export function tinyId(type: string, number: number): string {
  return `${type}--00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;
}

/** A small made-up knowledge base: a matrix, a tactic, techniques, a group that uses the first of them. */
export function tinyObjects(options: TinyBundleOptions = {}): TinyObject[] {
  const { domain = 'enterprise-attack', version, techniques = 4 } = options;
  const times = { created: '2026-01-01T00:00:00.000Z', modified: '2026-02-01T00:00:00.000Z' };
  const base = { ...times, x_mitre_domains: [domain], x_mitre_version: '1.0' };
  const reference = (externalId: string) => [
    {
      source_name: 'mitre-attack',
      external_id: externalId,
      url: `https://example.com/${externalId}`,
    },
  ];
  const collection = {
    ...base,
    type: 'x-mitre-collection',
    id: `x-mitre-collection--${COLLECTIONS[domain]}`,
    name: 'Tiny ATT&CK',
    x_mitre_version: version,
  };
  const list = Array.from({ length: techniques }, (_, index) => ({
    ...base,
    type: 'attack-pattern',
    id: tinyId('attack-pattern', index + 1),
    name: `Whistle ${index + 1}`,
    description: `Whistles ${index + 1} times.(Citation: Tune ${index + 1})`,
    external_references: [
      ...reference(`T${9000 + index}`),
      {
        source_name: `Tune ${index + 1}`,
        description: 'Ann Example: Tunes.',
        url: 'https://example.com/tune',
      },
    ],
    kill_chain_phases: [{ kill_chain_name: CHAINS[domain], phase_name: 'humming' }],
    x_mitre_platforms: ['Windows'],
  }));
  return [
    ...(version === undefined ? [] : [collection]),
    {
      ...base,
      type: 'x-mitre-matrix',
      id: tinyId('x-mitre-matrix', 1),
      name: 'Tiny',
      external_references: reference(domain),
      tactic_refs: [tinyId('x-mitre-tactic', 1)],
    },
    {
      ...base,
      type: 'x-mitre-tactic',
      id: tinyId('x-mitre-tactic', 1),
      name: 'Humming',
      x_mitre_shortname: 'humming',
      external_references: reference('TA9000'),
    },
    ...list,
    {
      ...base,
      type: 'intrusion-set',
      id: tinyId('intrusion-set', 1),
      name: 'Whistlers',
      description: 'They whistle.',
      external_references: reference('G9000'),
    },
    {
      ...times,
      type: 'relationship',
      id: tinyId('relationship', 1),
      relationship_type: 'uses',
      source_ref: tinyId('intrusion-set', 1),
      target_ref: tinyId('attack-pattern', 1),
      description: 'Whistlers whistled on a roof.(Citation: Roof)',
      external_references: [
        { source_name: 'Roof', description: 'Bo Example: Roofs.', url: 'https://example.com/roof' },
      ],
    },
  ];
}

/** The text of a bundle of such objects, or of others. */
export function tinyBundle(
  options: TinyBundleOptions = {},
  objects: readonly unknown[] = tinyObjects(options),
): string {
  return JSON.stringify({ type: 'bundle', id: tinyId('bundle', 1), objects });
}
