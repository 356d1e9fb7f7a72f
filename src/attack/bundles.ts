// The third door of this part: reading full STIX bundles. Apart from `index.ts` because it brings zod, whose import
// takes as long as a whole `portolan attack show` may take.
export { collectStix } from './collect-stix.js';
export { type BundleHints, type BundleVersion, collectionVersion } from './identify-bundle.js';
export {
  type BundleContent,
  type InstallOptions,
  type StagedBundle,
  stageBundle,
} from './install-bundle.js';
export type { InstalledVersion } from './installed-version.js';
export { type LoadedBundle, loadBundle, parseBundle, versionInFileName } from './load-bundle.js';
export { type BundleRequest, type PreparedBundle, prepareBundle } from './prepare-bundle.js';
export {
  readStixBundle,
  type StixDocument,
  type StixReading,
  type StixReadOptions,
} from './read-stix-bundle.js';
export { type BundleSize, refuseSmallerBundle } from './refuse-smaller-bundle.js';
export {
  collectionDomain,
  type IndexedRelease,
  MITRE_INDEX_URL,
  parseCollectionIndex,
} from './update/collection-index.js';
export { type Download, type DownloadOptions, download } from './update/download.js';
export {
  MITRE_TAXII_URL,
  openTaxii,
  type TaxiiClient,
  type TaxiiCollection,
} from './update/taxii-client.js';
export { mayLead, parseWebAddress, type WebAddress, withLogin } from './update/web-address.js';
