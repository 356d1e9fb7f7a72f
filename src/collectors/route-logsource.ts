import type { Logsource } from './event.js';
import { CATEGORIES_OF_EVENT, SERVICE_OF_CHANNEL, SERVICE_OF_PROVIDER } from './logsource.table.js';

/** What an event log says of where an event comes from. */
export interface EventOrigin {
  readonly channel: string | undefined;
  readonly provider: string | undefined;
  readonly eventId: number | undefined;
}

/**
 * Sigma's logsource of a Windows event, or of one of Sysmon for Linux. The channel decides and, for forwarded events,
 * the provider; the event id only within that, since ids repeat between channels.
 */
export function routeLogsource({ channel, provider, eventId }: EventOrigin): Logsource {
  const channelKey = channel?.toLowerCase() ?? '';
  const providerKey = provider?.toLowerCase() ?? '';
  const isForwarded = channelKey === '' || channelKey === 'forwardedevents';
  const service =
    lookUp(SERVICE_OF_CHANNEL, channelKey) ??
    (isForwarded || providerKey === 'linux-sysmon'
      ? lookUp(SERVICE_OF_PROVIDER, providerKey)
      : undefined);
  const byId = service === undefined ? undefined : lookUp(CATEGORIES_OF_EVENT, service);
  return {
    product: providerKey === 'linux-sysmon' ? 'linux' : 'windows',
    categories: (eventId === undefined ? undefined : byId?.[eventId]) ?? [],
    services: service === undefined ? [] : [service],
    channel,
    provider,
    eventId,
  };
}

/** A row of a table, never a member that every object has. */
export function lookUp<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
