import type { FieldValue, Logsource } from '../event.js';
import { addAliases } from '../field-aliases.js';
import { addValue, MAX_FIELDS } from '../flatten-fields.js';
import { firstField, type ParsedMessage } from '../lines/parsed-message.js';

const CISCO =
  /^%(?<facility>[A-Z0-9_]{2,40}(?:-[A-Z0-9_]{1,40}){0,3}?)-(?<severity>\d)-(?<mnemonic>[A-Z0-9_]{2,60}):\s*/;

// Cisco's facilities → Sigma services; commands that were typed are what its `aaa` rules read.
const CISCO_SERVICES: readonly (readonly [form: RegExp, service: string])[] = [
  [/^(?:AAA|PARSER|SEC_LOGIN|SYS|HA_EM|TACACS|RADIUS|SHELL|AUTHMGR)$/, 'aaa'],
  [/^BGP/, 'bgp'],
  [/^(?:LDP|TDP|TAGCON)/, 'ldp'],
];

/** Reads the message of a Cisco device, `%SYS-5-CONFIG_I: …`; undefined for anything else. */
export function parseCiscoMessage(message: string): ParsedMessage | undefined {
  const groups = CISCO.exec(message)?.groups;
  if (groups === undefined) return undefined;
  const fields = new Map<string, FieldValue>([['message', message]]);
  for (const name of ['facility', 'severity', 'mnemonic']) fields.set(name, groups[name] ?? '');
  const user = /\b(?:User|user|by):?\s*=?\s*'?([\w.@\\-]{1,128})/.exec(message)?.[1];
  const source = /\b(?:Source|source|from)[:=]?\s*(\d{1,3}(?:\.\d{1,3}){3})/.exec(message)?.[1];
  if (user !== undefined) fields.set('user', user);
  if (source !== undefined) fields.set('src_ip', source);
  const facility = groups['facility'] ?? '';
  const services = CISCO_SERVICES.filter(([form]) => form.test(facility)).map(
    ([, service]) => service,
  );
  return device(fields, {
    product: 'cisco',
    services: [...services, 'syslog'],
    provider: facility,
  });
}

// A name starts at a word's start and has a limited length, so that no text takes more than linear time.
const PAIR = /(?<![\w.-])([A-Za-z_][\w.-]{0,63})=("(?:\\[\s\S]|[^"\\])*"|[^\s"]*)/g;

/** Reads the message of a FortiGate, `date=… devid="…" type="event" action="Edit"`; undefined for anything else. */
export function parseFortigateMessage(message: string): ParsedMessage | undefined {
  if (!/\bdevid="?F/.test(message) || !/\blogid="?\d/.test(message)) return undefined;
  const fields = new Map<string, FieldValue>();
  for (const [, name = '', value = ''] of message.matchAll(PAIR)) {
    if (fields.size >= MAX_FIELDS) break;
    addValue(
      fields,
      name,
      value.startsWith('"') ? value.slice(1, -1).replace(/\\(.)/g, '$1') : value,
    );
  }
  addAliases(fields, [
    ['srcip', 'src_ip'],
    ['srcport', 'src_port'],
    ['dstip', 'dst_ip'],
    ['dstport', 'dst_port'],
  ]);
  const type = firstField(fields, ['type']);
  const zone = firstField(fields, ['tz']) ?? '';
  const parsed = device(fields, {
    product: 'fortigate',
    services: type === undefined ? [] : [type],
    categories: type === 'traffic' ? ['firewall'] : [],
    provider: 'fortigate',
  });
  const [date, time] = [firstField(fields, ['date']), firstField(fields, ['time'])];
  return {
    ...parsed,
    host: firstField(fields, ['devname', 'devid']),
    timeText: date === undefined || time === undefined ? undefined : `${date} ${time}${zone}`,
  };
}

function device(
  fields: Map<string, FieldValue>,
  logsource: Pick<Logsource, 'product' | 'services' | 'provider'> & Partial<Logsource>,
): ParsedMessage {
  return {
    host: undefined,
    user: firstField(fields, ['user', 'srcuser']),
    logsource: { categories: [], channel: undefined, eventId: undefined, ...logsource },
    fields,
    timeText: undefined,
    isComplete: true,
  };
}
