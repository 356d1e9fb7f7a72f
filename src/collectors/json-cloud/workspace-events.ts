import { isRecord } from '../../model/index.js';
import { addField } from '../declare-shape.js';
import type { FieldValue } from '../event.js';
import { addValue, flattenFields } from '../flatten-fields.js';

/** What Google Workspace says happened, from either of its logs. */
export interface WorkspaceEvents {
  /** `admin.googleapis.com` */
  readonly service: string;
  readonly events: readonly {
    readonly name: string | undefined;
    readonly type: string | undefined;
    /** `[{"name": "SETTING_NAME", "value": "…"}]` */
    readonly parameters: unknown;
  }[];
}

/** Adds events in the names that rules use; parameters by their own names, in lower case. */
export function addWorkspaceEvents(
  fields: Map<string, FieldValue>,
  { service, events }: WorkspaceEvents,
): void {
  const found = new Map<string, FieldValue>();
  for (const { name, type, parameters } of events) {
    if (name !== undefined) addValue(found, 'eventName', name);
    if (type !== undefined) addValue(found, 'eventType', type);
    if (Array.isArray(parameters))
      for (const parameter of parameters.filter(isRecord)) addParameter(parameter, found);
  }
  found.set('eventService', service);
  found.set('protoPayload.serviceName', service);
  found.set('protoPayload.Servicename', service);
  const name = found.get('eventName');
  if (name !== undefined) found.set('protoPayload.metadata.event.eventName', name);
  for (const [key, value] of found) addField(fields, key, value);
}

function addParameter(
  { name, ...values }: Readonly<Record<string, unknown>>,
  fields: Map<string, FieldValue>,
): void {
  if (typeof name !== 'string') return;
  const key = [
    'value',
    'boolValue',
    'intValue',
    'multiValue',
    'multiStrValue',
    'multiIntValue',
  ].find((one) => values[one] !== undefined);
  if (key !== undefined) flattenFields(values[key], fields, { prefix: name.toLowerCase() });
}
