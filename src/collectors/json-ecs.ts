import { isRecord } from '../model/index.js';
import { timeOf, toLogsource } from './declare-shape.js';
import type { FieldValue, Logsource } from './event.js';
import { addAliases, ECS_FIELDS } from './field-aliases.js';
import { flattenFields } from './flatten-fields.js';
import { addEcsFields, datasetOf } from './json-products/ecs-fields.js';
import { firstText, type JsonObject, type JsonShape, valueAt } from './json-record.js';
import { CATEGORY_OF_ECS } from './logsource.table.js';
import { lookUp } from './route-logsource.js';

const PARTS = [
  'process',
  'file',
  'source',
  'destination',
  'dll',
  'dns',
  'http',
  'registry',
  'url',
  'user',
];

/** Elastic Common Schema without `winlog`: Auditbeat, Elastic Defend, Filebeat. */
export const ECS: JsonShape = {
  name: 'ecs',
  fits: (record) =>
    '@timestamp' in record &&
    (isRecord(record['event']) || 'event.category' in record || 'event.dataset' in record) &&
    (datasetOf(record) !== undefined ||
      PARTS.some((key) =>
        Object.keys(record).some((name) => name === key || name.startsWith(`${key}.`)),
      )),
  toEvent(record) {
    const fields = new Map<string, FieldValue>();
    const isComplete = flattenFields(record, fields, { prefix: '' });
    addAliases(fields, ECS_FIELDS);
    addCommandLine(record, fields);
    addEcsFields(record, fields);
    return {
      ...timeOf(record, ['@timestamp']),
      host: firstText(record, ['host.name', 'host.hostname', 'agent.hostname']),
      user: firstText(record, ['user.name', 'user.id']),
      logsource: logsourceOf(record),
      fields,
      isComplete,
    };
  },
};

function logsourceOf(record: JsonObject): Logsource {
  const dataset = datasetOf(record)?.logsource;
  const isAudit = firstText(record, ['event.module']) === 'auditd';
  return toLogsource({
    product: dataset?.product ?? productOf(record),
    categories: [...new Set([...(dataset?.categories ?? []), ...categoriesOf(record)])],
    services: [...(dataset?.services ?? []), ...(isAudit ? ['auditd'] : [])],
    provider: firstText(record, ['event.provider', 'event.module', 'agent.type']),
  });
}

/** Auditbeat has the arguments as a list and no command line. */
function addCommandLine(record: JsonObject, fields: Map<string, FieldValue>): void {
  const list = valueAt(record, 'process.args');
  if (Array.isArray(list) && !fields.has('CommandLine')) fields.set('CommandLine', list.join(' '));
}

function productOf(record: JsonObject): string | undefined {
  const words = ['host.os.type', 'host.os.family', 'host.os.platform'].map((key) =>
    firstText(record, [key])?.toLowerCase(),
  );
  if (words.includes('windows')) return 'windows';
  if (words.some((word) => word === 'macos' || word === 'darwin')) return 'macos';
  const isLinux = words.some((word) => /linux|debian|redhat|ubuntu|suse|centos/.test(word ?? ''));
  return isLinux || firstText(record, ['event.module']) === 'auditd' ? 'linux' : undefined;
}

function categoriesOf(record: JsonObject): readonly string[] {
  const found = new Set<string>();
  if (valueAt(record, 'dns.question.name') !== undefined)
    for (const name of ['dns', 'dns_query']) found.add(name);
  for (const category of listAt(record, 'event.category'))
    for (const type of listAt(record, 'event.type')) {
      const name = lookUp(CATEGORY_OF_ECS, `${category}/${type}`);
      if (name?.startsWith('registry_') === true) found.add('registry_event');
      if (name !== undefined) found.add(name);
    }
  return [...found];
}

function listAt(record: JsonObject, key: string): readonly unknown[] {
  const value = valueAt(record, key);
  return Array.isArray(value) ? value : [value];
}
