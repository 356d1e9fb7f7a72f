import { textBlocks } from '../text/text-blocks.js';
import type { BlockWriter } from '../write-blocks.js';
import {
  externalReferences,
  knownId,
  listField,
  type StixThing,
  textField,
} from './stix-object.js';

/** What a report is written from. */
export interface StixReport {
  /** The report; undefined for a bundle without one. */
  readonly report: StixThing | undefined;
  /** What it refers to, in its order, without other reports. */
  readonly objects: readonly StixThing[];
}

/** Headings in the order in which objects are written, and the types below each. */
const SECTIONS: readonly (readonly [heading: string, types: readonly string[]])[] = [
  ['Notes', ['note', 'opinion']],
  ['Threat actors', ['threat-actor', 'intrusion-set', 'campaign', 'incident', 'identity']],
  ['ATT&CK techniques', ['attack-pattern', 'x-mitre-tactic']],
  ['Malware and tools', ['malware', 'tool', 'infrastructure', 'malware-analysis']],
  ['Vulnerabilities', ['vulnerability']],
  ['Relationships', ['relationship', 'sighting']],
  ['Observed data', ['observed-data', 'grouping', 'location']],
  ['Mitigations', ['course-of-action']],
];
/** Types without a meaning for readers. */
const UNREAD = new Set([
  'marking-definition',
  'extension-definition',
  'language-content',
  'bundle',
]);
const SECTION_TYPES = new Set(SECTIONS.flatMap(([, types]) => types));
/** Fields of observables and indicators that hold what is observed. */
const VALUE_FIELDS = [
  'value',
  'name',
  'path',
  'key',
  'command_line',
  'subject',
  'display_name',
  'account_login',
  'user_id',
  'number',
];

/** Writes a report as a person would: title, description, then what it refers to, by kind. */
export function writeStixReport({ report, objects }: StixReport, writer: BlockWriter): void {
  if (report?.name !== undefined) writer.add({ kind: 'heading', text: report.name, level: 1 });
  if (report?.description !== undefined) writeProse(report.description, writer);
  for (const [heading, types] of SECTIONS) {
    const own = objects.filter(({ type }) => types.includes(type));
    if (own.length === 0) continue;
    writer.add({ kind: 'heading', text: heading, level: 2 });
    for (const thing of own) writeThing(thing, writer);
  }
  const observed = objects.filter(({ type }) => !SECTION_TYPES.has(type) && !UNREAD.has(type));
  if (observed.length > 0) {
    writer.add({ kind: 'heading', text: 'Indicators', level: 2 });
    for (const thing of observed) writeObserved(thing, writer);
  }
  writeReferences(report, writer);
}

function writeThing(thing: StixThing, writer: BlockWriter): void {
  const title =
    thing.type === 'relationship' || thing.type === 'sighting' ? undefined : titleOf(thing);
  if (title !== undefined) writer.add({ kind: 'table-row', text: title });
  for (const name of ['description', 'abstract', 'content', 'explanation']) {
    const text = textField(thing, name);
    if (text !== undefined) writeProse(text, writer);
  }
}

/** `PowerShell (T1059.001)`, and other names in cells of their own. */
function titleOf(thing: StixThing): string | undefined {
  const id = knownId(thing);
  const name = thing.name ?? id;
  if (name === undefined) return undefined;
  const title = id === undefined || id === name ? name : `${name} (${id})`;
  const aliases = [...listField(thing, 'aliases'), ...listField(thing, 'x_mitre_aliases')];
  const others = new Set(aliases.filter((alias) => alias !== name));
  return [title, ...others].map(oneLine).join('\t');
}

/** An indicator or observable: its type and value, its pattern as code, its description. */
function writeObserved(thing: StixThing, writer: BlockWriter): void {
  const value = VALUE_FIELDS.map((name) => textField(thing, name)).find(
    (text) => text !== undefined,
  );
  const cells = [thing.type, ...(value === undefined ? [] : [value]), ...hashesOf(thing)];
  if (cells.length > 1) writer.add({ kind: 'table-row', text: cells.map(oneLine).join('\t') });
  const pattern = textField(thing, 'pattern');
  if (pattern !== undefined) writer.add({ kind: 'code', text: pattern });
  if (thing.description !== undefined) writeProse(thing.description, writer);
}

function hashesOf({ fields }: StixThing): readonly string[] {
  const { hashes } = fields as { readonly hashes?: unknown };
  if (typeof hashes !== 'object' || hashes === null) return [];
  return Object.values(hashes)
    .filter((hash): hash is string => typeof hash === 'string')
    .slice(0, 20);
}

function writeReferences(report: StixThing | undefined, writer: BlockWriter): void {
  const references = report === undefined ? [] : externalReferences(report);
  if (references.length === 0) return;
  writer.add({ kind: 'heading', text: 'References', level: 2 });
  for (const { sourceName, externalId, url } of references) {
    const cells = [sourceName, externalId, url].filter((cell) => cell !== undefined && cell !== '');
    writer.add({ kind: 'list-item', text: cells.join(' ') });
  }
}

/** Prose of a description, with its paragraphs, lists and code. */
function writeProse(text: string, writer: BlockWriter): void {
  for (const { kind, start, end, level } of textBlocks(text)) {
    const below = level === undefined ? {} : { level: Math.min(6, level + 2) };
    writer.add({ kind, text: text.slice(start, end), ...below });
  }
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
