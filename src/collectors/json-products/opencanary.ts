import { declareShape, hasAll } from '../declare-shape.js';
import type { JsonShape } from '../json-record.js';

/** What OpenCanary's decoy services saw. */
export const OPENCANARY: JsonShape = declareShape({
  name: 'opencanary',
  fits: (record) => hasAll(record, 'logtype', 'node_id') || hasAll(record, 'logtype', 'logdata'),
  time: ['utc_time', 'local_time', 'local_time_adjusted'],
  host: ['node_id'],
  user: ['logdata.USERNAME'],
  logsource: { product: 'opencanary', categories: ['application'] },
  aliases: [
    ['src_host', 'src_ip'],
    ['dst_host', 'dst_ip'],
  ],
});

/** RPC Firewall's events by the names of their parts. */
export const RPC_FIREWALL: JsonShape = declareShape({
  name: 'rpc-firewall',
  fits: (record) => record['EventLog'] === 'RPCFW' && hasAll(record, 'InterfaceUuid'),
  time: ['TimeCreated', 'UtcTime', '@timestamp', 'TimeGenerated', 'timestamp'],
  host: ['Computer', 'Hostname', 'host.name'],
  user: ['ClientUser', 'User'],
  logsource: { product: 'rpc_firewall', categories: ['application'], channel: 'RPCFW' },
});
