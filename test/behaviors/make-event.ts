import type { BehaviorEvent } from '../../src/behaviors/index.js';

type Fields = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

export interface EventParts {
  /** ISO 8601, or milliseconds since 1970; undefined for an event without a time. */
  readonly time: string | number | undefined;
  readonly host?: string;
  readonly user?: string;
  readonly fields: Fields;
}

let records = 0;

function makeEvent(
  { time, host, user, fields }: EventParts,
  logsource: Partial<BehaviorEvent['logsource']>,
): BehaviorEvent {
  records += 1;
  return {
    time: typeof time === 'number' ? new Date(time).toISOString() : time,
    host,
    user,
    logsource: {
      product: undefined,
      categories: [],
      services: [],
      channel: undefined,
      provider: undefined,
      eventId: undefined,
      ...logsource,
    },
    fields: new Map(Object.entries(fields)),
    record: String(records),
    source: 'made-up.evtx',
  };
}

/** An event as collectors give it: of a Windows channel by its Sigma service. */
export function windowsEvent(service: string, eventId: number, parts: EventParts): BehaviorEvent {
  const categories = CATEGORIES[`${service} ${eventId}`] ?? [];
  return makeEvent(parts, { product: 'windows', services: [service], eventId, categories });
}

const CATEGORIES: Readonly<Record<string, readonly string[]>> = {
  'sysmon 1': ['process_creation'],
  'sysmon 3': ['network_connection'],
  'sysmon 10': ['process_access'],
  'sysmon 11': ['file_event'],
  'sysmon 13': ['registry_event', 'registry_set'],
  'sysmon 22': ['dns_query'],
  'sysmon 23': ['file_delete'],
  'security 4688': ['process_creation'],
};

export function channelEvent(channel: string, eventId: number, parts: EventParts): BehaviorEvent {
  return makeEvent(parts, { product: 'windows', channel, eventId });
}

/** `aws`/`cloudtrail`, `okta`/`okta`, `azure`/`signinlogs`, `kubernetes`/`audit`, `linux`/`auth` … */
export function productEvent(product: string, service: string, parts: EventParts): BehaviorEvent {
  const services = service === 'sshd' ? ['sshd', 'auth'] : [service];
  return makeEvent(parts, { product, services });
}

export function categoryEvent(product: string, category: string, parts: EventParts): BehaviorEvent {
  return makeEvent(parts, { product, categories: [category] });
}
