import { describe, expect, it } from 'vitest';
import { blocksOf, describeReportReader, readAs } from '../../../../test/contract/report-reader.js';
import { stixReader } from './stix-reader.js';

const id = (type: string, number: number): string =>
  `${type}--00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

const thing = (type: string, number: number, fields: object): object => ({
  type,
  spec_version: '2.1',
  id: id(type, number),
  created: '2026-03-01T00:00:00.000Z',
  modified: '2026-03-01T00:00:00.000Z',
  ...fields,
});

const REPORT = thing('report', 1, {
  name: 'Operation Example',
  description: 'The actor used PowerShell. It then left.\n\nMitigations:\n- Block macros.',
  published: '2026-03-04T10:00:00Z',
  object_refs: [
    id('attack-pattern', 2),
    id('intrusion-set', 3),
    id('indicator', 4),
    id('ipv4-addr', 5),
    id('relationship', 6),
    id('malware', 99),
  ],
  external_references: [{ source_name: 'Example Labs', url: 'https://example.com/report' }],
});

const OBJECTS = [
  REPORT,
  thing('attack-pattern', 2, {
    name: 'PowerShell',
    description: 'Commands were run.',
    external_references: [{ source_name: 'mitre-attack', external_id: 'T1059.001' }],
  }),
  thing('intrusion-set', 3, { name: 'Example Bear', aliases: ['Example Bear', 'EB-1'] }),
  thing('indicator', 4, {
    name: 'c2',
    pattern: "[domain-name:value = 'evil.example.com']",
    pattern_type: 'stix',
  }),
  thing('ipv4-addr', 5, { value: '192.0.2.1' }),
  thing('relationship', 6, {
    relationship_type: 'uses',
    description: 'Example Bear has used PowerShell.',
  }),
  thing('note', 7, { content: 'An analyst says so.', object_refs: [id('report', 1)] }),
  thing('note', 8, { content: 'About nothing here.', object_refs: [id('report', 77)] }),
];

const encode = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

const bundle = (objects: readonly object[]): Uint8Array =>
  encode({ type: 'bundle', id: id('bundle', 0), objects });

describeReportReader(stixReader, [
  {
    name: 'a bundle with a report',
    bytes: bundle(OBJECTS),
    title: 'Operation Example',
    date: '2026-03-04T10:00:00.000Z',
    holds: [
      'heading: Operation Example',
      'paragraph: The actor used PowerShell. It then left.',
      'list-item: Block macros.',
      'table-row: PowerShell (T1059.001)',
      'paragraph: Commands were run.',
      'table-row: Example Bear\tEB-1',
      "code: [domain-name:value = 'evil.example.com']",
      'table-row: ipv4-addr\t192.0.2.1',
      'paragraph: Example Bear has used PowerShell.',
      'paragraph: An analyst says so.',
      'list-item: Example Labs https://example.com/report',
    ],
    lacks: ['About nothing here'],
  },
]);

describe('the STIX reader', () => {
  it('makes a document of each report, and counts what is not there', async () => {
    const second = thing('report', 9, { name: 'Second', object_refs: [id('attack-pattern', 2)] });
    const { documents, issues } = await readAs(stixReader, bundle([...OBJECTS, second]));
    expect(documents.map(({ title, source }) => [title, source])).toEqual([
      ['Operation Example', 'report#1'],
      ['Second', 'report#2'],
    ]);
    expect(issues).toMatchObject([
      {
        code: 'STIX_DANGLING_REF',
        message: 'reports refer to 1 objects that are not in the bundle',
      },
    ]);
  });

  it('makes one document of a bundle without a report', async () => {
    const { documents } = await readAs(stixReader, bundle(OBJECTS.slice(1, 3)));
    expect(documents.map(blocksOf)).toEqual([
      [
        'heading: Threat actors',
        'table-row: Example Bear\tEB-1',
        'heading: ATT&CK techniques',
        'table-row: PowerShell (T1059.001)',
        'paragraph: Commands were run.',
      ],
    ]);
  });

  it.each([
    ['a TAXII answer', { objects: OBJECTS.slice(0, 2) }],
    ['a list', OBJECTS.slice(0, 2)],
    ['one object', REPORT],
  ])('reads %s', async (_name, value) => {
    expect(stixReader.detect('x', encode(value))).toBe(true);
    expect((await readAs(stixReader, encode(value))).documents[0]?.title).toBe('Operation Example');
  });

  it('reads STIX 2.0, where bundles name the version', async () => {
    const bytes = encode({
      type: 'bundle',
      id: id('bundle', 0),
      spec_version: '2.0',
      objects: OBJECTS,
    });
    expect((await readAs(stixReader, bytes)).documents.length).toBe(1);
  });

  it('says what is no object, and where JSON breaks off', async () => {
    const { issues } = await readAs(stixReader, bundle([...OBJECTS.slice(1, 2), {}, { id: 3 }]));
    expect(issues).toMatchObject([
      { code: 'STIX_OBJECT_INVALID', message: '2 objects have no id or no type' },
    ]);
    const cut = bundle(OBJECTS).subarray(0, 300);
    expect((await readAs(stixReader, cut)).issues).toMatchObject([{ code: 'JSON_INVALID' }]);
  });

  it('takes other JSON for none', () => {
    expect(stixReader.detect('x', encode({ type: 'FeatureCollection', id: 'x' }))).toBe(false);
  });
});
