import {
  type Domain,
  type Issue,
  isDomain,
  isRecord,
  parseJson,
  type StixId,
} from '../model/index.js';
import type { AttackKind, AttackObject, AttackObjectOf, LogSource } from './attack-object.js';
import { buildKnowledgeBase } from './build-knowledge-base.js';
import { CATALOGUE_HEADER, type CatalogueMeta, isCatalogueWord } from './catalogue-format.js';
import { type CatalogueLine, readCatalogueLine } from './catalogue-line.js';
import { catalogueRelations } from './catalogue-relations.js';
import { unescapeField } from './catalogue-text.js';
import { indexByAttackId } from './index-by-attack-id.js';
import type { KnowledgeBase, StixObject } from './knowledge-base.js';
import { LazyMap } from './lazy-map.js';
import { parseCatalogueObject } from './parse-catalogue-object.js';
import { RELATION_TYPES } from './relation.js';

export interface CatalogueReading {
  /** undefined when the text is no catalogue. */
  readonly knowledgeBase: KnowledgeBase | undefined;
  readonly meta: CatalogueMeta | undefined;
  readonly issues: readonly Issue[];
}

export interface ParseCatalogueOptions {
  readonly source?: string | undefined;
  /** Answers with MITRE's text when the full bundle is stored beside the catalogue. */
  readonly stix?: ((stixId: StixId) => StixObject | undefined) | undefined;
}

const TYPES: ReadonlySet<string> = new Set(RELATION_TYPES);

interface SortedLines {
  readonly logSources: string[];
  readonly objects: CatalogueLine[];
  readonly relations: string[];
}

function readMeta(line: string): CatalogueMeta | undefined {
  const parsed = line.startsWith('meta\t') ? parseJson(line.slice('meta\t'.length)) : undefined;
  if (parsed === undefined || !('value' in parsed) || !isRecord(parsed.value)) return undefined;
  const { value } = parsed;
  const isMeta = isDomain(value['domain']) && typeof value['version'] === 'string';
  return isMeta ? (value as unknown as CatalogueMeta) : undefined;
}

/** Sorts the lines by their first word; a line of none of the words is reported. */
function sortLines(
  lines: readonly string[],
  report: (line: number, message: string) => void,
): SortedLines {
  const sorted: SortedLines = { logSources: [], objects: [], relations: [] };
  for (let index = 2; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    const word = line.slice(0, line.indexOf('\t'));
    if (word === 'logsource') sorted.logSources.push(line);
    else if (TYPES.has(word)) sorted.relations.push(line);
    else if (isCatalogueWord(word)) sorted.objects.push(readCatalogueLine(word, line));
    else if (line !== '')
      report(index + 1, `expected a kind of object or relation, found "${word.slice(0, 40)}"`);
  }
  return sorted;
}

/** Answers with the log source of a number; each is parsed when it is first asked for, for many analytics read the same. */
function logSourceReader(lines: readonly string[]): (number: string) => LogSource | undefined {
  const parsed: (LogSource | undefined)[] = [];
  return (number) => {
    const index = Number(number);
    const line = lines[index];
    if (line === undefined) return undefined;
    const known = parsed[index];
    if (known !== undefined) return known;
    const [, name = '', channel = ''] = line.split('\t');
    const logSource = { name: unescapeField(name), channel: unescapeField(channel) };
    parsed[index] = logSource;
    return logSource;
  };
}

function toKnowledgeBase(
  meta: CatalogueMeta,
  lines: SortedLines,
  stix: ParseCatalogueOptions['stix'],
): KnowledgeBase {
  const domains = [meta.domain as Domain];
  const byAttackId = indexByAttackId(lines.objects);
  const byStixId = new Map(lines.objects.map((line) => [line.stixId, line]));
  const resolve = (reference: string): StixId =>
    byAttackId.get(reference)?.stixId ?? (reference as StixId);
  const referTo = (stixId: StixId): string => {
    const attackId = byStixId.get(stixId)?.attackId;
    return attackId !== undefined && byAttackId.get(attackId)?.stixId === stixId
      ? attackId
      : stixId;
  };
  const context = { domains, logSource: logSourceReader(lines.logSources), resolve };
  const objectOf = (line: CatalogueLine): AttackObject | undefined => {
    line.object ??= parseCatalogueObject(line, context);
    return line.object;
  };
  return buildKnowledgeBase({
    domains,
    version: meta.version,
    released: meta.released,
    source: stix === undefined ? 'catalogue' : 'bundle',
    carriedOver: meta.carriedOver,
    byStixId: new LazyMap(byStixId, objectOf),
    byAttackId: new LazyMap(byAttackId, objectOf),
    allOfKind: <K extends AttackKind>(kind: K) =>
      lines.objects.flatMap((line) => {
        const object = line.kind === kind ? objectOf(line) : undefined;
        return object === undefined ? [] : [object as AttackObjectOf<K>];
      }),
    relations: catalogueRelations(lines.relations, { resolve, referTo }),
    stix,
  });
}

/**
 * Reads a catalogue in the form of `catalogue-format.ts`.
 *
 * Only the start of each line is read at once; objects and relations are parsed when they are asked for.
 * Lines that are not of the form are skipped with an Issue (`CATALOGUE_INVALID`).
 */
export function parseCatalogue(
  text: string,
  { source, stix }: ParseCatalogueOptions = {},
): CatalogueReading {
  const issues: Issue[] = [];
  const report = (line: number, message: string): void => {
    const at = source === undefined ? { line } : { source, line };
    issues.push({ kind: 'issue', code: 'CATALOGUE_INVALID', message, at });
  };
  const lines = text.split('\n');
  const meta = lines[0] === CATALOGUE_HEADER ? readMeta(lines[1] ?? '') : undefined;
  if (meta === undefined) {
    report(1, `expected "${CATALOGUE_HEADER}" and a meta line, found something else`);
    return { knowledgeBase: undefined, meta, issues };
  }
  return { knowledgeBase: toKnowledgeBase(meta, sortLines(lines, report), stix), meta, issues };
}
