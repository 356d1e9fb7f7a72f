import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import {
  hostileReading,
  sampleAttack,
  sampleReading,
} from '../../../test/contract/sample-readings.js';
import { IOC_TYPES } from '../../reports/iocs/found-ioc.js';
import { mispPlaceOf } from './misp-attributes.table.js';
import { TLP_LABELS, type TlpLabel } from './reading-exporter.js';
import { READING_MISP_EXPORTER } from './reading-misp.js';
import { READING_STIX_EXPORTER } from './reading-stix.js';
import { stixPatternOf } from './stix-patterns.table.js';

const ajv = new Ajv2020({ allErrors: true });
addFormats.default(ajv);

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const idOf = (...types: readonly string[]) => ({
  type: 'string',
  pattern: `^(?:${types.join('|')})--${UUID}$`,
});
const text = { type: 'string', minLength: 1 };
const timestamp = {
  type: 'string',
  pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$',
};
const listOf = (items: object) => ({ type: 'array', items, minItems: 1 });
const phase = {
  type: 'object',
  properties: { kill_chain_name: text, phase_name: { type: 'string', pattern: '^[a-z0-9-]+$' } },
  required: ['kill_chain_name', 'phase_name'],
  additionalProperties: false,
};
const reference = {
  type: 'object',
  properties: {
    source_name: text,
    description: text,
    url: { type: 'string', format: 'uri' },
    external_id: text,
  },
  required: ['source_name'],
  anyOf: [{ required: ['description'] }, { required: ['url'] }, { required: ['external_id'] }],
  additionalProperties: false,
};

/** An object of STIX 2.1 that has exactly these properties beside those that all have. */
const stixObject = (
  type: string,
  required: Readonly<Record<string, object>>,
  optional: Readonly<Record<string, object>> = {},
) => ({
  type: 'object',
  properties: {
    type: { const: type },
    spec_version: { const: '2.1' },
    id: idOf(type),
    created_by_ref: idOf('identity'),
    created: timestamp,
    modified: timestamp,
    object_marking_refs: listOf(idOf('marking-definition')),
    external_references: listOf(reference),
    confidence: { type: 'integer', minimum: 0, maximum: 100 },
    ...required,
    ...optional,
  },
  required: ['type', 'spec_version', 'id', 'created', 'modified', ...Object.keys(required)],
  additionalProperties: false,
});

// Source: STIX 2.1, parts 3.2, 4 and 7: the properties of each type, and which of them must be there.
const aliases = { aliases: listOf(text) };
const STIX_BUNDLE = {
  type: 'object',
  properties: {
    type: { const: 'bundle' },
    id: idOf('bundle'),
    objects: listOf({
      anyOf: [
        stixObject('identity', { name: text }, { identity_class: text }),
        stixObject('attack-pattern', { name: text }, { kill_chain_phases: listOf(phase) }),
        stixObject('intrusion-set', { name: text }, aliases),
        stixObject('malware', { is_family: { type: 'boolean' } }, { name: text, ...aliases }),
        stixObject('tool', { name: text }, aliases),
        stixObject('campaign', { name: text }, aliases),
        stixObject('vulnerability', { name: text }),
        stixObject(
          'indicator',
          {
            pattern: text,
            pattern_type: { enum: ['stix', 'yara', 'sigma', 'snort'] },
            valid_from: timestamp,
          },
          {
            name: text,
            description: text,
            indicator_types: listOf({ enum: ['malicious-activity', 'unknown'] }),
            pattern_version: { const: '2.1' },
          },
        ),
        stixObject('note', { content: text, object_refs: listOf(text) }, { abstract: text }),
        stixObject(
          'report',
          { name: text, published: timestamp, object_refs: listOf(text) },
          { description: text, report_types: listOf({ const: 'threat-report' }) },
        ),
        {
          type: 'object',
          properties: {
            type: { const: 'marking-definition' },
            spec_version: { const: '2.1' },
            id: idOf('marking-definition'),
            created: timestamp,
            name: text,
            extensions: { type: 'object', minProperties: 1 },
          },
          required: ['type', 'spec_version', 'id', 'created', 'extensions'],
          additionalProperties: false,
        },
      ],
    }),
  },
  required: ['type', 'id', 'objects'],
  additionalProperties: false,
};

