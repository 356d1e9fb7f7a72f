import type { AttackKind } from './attack-object.js';

/*
 * A catalogue is a text file, one fact a line, fields parted by tabs, lists by `|`, so that it loads without a
 * JSON parse and a release of ATT&CK reads as a diff:
 *
 *   portolan-attack-catalogue 1
 *   meta      JSON: domain, version, released, carriedOver, source, sha256, licence
 *   logsource NAME CHANNEL                         numbered from 0 in the order of the file
 *   WORD      ID UUID STATUS VERSION CREATED MODIFIED NAME ALIASES PLATFORMS DOMAINS … fields of the kind
 *   TYPE      SOURCE TARGET|TARGET… [RELATIONSHIP-UUID|…]
 *
 * CREATED, MODIFIED: milliseconds since 1970 in base 36; an empty MODIFIED is CREATED, an empty STATUS active,
 * empty DOMAINS those of the file.
 *
 * The file is ASCII; `\t`, `\n`, `\r`, `\p` (a bar), `\\` and `\uXXXX` stand for what a field cannot hold.
 *
 * An object is referred to by its ATT&CK id, or by its STIX id where that id is shared or missing.
 */

export const CATALOGUE_HEADER = 'portolan-attack-catalogue 1';

/** First word of an object's line → its kind and STIX type. In the order of the file. */
export const CATALOGUE_WORDS = {
  technique: { kind: 'technique', stixType: 'attack-pattern' },
  tactic: { kind: 'tactic', stixType: 'x-mitre-tactic' },
  matrix: { kind: 'matrix', stixType: 'x-mitre-matrix' },
  group: { kind: 'group', stixType: 'intrusion-set' },
  malware: { kind: 'software', stixType: 'malware' },
  tool: { kind: 'software', stixType: 'tool' },
  campaign: { kind: 'campaign', stixType: 'campaign' },
  mitigation: { kind: 'mitigation', stixType: 'course-of-action' },
  asset: { kind: 'asset', stixType: 'x-mitre-asset' },
  'data-source': { kind: 'data-source', stixType: 'x-mitre-data-source' },
  'data-component': { kind: 'data-component', stixType: 'x-mitre-data-component' },
  'detection-strategy': { kind: 'detection-strategy', stixType: 'x-mitre-detection-strategy' },
  analytic: { kind: 'analytic', stixType: 'x-mitre-analytic' },
} as const satisfies Record<string, { kind: AttackKind; stixType: string }>;

export type CatalogueWord = keyof typeof CATALOGUE_WORDS;

export function isCatalogueWord(word: string): word is CatalogueWord {
  return Object.hasOwn(CATALOGUE_WORDS, word);
}

/** Where the facts of a catalogue come from. */
export interface CatalogueMeta {
  readonly domain: string;
  readonly version: string;
  /** ISO date. */
  readonly released?: string | undefined;
  /** What is not of this version, in words for people. */
  readonly carriedOver?: readonly string[] | undefined;
  readonly source?: string | undefined;
  /** SHA-256 of the bundle's file, as hex. */
  readonly sha256?: string | undefined;
  readonly licence?: string | undefined;
}
