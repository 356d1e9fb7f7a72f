import { declareShape, hasAll } from '../declare-shape.js';
import type { JsonShape } from '../json-record.js';

/** Okta's System Log: its API, event hooks, EventBridge. */
export const OKTA: JsonShape = declareShape({
  name: 'okta',
  fits: (record) =>
    hasAll(record, 'eventType', 'published') &&
    ('outcome' in record || 'legacyEventType' in record || 'debugContext' in record),
  time: ['published'],
  host: [],
  user: ['actor.alternateId', 'actor.displayName', 'actor.id'],
  logsource: { product: 'okta', services: ['okta'] },
});
