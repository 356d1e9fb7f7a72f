import type { Event } from '../../src/collectors/event.js';
import { jsonCollector } from '../../src/collectors/json-collector.js';
import type { Issue } from '../../src/model/index.js';

/** Events and Issues of JSON text, which arrives in chunks. */
export async function readJson(
  text: string,
  chunkBytes = 1 << 16,
): Promise<{ readonly events: readonly Event[]; readonly issues: readonly Issue[] }> {
  const bytes = new TextEncoder().encode(text);
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.slice(at, at + chunkBytes);
  }
  const events: Event[] = [];
  const issues: Issue[] = [];
  for await (const batch of jsonCollector.read({ source: 'log.json', chunks: chunks() })) {
    events.push(...batch.events);
    issues.push(...batch.issues);
  }
  return { events, issues };
}

/** The one event of a record. */
export async function readRecord(record: unknown): Promise<Event> {
  const { events } = await readJson(JSON.stringify(record));
  const [event] = events;
  if (event === undefined || events.length !== 1)
    throw new Error(`expected one event, found ${events.length}`);
  return event;
}