const uuid = { type: 'string', pattern: `^${UUID}$` };
const distribution = { enum: ['0', '1', '2', '3', '5'] };
const seconds = { type: 'string', pattern: '^\\d+$' };
// Source: MISP core format, "Event", "Attribute", "EventReport", "Tag".
const MISP_EVENT = {
  type: 'object',
  properties: {
    uuid,
    info: text,
    date: { type: 'string', format: 'date' },
    threat_level_id: { enum: ['1', '2', '3', '4'] },
    analysis: { enum: ['0', '1', '2'] },
    distribution,
    published: { type: 'boolean' },
    timestamp: seconds,
    Orgc: {
      type: 'object',
      properties: { uuid, name: text },
      required: ['uuid', 'name'],
      additionalProperties: false,
    },
    Attribute: {
      type: 'array',
      uniqueItems: true,
      items: {
        type: 'object',
        properties: {
          uuid,
          type: text,
          category: {
            enum: [
              'Network activity',
              'Payload delivery',
              'Artifacts dropped',
              'Persistence mechanism',
              'External analysis',
              'Financial fraud',
              'Other',
            ],
          },
          value: text,
          to_ids: { type: 'boolean' },
          comment: { type: 'string' },
          distribution,
          disable_correlation: { type: 'boolean' },
          timestamp: seconds,
        },
        required: ['uuid', 'type', 'category', 'value', 'to_ids', 'distribution', 'timestamp'],
        additionalProperties: false,
      },
    },
    Object: { type: 'array', maxItems: 0 },
    Tag: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          name: { type: 'string', pattern: '^(?:misp-galaxy:[a-z-]+="[^"]+"|tlp:[a-z+]+)$' },
        },
        required: ['name'],
        additionalProperties: false,
      },
    },
    EventReport: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          uuid,
          name: text,
          content: text,
          distribution,
          timestamp: seconds,
          deleted: { type: 'boolean' },
        },
        required: ['uuid', 'name', 'content', 'distribution', 'timestamp'],
        additionalProperties: false,
      },
    },
  },
  required: [
    'uuid',
    'info',
    'date',
    'threat_level_id',
    'analysis',
    'distribution',
    'Orgc',
    'Attribute',
  ],
  additionalProperties: false,
};

const EVENT = {
  type: 'object',
  properties: { Event: MISP_EVENT },
  required: ['Event'],
  additionalProperties: false,
};
const MISP_DOCUMENT = {
  oneOf: [
    EVENT,
    {
      type: 'object',
      properties: { response: { type: 'array', items: EVENT } },
      required: ['response'],
      additionalProperties: false,
    },
  ],
};

const READINGS = {
  sample: [sampleReading()],
  hostile: [hostileReading(), sampleReading()],
  none: [],
};

async function rendered(
  exporter: typeof READING_STIX_EXPORTER,
  name: keyof typeof READINGS,
  tlp?: TlpLabel,
): Promise<Record<string, unknown>> {
  const { content } = await exporter.render({
    readings: READINGS[name],
    knowledgeBase: sampleAttack(),
    issues: [],
    options: {
      includeReview: true,
      includeText: false,
      now: '2026-11-24T12:00:00.000Z',
      creator: tlp === undefined ? undefined : 'Example SOC',
      tlp,
    },
  });
  return JSON.parse(String(content)) as Record<string, unknown>;
}

function expectValid(schema: object, value: unknown): void {
  const validate = ajv.compile(schema);
  const isValid = validate(value);
  expect(isValid ? [] : validate.errors).toEqual([]);
}

interface StixLike {
  readonly id: string;
  readonly type: string;
  readonly pattern?: string;
  readonly name?: string;
  readonly object_refs?: readonly string[];
}
const objectsOf = (bundle: Record<string, unknown>) => bundle['objects'] as readonly StixLike[];

