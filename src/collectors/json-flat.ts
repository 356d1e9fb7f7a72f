import { timeOf } from './declare-shape.js';
import type { FieldValue, Logsource } from './event.js';
import { flattenFields } from './flatten-fields.js';
import { productOfPath } from './json-endpoints/endpoint-names.js';
import { firstText, type JsonShape } from './json-record.js';
import { userOf } from './json-windows-event.js';

interface FieldShape {
  /** All of these must be there. */
  readonly names: readonly string[];
  readonly category: string;
}

// What Sysmon's fields tell when neither channel nor provider is there. Source: the fields of Sysmon 15's events.
const FIELD_SHAPES: readonly FieldShape[] = [
  { names: ['Image', 'CommandLine', 'ParentImage'], category: 'process_creation' },
  { names: ['ScriptBlockText'], category: 'ps_script' },
  { names: ['Image', 'ImageLoaded'], category: 'image_load' },
  { names: ['SourceImage', 'TargetImage', 'GrantedAccess'], category: 'process_access' },
  { names: ['Image', 'QueryName', 'QueryResults'], category: 'dns_query' },
  { names: ['Image', 'DestinationIp', 'DestinationPort'], category: 'network_connection' },
];

/** Any other object: its fields are kept; the logsource is what the names of the fields tell, which is often nothing. */
export const FLAT: JsonShape = {
  name: 'flat',
  fits: () => true,
  toEvent(record) {
    const fields = new Map<string, FieldValue>();
    const isComplete = flattenFields(record, fields, { prefix: '' });
    return {
      ...timeOf(record, TIME),
      host: firstText(record, ['host', 'hostname', 'Hostname', 'Computer', 'host.name']),
      user: userOf(fields) ?? firstText(record, ['user', 'username', 'user.name']),
      logsource: logsourceOf(fields),
      fields,
      isComplete,
    };
  },
};

const TIME = [
  '@timestamp',
  'timestamp',
  'Timestamp',
  'TimeGenerated',
  'time',
  'Time',
  '_time',
  'datetime',
  'date',
  'UtcTime',
  'EventTime',
  'eventTime',
  'event_time',
  'created_at',
  'createdDateTime',
  'ts',
];

function logsourceOf(fields: ReadonlyMap<string, FieldValue>): Logsource {
  const shape = FIELD_SHAPES.find(({ names }) => names.every((name) => fields.has(name)));
  const image = fields.get('Image') ?? fields.get('SourceImage');
  const product = typeof image === 'string' ? productOfPath(image) : undefined;
  return {
    product: product ?? (shape?.category === 'ps_script' ? 'windows' : undefined),
    categories: shape === undefined ? [] : [shape.category],
    services: [],
    channel: undefined,
    provider: undefined,
    eventId: undefined,
  };
}
