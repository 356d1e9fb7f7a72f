import { declareShape, hasAll } from '../declare-shape.js';
import type { JsonShape } from '../json-record.js';

/** OneLogin's events: its API and its webhooks. */
export const ONELOGIN: JsonShape = declareShape({
  name: 'onelogin',
  fits: (record) =>
    hasAll(record, 'event_type_id') && ('account_id' in record || 'user_id' in record),
  time: ['created_at', 'event_timestamp'],
  host: ['account_id', 'ipaddr'],
  user: ['user_name', 'actor_user_name', 'user_id'],
  logsource: { product: 'onelogin', services: ['onelogin.events'] },
});

/** Authentications and other events of Cisco Duo. */
export const DUO: JsonShape = declareShape({
  name: 'duo',
  fits: (record) =>
    hasAll(record, 'event_type', 'txid') ||
    (hasAll(record, 'event_type', 'factor', 'result') && 'access_device' in record),
  time: ['isotimestamp', 'timestamp'],
  host: ['access_device.hostname', 'access_device.ip'],
  user: ['user.name', 'username', 'user.key'],
  logsource: { product: 'cisco', services: ['duo'] },
});
