// The third door of this part: reading full STIX bundles. Apart from `index.ts` because it brings zod, whose import
// takes as long as a whole `portolan attack show` may take.
export { type LoadedBundle, loadBundle, parseBundle, versionInFileName } from './load-bundle.js';
export {
  readStixBundle,
  type StixDocument,
  type StixReading,
  type StixReadOptions,
} from './read-stix-bundle.js';
