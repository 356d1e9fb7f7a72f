import { writeSync } from 'node:fs';
import { openStore } from '../../src/store/open-store.js';
import { claimOf, DAY, eventsOf } from '../contract/store-samples.js';

// Saves batches until it is killed, and writes a line after each.
const [place = '', round = '', size = ''] = process.argv.slice(2);
const store = await openStore(place);
const files = [{ source: 'log', sha256: round.padStart(64, '0'), sizeBytes: 1 }];
const begun = await store.imports.begin({
  kind: 'logs',
  name: round,
  files,
  attackVersion: '19.1',
});
for (let batch = 0; ; batch += 1) {
  // Two thirds new claims, so that dictionaries, mappings and rollups are all in the middle of something.
  const events = Array.from({ length: Number(size) }, (_, place_) => {
    const host = place_ % 3 === 0 ? 'shared' : `host-${round}-${batch}-${place_ % 20}`;
    const claim = claimOf({
      host,
      rule: `rule-${place_ % 5}`,
      ids: ['T1003', `T10${50 + (place_ % 5)}`],
    });
    return eventsOf(claim, 1, DAY + batch * 86_400_000 + place_);
  }).flat();
  const marked = events.map((event, place_) => ({
    ...event,
    record: `${round} ${batch}`,
    identity: `${round} ${batch} ${place_}`,
  }));
  await store.imports.addBatch(begun.import.importId, marked);
  writeSync(1, '\n');
}
