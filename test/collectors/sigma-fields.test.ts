import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Event } from '../../src/collectors/event.js';
import { isRecord } from '../../src/model/index.js';
import { CLOUD_RECORDS } from './cloud-records.table.js';
import { ECS_RECORDS } from './ecs-records.table.js';
import { PRODUCT_RECORDS } from './product-records.table.js';
import { readRecord } from './read-records.js';
import { FIELDS_OF_NO_LOG } from './sigma-fields.table.js';

const RULES = new URL('../../../shared/data/sigma/', import.meta.url).pathname;
const FOLDERS = ['rules', 'rules-emerging-threats', 'rules-threat-hunting'];

/** Logsources of SigmaHQ's rules whose logs arrive as JSON: product/category/service. */
const LOGSOURCES = [
  'aws//cloudtrail',
  'azure//activitylogs',
  'azure//auditlogs',
  'azure//pim',
  'azure//riskdetection',
  'azure//signinlogs',
  'bitbucket//audit',
  'cisco//duo',
  'gcp//gcp.audit',
  'gcp//google_workspace.admin',
  'gcp//google_workspace.login',
  'github//audit',
  'kubernetes//audit',
  'kubernetes/application/audit',
  'linux/file_event/',
  'linux/process_creation/',
  'm365//audit',
  'm365//exchange',
  'm365//threat_detection',
  'm365//threat_management',
  'macos/file_event/',
  'macos/process_creation/',
  'okta//okta',
  'onelogin//onelogin.events',
  'opencanary/application/',
  'rpc_firewall/application/',
  '/antivirus/',
  '/dns/',
  '/firewall/',
  '/proxy/',
  '/webserver/',
];

interface RuleFields {
  readonly rules: number;
  readonly fields: ReadonlySet<string>;
}

function* yamlFiles(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* yamlFiles(path);
    else if (entry.name.endsWith('.yml')) yield path;
  }
}

function* readRules(): Generator<Readonly<Record<string, unknown>>> {
  for (const folder of FOLDERS)
    for (const path of yamlFiles(join(RULES, folder)))
      yield* (loadAll(readFileSync(path, 'utf8')) as unknown[]).filter(isRecord);
}

function readFields(): ReadonlyMap<string, RuleFields> {
  const found = new Map<string, { rules: number; fields: Set<string> }>();
  for (const { detection, logsource } of readRules()) {
    if (!isRecord(detection) || !isRecord(logsource)) continue;
    const key = ['product', 'category', 'service'].map((part) => logsource[part] ?? '').join('/');
    const entry = found.get(key) ?? { rules: 0, fields: new Set<string>() };
    entry.rules += 1;
    const { condition, ...selections } = detection;
    addFields(selections, entry.fields, 0);
    found.set(key, entry);
  }
  return found;
}

/** Names within selections; the first level names the selections. */
function addFields(value: unknown, fields: Set<string>, depth: number): void {
  if (Array.isArray(value)) for (const one of value as unknown[]) addFields(one, fields, depth);
  else if (isRecord(value))
    for (const [key, inner] of Object.entries(value)) {
      if (depth === 0) addFields(inner, fields, 1);
      else if (!key.startsWith('|')) fields.add(key.split('|', 1)[0] ?? '');
    }
}

const isOf = ({ logsource }: Event, key: string): boolean => {
  const [product = '', category = '', service = ''] = key.split('/');
  if (product !== '' && product !== logsource.product) return false;
  if (category !== '' && !logsource.categories.includes(category)) return false;
  return service === '' || logsource.services.includes(service);
};

describe.skipIf(!existsSync(RULES))('fields of SigmaHQ`s rules (needs ../shared/data)', () => {
  let ruleFields: ReadonlyMap<string, RuleFields> = new Map();
  let events: readonly Event[] = [];

  beforeAll(async () => {
    ruleFields = readFields();
    events = await Promise.all(
      [...CLOUD_RECORDS, ...ECS_RECORDS, ...PRODUCT_RECORDS].map(({ record }) =>
        readRecord(record),
      ),
    );
  });

  it.each(LOGSOURCES)('of %s are given by some reader, or no log has them', (key) => {
    const wanted = ruleFields.get(key);
    expect(wanted?.rules ?? 0).toBeGreaterThan(0);
    const produced = new Set(
      events.filter((event) => isOf(event, key)).flatMap(({ fields }) => [...fields.keys()]),
    );
    const missing = [...(wanted?.fields ?? [])].filter((field) => !produced.has(field));
    expect(missing.sort()).toEqual(Object.keys(FIELDS_OF_NO_LOG[key] ?? {}).sort());
  });
});
