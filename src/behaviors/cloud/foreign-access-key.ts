import type { Behavior, Detector, EventReference, Sighting } from '../behavior.js';
import { createBoundedMap } from '../bounded-map.js';
import { HOUR_MS, NONE } from '../burst-behavior.js';
import type { Reading } from '../reading.js';
import { refer } from '../refer.js';
import { AWS_FIELDS, principalOf } from './aws-principal.js';

const WINDOW_MS = 24 * HOUR_MS;

interface Key {
  readonly timeMs: number;
  readonly address: string;
  readonly creator: string;
  readonly owner: string;
  readonly reference: EventReference;
}

/** T1098.001: a key made for another user, and used from somewhere else. */
export const foreignAccessKey: Behavior = {
  name: 'foreign-access-key',
  title: 'New access key used from another address',
  techniqueIds: ['T1078.004', 'T1098.001'],
  level: 'high',
  watches: 'AWS CreateAccessKey, and the first call with that key.',
  thresholds:
    'First used within 24 hours from another address than that of its creation: 0.6 where the creator made it for another user, else 0.3 (people make their own key in a browser and use it on a server).',
  falsePositives: 'An administrator who makes keys for programs of others.',
  events: [{ service: 'cloudtrail' }],
  start: startForeignAccessKey,
};

function startForeignAccessKey(): Detector {
  const keys = createBoundedMap<Key>(2_000);
  return {
    take(reading) {
      const { timeMs } = reading;
      if (timeMs === undefined) return NONE;
      if (reading.text('eventName') === 'CreateAccessKey') {
        const created = reading.text('responseElements.accessKey.accessKeyId');
        if (created !== '') keys.set(created, readKey(reading, timeMs));
        return NONE;
      }
      const id = reading.text('userIdentity.accessKeyId');
      const key = id === '' ? undefined : keys.get(id);
      if (key === undefined) return NONE;
      keys.delete(id);
      return concludeUse(key, { reading, timeMs });
    },
    retained: () => keys.size,
  };
}

function concludeUse(
  key: Key,
  { reading, timeMs }: { readonly reading: Reading; readonly timeMs: number },
): readonly Sighting[] {
  const isSoon = timeMs >= key.timeMs && timeMs - key.timeMs <= WINDOW_MS;
  if (!isSoon || reading.text('sourceIPAddress') === key.address) return NONE;
  const isForOther = key.owner !== '' && !key.creator.endsWith(`/${key.owner}`);
  return [
    {
      techniqueIds: ['T1098.001', 'T1078.004'],
      confidence: isForOther ? 0.6 : 0.3,
      reason: `a new key${isForOther ? ' of another user' : ''} used from another address`,
      evidence: [key.reference, refer(reading, AWS_FIELDS)],
    },
  ];
}

function readKey(reading: Reading, timeMs: number): Key {
  return {
    timeMs,
    address: reading.text('sourceIPAddress'),
    creator: principalOf(reading),
    owner: reading.folded('responseElements.accessKey.userName', 'requestParameters.userName'),
    reference: refer(reading, AWS_FIELDS),
  };
}
