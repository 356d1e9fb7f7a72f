import type { FieldValue, Logsource } from '../event.js';
import { addAliases } from '../field-aliases.js';
import { wholeNumber } from '../json-record.js';
import { finishWindowsEvent, userOf } from '../json-windows-event.js';
import { firstField, type ParsedMessage } from '../lines/parsed-message.js';
import { lookUp } from '../route-logsource.js';
import { PRODUCT_OF_VENDOR, SIGMA_NAMES, WINDOWS_NAMES } from './security-event-names.table.js';

/** Who reports an event, in CEF's and LEEF's header. */
export interface Reporter {
  readonly vendor: string;
  /** The device's own id of the kind of event: `4688`, `Microsoft-Windows-Security-Auditing:4688`, `100`. */
  readonly signature: string;
}

const TIMES = ['rt', 'devTime', 'end', 'start', 'deviceReceiptTime', 'endTime', 'startTime', 'art'];
const HOSTS = ['dvchost', 'deviceHostName', 'identHostName', 'dhost', 'dvc', 'deviceAddress'];
const USERS = ['duser', 'suser', 'usrName', 'sourceUserName', 'destinationUserName'];

/** An event of CEF or LEEF with Sigma's names added; a Windows event is routed as one. */
export function shapeSecurityEvent(
  reporter: Reporter,
  fields: Map<string, FieldValue>,
): ParsedMessage {
  const product = lookUp(PRODUCT_OF_VENDOR, reporter.vendor.toLowerCase());
  const timeText = firstField(fields, TIMES);
  const host = firstField(fields, HOSTS);
  const user = firstField(fields, USERS);
  if (product === 'windows') {
    const windows = shapeWindows(reporter, fields);
    if (windows !== undefined)
      return { ...windows, fields, host, user: userOf(fields) ?? user, timeText, isComplete: true };
  }
  addAliases(fields, SIGMA_NAMES);
  const logsource: Logsource = {
    product: product === 'windows' ? undefined : product,
    categories: categoriesOf(fields),
    services: [],
    channel: undefined,
    provider: reporter.vendor,
    eventId: undefined,
  };
  return { host, user, logsource, fields, timeText, isComplete: true };
}

/** Undefined for Microsoft's products that are no Windows log. */
function shapeWindows({ signature }: Reporter, fields: Map<string, FieldValue>) {
  const [, provider, idText] = /^(?:(.*):)?(\d{1,5})$/.exec(signature) ?? [];
  const eventId = wholeNumber(idText) ?? wholeNumber(firstField(fields, ['externalId', 'EventID']));
  if (eventId === undefined) return undefined;
  addAliases(fields, WINDOWS_NAMES);
  if (!fields.has('EventID')) fields.set('EventID', eventId);
  const written = provider ?? firstField(fields, ['deviceProcessName', 'EventSource', 'Source']);
  if (written !== undefined && !fields.has('Provider_Name')) fields.set('Provider_Name', written);
  const channel = firstField(fields, ['Channel', 'EventlogCategory', 'LogName', 'cat']);
  return finishWindowsEvent(fields, {
    channel: channel === undefined || written !== undefined ? undefined : channel,
    provider: written,
    eventId,
  });
}

function categoriesOf(fields: ReadonlyMap<string, FieldValue>): readonly string[] {
  if (fields.has('c-uri')) return ['proxy'];
  return fields.has('dst_ip') && fields.has('dst_port') ? ['firewall'] : [];
}
