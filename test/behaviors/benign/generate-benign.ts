import type { BehaviorEvent } from '../../../src/behaviors/index.js';
import { addCloud } from './add-cloud.js';
import { addLogons } from './add-logons.js';
import { addMachines } from './add-machines.js';
import { addNetwork } from './add-network.js';
import { createSeededRandom } from './seeded-random.js';
import { DOMAIN_SID, HOUR, NAMES, type Person } from './site.js';

export interface BenignOptions {
  /** Default 3. */
  readonly days?: number;
  /** Persons with a workstation each, 1..16. Default 8. */
  readonly people?: number;
  /** Midnight UTC of the first day, milliseconds. Default 2026-03-02, a Monday. */
  readonly startMs?: number;
}

const DEFAULT_START_MS = Date.UTC(2026, 2, 2);

/**
 * Ordinary days of an office, in the order of time: logons, administration, processes, shares, files, updates, names,
 * web, cloud, cluster. What is claimed to be an attack here is a false claim. The same for the same seed and options.
 */
export function generateBenign(
  seed: number,
  options: BenignOptions = {},
): readonly BehaviorEvent[] {
  const { days = 3, people = 8, startMs = DEFAULT_START_MS } = options;
  const events: BehaviorEvent[] = [];
  const site = {
    random: createSeededRandom(seed),
    people: NAMES.slice(0, people).map(
      (name, place): Person => ({
        name,
        host: `WS${String(place + 1).padStart(2, '0')}`,
        address: `192.0.2.${10 + place}`,
        sid: `${DOMAIN_SID}-${1_200 + place}`,
      }),
    ),
    add: (event: BehaviorEvent): void => {
      events.push(event);
    },
  };
  for (let day = 0; day < days; day += 1) {
    const dayMs = startMs + day * 24 * HOUR;
    addLogons(site, dayMs);
    addMachines(site, dayMs);
    addNetwork(site, dayMs);
    addCloud(site, dayMs);
  }
  return events
    .sort((a, b) => ((a.time ?? '') < (b.time ?? '') ? -1 : 1))
    .map((event, place) => ({ ...event, record: String(place + 1) }));
}
