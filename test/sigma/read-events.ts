import { type Event, jsonCollector } from '../../src/collectors/index.js';
import { type Issue, isIssue } from '../../src/model/index.js';

/** Reads JSON text as the product does. */
export async function readEvents(
  text: string | Uint8Array,
  source = 'events.json',
): Promise<{ readonly events: readonly Event[]; readonly issues: readonly Issue[] }> {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  const events: Event[] = [];
  const issues: Issue[] = [];
  for await (const batch of jsonCollector.read({ source, chunks: one(bytes) })) {
    events.push(...batch.events);
    issues.push(...batch.issues.filter(isIssue));
  }
  return { events, issues };
}

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
