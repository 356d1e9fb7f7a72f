import type { Collector, Event } from '../../src/collectors/index.js';
import type { Issue } from '../../src/model/index.js';

/** What a collector makes of some bytes. */
export interface Collected {
  readonly events: readonly Event[];
  readonly issues: readonly Issue[];
}

/** The day after that of all samples. */
const MODIFIED = new Date('2026-11-25T00:00:00Z');

/** Reads bytes or text as one file, in chunks of a size. */
export async function collect(
  collector: Collector,
  input: string | Uint8Array,
  chunkBytes = 65_536,
): Promise<Collected> {
  const bytes = typeof input === 'string' ? new TextEncoder().encode(input) : input;
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (let start = 0; start < bytes.length; start += chunkBytes)
      yield bytes.slice(start, start + chunkBytes);
  }
  const events: Event[] = [];
  const issues: Issue[] = [];
  const read = collector.read({ source: 'log', chunks: chunks(), modified: MODIFIED });
  for await (const batch of read) {
    events.push(...batch.events);
    issues.push(...batch.issues);
  }
  return { events, issues };
}
