import type { BehaviorEvent } from '../../../src/behaviors/index.js';
import type { SeededRandom } from './seeded-random.js';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

/** A made-up office, and where its events go. */
export interface Site {
  readonly random: SeededRandom;
  readonly people: readonly Person[];
  add(event: BehaviorEvent): void;
}

export interface Person {
  readonly name: string;
  readonly host: string;
  readonly address: string;
  readonly sid: string;
}

export const CONTROLLERS = ['DC01', 'DC02'] as const;
export const SERVERS = ['FILES01', 'FILES02', 'PRINT01', 'APP01', 'SQL01'] as const;
export const DOMAIN_SID = 'S-1-5-21-1004336348-1177238915-682003330';

export const NAMES = [
  'a.martin',
  'b.rossi',
  'c.nowak',
  'd.okafor',
  'e.lind',
  'f.haddad',
  'g.silva',
  'h.tanaka',
  'i.weber',
  'j.dubois',
  'k.kumar',
  'l.jensen',
  'm.novak',
  'n.costa',
  'o.brandt',
  'p.ivanova',
] as const;