describe('the STIX bundle of readings', () => {
  it.each(['sample', 'hostile', 'none'] as const)('is STIX 2.1: %s', async (name) => {
    expectValid(STIX_BUNDLE, await rendered(READING_STIX_EXPORTER, name, 'amber'));
  });

  it('refers to nothing outside it, and holds each object once', async () => {
    const bundle = await rendered(READING_STIX_EXPORTER, 'hostile', 'red');
    const ids = objectsOf(bundle).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const references = JSON.stringify(bundle).match(/[a-z-]+--[0-9a-f-]{36}/g) ?? [];
    const known = new Set([...ids, String(bundle['id'])]);
    const outside = new Set(references.filter((id) => !known.has(id)));
    outside.delete('extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d');
    expect([...outside]).toEqual([]);
  });

  it("names techniques and groups by MITRE's own ids", async () => {
    const objects = objectsOf(await rendered(READING_STIX_EXPORTER, 'sample'));
    const report = objects.find(({ type }) => type === 'report');
    const knowledgeBase = sampleAttack();
    for (const attackId of ['T1059.001', 'T1003.001', 'T1041', 'G0016', 'S0002'])
      expect(report?.object_refs).toContain(knowledgeBase.byAttackId.get(attackId)?.stixId);
  });

  it('escapes what stands in a pattern', async () => {
    const objects = objectsOf(await rendered(READING_STIX_EXPORTER, 'hostile'));
    const patterns = objects.flatMap(({ pattern }) => pattern ?? []);
    expect(patterns).toContain(`[file:name = '\\' autofocus onfocus=alert(1) x=\\'']`);
  });

  it.each(TLP_LABELS)('marks everything of ours TLP:%s', async (label) => {
    const bundle = await rendered(READING_STIX_EXPORTER, 'sample', label);
    const marking = objectsOf(bundle).find(({ type }) => type === 'marking-definition');
    expect(marking?.name).toBe(`TLP:${label.toUpperCase()}`);
    const unmarked = (bundle['objects'] as readonly Record<string, unknown>[]).filter(
      (object) => object['object_marking_refs'] === undefined,
    );
    // MITRE's objects keep MITRE's markings.
    const ours = unmarked.filter(
      ({ type }) => type === 'report' || type === 'indicator' || type === 'note',
    );
    expect(ours).toEqual([]);
  });
});

// A value of every type, as the extractor writes them.
const VALUES: readonly (readonly [string, string])[] = IOC_TYPES.map((type) => {
  if (type === 'cidr') return [type, '192.0.2.0/24'];
  if (type === 'asn') return [type, 'AS64500'];
  if (type === 'x509-fingerprint') return [type, 'ab'.repeat(20)];
  if (type === 'registry-value') return [type, 'HKCU\\Software\\Example!Run'];
  return [type, type === 'filepath' ? 'C:\\Temp\\a.exe' : 'value'];
});

describe('patterns and places of IOCs', () => {
  it('are those that were reviewed', () => {
    const rows = VALUES.map(([type, value]) => {
      const { type: misp, category } = mispPlaceOf(type, value);
      return [type, stixPatternOf(type, value)?.pattern ?? '(a note)', `${category} / ${misp}`];
    });
    return expect(`${rows.map((row) => row.join('\t')).join('\n')}\n`).toMatchFileSnapshot(
      '../../../test/golden/reading/ioc-types.tsv.txt',
    );
  });
});

describe('the MISP event of a reading', () => {
  it.each(['sample', 'hostile', 'none'] as const)('is of the core format: %s', async (name) => {
    expectValid(MISP_DOCUMENT, await rendered(READING_MISP_EXPORTER, name, 'clear'));
  });

  it('gives sensors what was defanged, and no more', async () => {
    const { Event } = (await rendered(READING_MISP_EXPORTER, 'sample')) as {
      Event: { Attribute: readonly { value: string; to_ids: boolean }[]; Tag: readonly object[] };
    };
    const detected = Event.Attribute.filter((attribute) => attribute.to_ids);
    expect(detected.map(({ value }) => value)).toEqual(['update-node.example']);
    expect(Event.Tag).toContainEqual({
      name: 'misp-galaxy:mitre-attack-pattern="PowerShell - T1059.001"',
    });
    expect(Event.Tag).toContainEqual({ name: 'misp-galaxy:mitre-tool="Mimikatz - S0002"' });
  });
});
