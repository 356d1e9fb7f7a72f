import { isRecord } from '../model/index.js';
import type { FieldScalar, FieldValue } from './event.js';
import { addAliases, addNamesWithoutBlanks, SECURITY_4688 } from './field-aliases.js';
import { flattenFields } from './flatten-fields.js';
import { firstText, type JsonObject, type JsonShape, wholeNumber } from './json-record.js';
import { parseTime } from './parse-time.js';
import { routeLogsource } from './route-logsource.js';

/** Windows events with `System` and `EventData`, as evtx_dump and other converters write them. */
export const WINDOWS_EVENT: JsonShape = {
  name: 'windows-event',
  fits: (record) => isRecord(eventOf(record)['System']),
  toEvent(record) {
    const event = eventOf(record);
    const system = recordOf(event['System']);
    const fields = new Map<string, FieldValue>();
    const wholeData = addPayload(recordOf(event['EventData']), fields);
    // UserData holds one element, named as the provider likes, around the fields.
    const userData = Object.entries(recordOf(event['UserData'])).filter(
      ([key]) => !isAttributes(key),
    );
    const wholeUserData = userData.map(([, inner]) => addPayload(recordOf(inner), fields));
    const time = firstText(system, [
      'TimeCreated.#attributes.SystemTime',
      'TimeCreated_attributes.SystemTime',
      'TimeCreated.@SystemTime',
      'TimeCreated.SystemTime',
    ]);
    const origin = addSystem(system, fields);
    return {
      ...finishWindowsEvent(fields, origin),
      time: parseTime(time) ?? parseTime(fields.get('UtcTime')),
      host: textOfElement(system['Computer']),
      isComplete: wholeData && wholeUserData.every(Boolean),
    };
  },
};

/** Adds aliases, routes the event and finds its user; the fields are those of the event and of its header. */
export function finishWindowsEvent(
  fields: Map<string, FieldValue>,
  origin: Parameters<typeof routeLogsource>[0],
) {
  addNamesWithoutBlanks(fields);
  const logsource = routeLogsource(origin);
  if (logsource.services.includes('security') && origin.eventId === 4688)
    addAliases(fields, SECURITY_4688);
  return { user: userOf(fields), logsource, fields };
}

function eventOf(record: JsonObject): JsonObject {
  return isRecord(record['Event']) ? record['Event'] : record;
}

function recordOf(value: unknown): JsonObject {
  return isRecord(value) ? value : {};
}

function isAttributes(key: string): boolean {
  return (
    key.startsWith('#') || key.startsWith('@') || key === 'xmlns' || key.endsWith('_attributes')
  );
}

/** An element's text: the value itself, or what a converter put beside its attributes. */
function elementValue(value: unknown): unknown {
  return isRecord(value) ? (value['#text'] ?? value['Value'] ?? value['_text']) : value;
}

function textOfElement(value: unknown): string | undefined {
  const inner = elementValue(value);
  return typeof inner === 'string' && inner !== '' ? inner : undefined;
}

/** Adds `EventData`: named values; unnamed ones are the list `Data`. */
function addPayload(payload: JsonObject, fields: Map<string, FieldValue>): boolean {
  let isComplete = true;
  for (const [key, value] of Object.entries(payload)) {
    if (isAttributes(key)) continue;
    const inner = elementValue(value);
    const plain = inner === undefined && isRecord(value) ? value : inner;
    isComplete = flattenFields(plain, fields, { prefix: key }) && isComplete;
  }
  return isComplete;
}

/** Adds the header in Sigma's names (`Provider_Name`, `EventID`); the payload's own fields win. */
function addSystem(system: JsonObject, fields: Map<string, FieldValue>) {
  const attribute = (element: string, name: string) =>
    firstText(system, [
      `${element}.#attributes.${name}`,
      `${element}_attributes.${name}`,
      `${element}.@${name}`,
      `${element}.${name}`,
    ]);
  const provider = attribute('Provider', 'Name') ?? firstText(system, ['Provider_Name']);
  const channel = textOfElement(system['Channel']);
  const eventId = wholeNumber(elementValue(system['EventID']));
  const header: readonly (readonly [string, FieldScalar | undefined])[] = [
    ['Provider_Name', provider],
    ['Provider_Guid', attribute('Provider', 'Guid')],
    ['EventID', eventId],
    ['Channel', channel],
    ['Computer', textOfElement(system['Computer'])],
    ['Security_UserID', attribute('Security', 'UserID')],
    ['Execution_ProcessID', attribute('Execution', 'ProcessID')],
    ['Execution_ThreadID', attribute('Execution', 'ThreadID')],
    ...['Level', 'Task', 'Opcode', 'Keywords', 'Version', 'EventRecordID'].map(
      (name) => [name, scalarOf(elementValue(system[name]))] as const,
    ),
  ];
  for (const [name, value] of header)
    if (value !== undefined && !fields.has(name)) fields.set(name, value);
  return { provider, channel, eventId };
}

function scalarOf(value: unknown): FieldScalar | undefined {
  return typeof value === 'string' || typeof value === 'number' ? value : undefined;
}

const USER_FIELDS = ['User', 'TargetUserName', 'SubjectUserName', 'AccountName', 'SourceUser'];

/** The account that the event is about: of the fields that name one, the first that is not empty or `-`. */
export function userOf(fields: ReadonlyMap<string, FieldValue>): string | undefined {
  for (const name of USER_FIELDS) {
    const value = fields.get(name);
    if (typeof value === 'string' && value !== '' && value !== '-') return value;
  }
  return undefined;
}
