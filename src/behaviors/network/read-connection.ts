import type { Reading } from '../reading.js';

/** A connection, whatever log tells of it. */
export interface Connection {
  /** Address or host that opened it. */
  readonly from: string;
  readonly to: string;
  readonly port: string;
  /** The far end refused or never answered. */
  readonly isFailed: boolean;
}

export const CONNECTION_EVENTS = [
  { category: 'network_connection' },
  { category: 'firewall' },
  { service: 'security', eventIds: [5156, 5157] },
] as const;

export const CONNECTION_FIELDS = [
  'Image',
  'Application',
  'SourceIp',
  'SourceAddress',
  'src_ip',
  'DestinationIp',
  'DestAddress',
  'dst_ip',
  'DestinationHostname',
  'DestinationPort',
  'DestPort',
  'dst_port',
  'action',
  'conn_state',
] as const;

// Zeek's states of connections that did not come about. Source: Zeek, conn.log.
const FAILED_STATE = /^(s0|rej|rstos0|sh|shr|rsth)$/;

export function readConnection(reading: Reading): Connection | undefined {
  if (reading.eventId === 5156 && reading.text('Direction') === '%%14592') return undefined;
  const to = reading.folded('DestinationIp', 'DestAddress', 'dst_ip', 'destination.ip');
  const port = reading.text('DestinationPort', 'DestPort', 'dst_port', 'destination.port');
  const from = reading.folded('SourceIp', 'SourceAddress', 'src_ip', 'source.ip') || reading.host;
  if (to === '' || from === '' || from === to || !/^\d{1,5}$/.test(port)) return undefined;
  const isFailed =
    reading.eventId === 5157 ||
    FAILED_STATE.test(reading.folded('conn_state')) ||
    /^(deny|denied|drop|dropped|block|blocked|reject|rejected|reset)/.test(
      reading.folded('action'),
    );
  return { from, to, port, isFailed };
}

/** Source: RFC 1918, RFC 4193, RFC 3927, RFC 6598. */
export function isPrivateAddress(address: string): boolean {
  return /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|127\.|f[cd][\da-f]{2}:|fe80:|::1$)/.test(
    address,
  );
}
