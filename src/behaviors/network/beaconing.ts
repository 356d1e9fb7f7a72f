import type { Behavior, Detector, EventReference, Sighting } from '../behavior.js';
import { createBoundedMap } from '../bounded-map.js';
import { HOUR_MS, MINUTE_MS, NONE, SECOND_MS } from '../burst-behavior.js';
import type { Reading } from '../reading.js';
import { refer } from '../refer.js';
import {
  CONNECTION_EVENTS,
  CONNECTION_FIELDS,
  isPrivateAddress,
  readConnection,
} from './read-connection.js';

const FIELDS = [...CONNECTION_FIELDS, 'cs-host', 'r-dns', 'c-uri', 'c-useragent'];
const MAX_TIMES = 64;
const MIN_TIMES = 16;
const MIN_INTERVAL_MS = 5 * SECOND_MS;
const MAX_INTERVAL_MS = 6 * HOUR_MS;
const MIN_SPAN_MS = 30 * MINUTE_MS;
/** Standard deviation by mean of the intervals; 30 % jitter, uniformly spread, gives 0.17. */
const MAX_VARIATION = 0.25;
const MAX_SIGHTINGS = 50;

/** A channel that calls home: one far end, at intervals that no person keeps. */
export const beaconing: Behavior = {
  name: 'beaconing',
  title: 'Connections to one far end at regular intervals',
  techniqueIds: ['T1071', 'T1071.001'],
  level: 'low',
  watches:
    'Connections to addresses outside and requests through proxies, by machine and far end; told at the end of the run.',
  thresholds:
    '16 connections over half an hour, 5 s to 6 h apart, whose intervals vary by at most 25 % (implants add 10 to 50 % of jitter). 0.4 where no other of at least 5 machines talks to the far end and no name of it is known; 0.2 where it has a name, as the services of agents do; else 0.15: updates and telemetry are as regular, but everybody has them. Time (123) and names (53) are left out.',
  falsePositives: 'An agent or a phone that only one machine has.',
  events: [...CONNECTION_EVENTS, { category: 'proxy' }],
  start: startBeaconing,
};

interface FarEnd {
  readonly from: string;
  readonly to: string;
  readonly isWeb: boolean;
  /** Whether the log names it, beside its address. */
  readonly isNamed: boolean;
}

interface Channel extends FarEnd {
  readonly firstMs: number;
  /** The latest times, in order of arrival. */
  readonly times: number[];
  readonly first: EventReference;
  last: EventReference;
}

function startBeaconing(): Detector {
  const channels = createBoundedMap<Channel>(5_000);
  return {
    take(reading) {
      const far = readFarEnd(reading);
      const { timeMs } = reading;
      if (far === undefined || timeMs === undefined) return NONE;
      const key = `${far.from}|${far.to}`;
      const known = channels.get(key);
      // Evidence need not be the very last event.
      const isKept = known !== undefined && known.times.length % 8 !== 7;
      const reference = isKept ? known.last : refer(reading, FIELDS);
      const fresh = { ...far, firstMs: timeMs, times: [], first: reference, last: reference };
      const channel: Channel = known ?? fresh;
      channel.last = reference;
      channel.times.push(timeMs);
      if (channel.times.length > MAX_TIMES) channel.times.shift();
      channels.set(key, channel);
      return NONE;
    },
    finish: () => conclude([...channels.values()]),
    retained() {
      let count = channels.size;
      for (const { times } of channels.values()) count += times.length;
      return count;
    },
  };
}

function readFarEnd(reading: Reading): FarEnd | undefined {
  const name = reading.folded('r-dns', 'cs-host', 'host', 'DestinationHostname');
  if (reading.event.logsource.categories.includes('proxy') && name !== '') {
    const isNamed = !/^[\d.:]+$/.test(name);
    const from = reading.folded('src_ip', 'c-ip') || reading.host;
    return { from, to: name, isWeb: true, isNamed };
  }
  const connection = readConnection(reading);
  if (connection === undefined) return undefined;
  const { from, to, port } = connection;
  if (isPrivateAddress(to) || port === '53' || port === '123') return undefined;
  const isWeb = /^(80|443|8080|8443)$/.test(port);
  return { from, to: `${to}:${port}`, isWeb, isNamed: name !== '' };
}

function conclude(channels: readonly Channel[]): readonly Sighting[] {
  const callers = new Map<string, Set<string>>();
  const machines = new Set<string>();
  for (const { from, to } of channels) {
    machines.add(from);
    callers.set(to, (callers.get(to) ?? new Set()).add(from));
  }
  const sightings: Sighting[] = [];
  for (const channel of channels) {
    const rhythm = rhythmOf(channel);
    if (rhythm === undefined) continue;
    const isRare = machines.size >= 5 && (callers.get(channel.to)?.size ?? 0) === 1;
    const seconds = Math.round(rhythm.meanMs / SECOND_MS);
    sightings.push({
      techniqueIds: [channel.isWeb ? 'T1071.001' : 'T1071'],
      confidence: confidenceOf(channel, isRare),
      reason: `${channel.times.length} connections to ${channel.to}, ${seconds} s apart, varying by ${Math.round(rhythm.variation * 100)} %`,
      evidence: channel.first === channel.last ? [channel.first] : [channel.first, channel.last],
    });
  }
  return sightings.sort((a, b) => b.confidence - a.confidence).slice(0, MAX_SIGHTINGS);
}

function confidenceOf({ isNamed }: Channel, isRare: boolean): number {
  if (!isRare) return 0.15;
  return isNamed ? 0.2 : 0.4;
}

interface Rhythm {
  readonly meanMs: number;
  readonly variation: number;
}

/** Undefined: no rhythm. */
function rhythmOf({ times, firstMs }: Channel): Rhythm | undefined {
  const sorted = [...times].sort((a, b) => a - b);
  const [earliest, latest] = [sorted[0], sorted.at(-1)];
  if (times.length < MIN_TIMES || earliest === undefined || latest === undefined) return undefined;
  const intervals = sorted.slice(1).map((time, index) => time - (sorted[index] ?? time));
  const meanMs = (latest - earliest) / intervals.length;
  const isInRange = meanMs >= MIN_INTERVAL_MS && meanMs <= MAX_INTERVAL_MS;
  if (!isInRange || latest - Math.min(firstMs, earliest) < MIN_SPAN_MS) return undefined;
  const squares = intervals.reduce((sum, interval) => sum + (interval - meanMs) ** 2, 0);
  const variation = Math.sqrt(squares / intervals.length) / meanMs;
  return variation <= MAX_VARIATION ? { meanMs, variation } : undefined;
}
