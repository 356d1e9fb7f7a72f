/**
 * npm run train:reports -- --attack BUNDLE [--older BUNDLE]… [--reports DIR] [--out FILE]
 *
 * Writes data/models/reports.model, by which `portolan read` and `portolan classify` tell techniques from sentences. The same
 * data and code give the same weights; only the date moves.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { trainShipped } from './train-reports-shipped.js';

const { values } = parseArgs({
  options: {
    attack: {
      type: 'string',
      default: '../shared/data/attack/enterprise-attack-19.1-composite.json.gz',
    },
    older: {
      type: 'string',
      multiple: true,
      default: ['../shared/data/attack/enterprise-attack-14.1.json.gz'],
    },
    reports: { type: 'string', default: '../shared/data/cti/tram2' },
    out: { type: 'string', default: 'data/models/reports.model' },
  },
});
const MOST_BYTES = 8_000_000;
const started = Date.now();
const { bytes, anchors, summary } = trainShipped(values);
if (bytes.length > MOST_BYTES) throw new Error(`${values.out} would be ${bytes.length} bytes`);
writeFileSync(values.out, bytes);
writeFileSync(values.out.replace(/\.model$/, '.anchors'), anchors);
const seconds = Math.round((Date.now() - started) / 1000);
console.log(`${values.out}: ${bytes.length} bytes, ${seconds} s`);
console.log(JSON.stringify(summary, undefined, 1));
