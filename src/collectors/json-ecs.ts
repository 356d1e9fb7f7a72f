import { isRecord } from '../model/index.js';
import type { FieldValue } from './event.js';
import { addAliases, ECS_FIELDS } from './field-aliases.js';
import { flattenFields } from './flatten-fields.js';
import { firstText, type JsonObject, type JsonShape, valueAt } from './json-record.js';
import { CATEGORY_OF_ECS } from './logsource.table.js';
import { parseTime } from './parse-time.js';
import { lookUp } from './route-logsource.js';

/** Elastic Common Schema without `winlog`: Auditbeat, Elastic Defend, Filebeat. */
export const ECS: JsonShape = {
  name: 'ecs',
  fits: (record) =>
    '@timestamp' in record &&
    (isRecord(record['event']) || 'event.category' in record) &&
    ['process', 'file', 'source', 'destination', 'dns', 'user'].some((key) =>
      Object.keys(record).some((name) => name === key || name.startsWith(`${key}.`)),
    ),
  toEvent(record) {
    const fields = new Map<string, FieldValue>();
    const isComplete = flattenFields(record, fields, { prefix: '' });
    addAliases(fields, ECS_FIELDS);
    addCommandLine(record, fields);
    return {
      time: parseTime(valueAt(record, '@timestamp')),
      host: firstText(record, ['host.name', 'host.hostname', 'agent.hostname']),
      user: firstText(record, ['user.name', 'user.id']),
      logsource: {
        product: productOf(record),
        categories: categoriesOf(record),
        services: firstText(record, ['event.module']) === 'auditd' ? ['auditd'] : [],
        channel: undefined,
        provider: firstText(record, ['event.module', 'agent.type']),
        eventId: undefined,
      },
      fields,
      isComplete,
    };
  },
};

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
  for (const category of listAt(record, 'event.category'))
    for (const type of listAt(record, 'event.type')) {
      const name = lookUp(CATEGORY_OF_ECS, `${category}/${type}`);
      if (name !== undefined) found.add(name);
    }
  return [...found];
}

function listAt(record: JsonObject, key: string): readonly unknown[] {
  const value = valueAt(record, key);
  return Array.isArray(value) ? value : [value];
}
