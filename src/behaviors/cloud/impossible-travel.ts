import type { Behavior, Detector, EventReference } from '../behavior.js';
import { createBoundedMap } from '../bounded-map.js';
import { HOUR_MS, NONE } from '../burst-behavior.js';
import { LOGON_EVENTS, LOGON_FIELDS, readLogon } from '../logons/read-logon.js';
import type { Reading } from '../reading.js';
import { refer } from '../refer.js';

const PLACE_FIELDS = [
  ...LOGON_FIELDS,
  'location.city',
  'location.countryOrRegion',
  'client.geographicalContext.city',
  'client.geographicalContext.country',
];
// Airliners fly at 900 km/h; addresses are placed wrongly by some hundreds of kilometres.
const MAX_KM_PER_HOUR = 1_000;
const MIN_KM = 500;
const COUNTRY_WINDOW_MS = HOUR_MS;
const EARTH_RADIUS_KM = 6_371;

interface Place {
  readonly timeMs: number;
  readonly origin: string;
  readonly country: string;
  readonly latitude: number | undefined;
  readonly longitude: number | undefined;
  readonly reference: EventReference;
}

/** T1078.004: one account at two places that nobody can go between in the time. */
export const impossibleTravel: Behavior = {
  name: 'impossible-travel',
  title: 'Sign-ins of one account too far apart for the time between',
  techniqueIds: ['T1078', 'T1078.004'],
  level: 'medium',
  watches:
    'Successful sign-ins with coordinates or a country (Entra, Okta, others that name them), by account.',
  thresholds:
    'Over 500 km at over 1,000 km/h (0.55); without coordinates two countries within 1 hour (0.35). The same address is never far from itself.',
  falsePositives: 'VPN services, mobile carriers that leave the net in another country.',
  events: LOGON_EVENTS,
  start: startImpossibleTravel,
};

function startImpossibleTravel(): Detector {
  const places = createBoundedMap<Place>(10_000);
  const told = createBoundedMap<true>(2_000);
  return {
    take(reading) {
      const place = readPlace(reading);
      if (place === undefined) return NONE;
      const before = places.get(place.account);
      places.set(place.account, place);
      if (before === undefined || before.origin === place.origin) return NONE;
      const far = judge(before, place);
      const key = `${place.account}|${[before.origin, place.origin].sort().join('|')}`;
      if (far === undefined || told.get(key) !== undefined) return NONE;
      told.set(key, true);
      return [
        {
          ...far,
          techniqueIds: [place.scope === 'cloud' ? 'T1078.004' : 'T1078'],
          evidence: [before.reference, place.reference],
        },
      ];
    },
    retained: () => places.size + told.size,
  };
}

function readPlace(
  reading: Reading,
): (Place & { readonly account: string; readonly scope: string }) | undefined {
  const { timeMs } = reading;
  const country = reading.folded(
    'location.countryOrRegion',
    'Location',
    'client.geographicalContext.country',
    'country',
    'source.geo.country_iso_code',
  );
  const latitude = degrees(reading, ['latitude', 'lat']);
  const longitude = degrees(reading, ['longitude', 'lon']);
  if (timeMs === undefined || (country === '' && latitude === undefined)) return undefined;
  const logon = readLogon(reading);
  if (logon?.outcome !== 'success') return undefined;
  const { account, scope, origin } = logon;
  return {
    timeMs,
    origin,
    country,
    latitude,
    longitude,
    account,
    scope,
    reference: refer(reading, PLACE_FIELDS),
  };
}

/** Entra and Okta keep a place in different folders, by a long and by a short name. */
const FOLDERS = [
  'location.geoCoordinates',
  'properties.location.geoCoordinates',
  'client.geographicalContext.geolocation',
];

function degrees(reading: Reading, names: readonly string[]): number | undefined {
  const text = reading.text(
    ...FOLDERS.flatMap((folder) => names.map((name) => `${folder}.${name}`)),
  );
  const value = Number(text);
  return text !== '' && Number.isFinite(value) && Math.abs(value) <= 180 ? value : undefined;
}

function judge(
  before: Place,
  now: Place,
): { readonly confidence: number; readonly reason: string } | undefined {
  const hours = Math.abs(now.timeMs - before.timeMs) / HOUR_MS;
  const km = distanceKm(before, now);
  if (km !== undefined) {
    const isPossible = km < MIN_KM || km <= hours * MAX_KM_PER_HOUR;
    return isPossible
      ? undefined
      : { confidence: 0.55, reason: `${Math.round(km)} km in ${Math.round(hours * 60)} minutes` };
  }
  const isAbroad = before.country !== '' && now.country !== '' && before.country !== now.country;
  if (!isAbroad || hours * HOUR_MS > COUNTRY_WINDOW_MS) return undefined;
  return { confidence: 0.35, reason: `two countries within ${Math.round(hours * 60)} minutes` };
}

/** Along the great circle. */
function distanceKm(a: Place, b: Place): number | undefined {
  if (
    a.latitude === undefined ||
    a.longitude === undefined ||
    b.latitude === undefined ||
    b.longitude === undefined
  )
    return undefined;
  const radians = Math.PI / 180;
  const half =
    Math.sin(((b.latitude - a.latitude) * radians) / 2) ** 2 +
    Math.cos(a.latitude * radians) *
      Math.cos(b.latitude * radians) *
      Math.sin(((b.longitude - a.longitude) * radians) / 2) ** 2;
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(half)));
}
