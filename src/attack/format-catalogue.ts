import type { StixId } from '../model/index.js';
import type { AttackObject, LogSource } from './attack-object.js';
import { CATALOGUE_HEADER, CATALOGUE_WORDS, type CatalogueMeta } from './catalogue-format.js';
import { escapeField, formatTime, joinList } from './catalogue-text.js';
import type { KnowledgeBase } from './knowledge-base.js';
import { RELATION_TYPES, type Relation } from './relation.js';

export interface FormatCatalogueOptions {
  readonly meta: CatalogueMeta;
  /** Write the STIX ids of relationships too; they make a catalogue a third larger. Default false. */
  readonly relationshipIds?: boolean;
}

const uuidOf = (stixId: string): string => stixId.slice(stixId.indexOf('--') + 2);

/** Numbers log sources in the order in which they are first asked for. */
function logSourceNumbers(): { numberOf(logSource: LogSource): number; lines(): string[] } {
  const numbers = new Map<string, number>();
  return {
    numberOf({ name, channel }) {
      const line = `logsource\t${escapeField(name)}\t${escapeField(channel)}`;
      const number = numbers.get(line) ?? numbers.size;
      numbers.set(line, number);
      return number;
    },
    lines: () => [...numbers.keys()],
  };
}

type NumberOf = ReturnType<typeof logSourceNumbers>['numberOf'];
type ReferTo = (stixId: StixId) => string;

/** Fields that only objects of that kind have. */
function kindFields(object: AttackObject, referTo: ReferTo, numberOf: NumberOf): readonly string[] {
  switch (object.kind) {
    case 'technique':
      return [joinList(object.tactics), object.isSubtechnique ? 'sub' : ''];
    case 'tactic':
      return [object.shortname];
    case 'matrix':
      return [joinList(object.tacticIds.map(referTo))];
    case 'campaign':
      return [formatTime(object.firstSeen), formatTime(object.lastSeen)];
    case 'asset':
      return [joinList(object.sectors), joinList(object.relatedAssets)];
    case 'data-component':
      return [
        object.dataSourceId === undefined ? '' : referTo(object.dataSourceId),
        object.logSources.map(numberOf).join('|'),
      ];
    case 'detection-strategy':
      return [joinList(object.analyticIds.map(referTo))];
    case 'analytic':
      return [
        object.logSourceReferences
          .map((reference) => `${referTo(reference.dataComponentId)}:${numberOf(reference)}`)
          .join('|'),
        joinList(object.mutableElements),
      ];
    case 'group':
    case 'software':
    case 'mitigation':
    case 'data-source':
      return [];
  }
}

// Source: MITRE names every analytic "Analytic " and the digits of its id.
const impliedName = (object: AttackObject): string =>
  object.kind === 'analytic' ? `Analytic ${(object.attackId ?? '').slice(2)}` : '';

function objectLine(object: AttackObject, fields: readonly string[], domain: string): string {
  const sameDomain = object.domains.length === 1 && object.domains[0] === domain;
  const line = [
    object.kind === 'software' ? object.softwareType : object.kind,
    object.attackId ?? '',
    uuidOf(object.stixId),
    object.status === 'active' ? '' : object.status,
    object.version ?? '',
    formatTime(object.created),
    object.modified === object.created ? '' : formatTime(object.modified),
    object.name === impliedName(object) ? '' : escapeField(object.name),
    joinList(object.aliases),
    joinList(object.platforms),
    sameDomain ? '' : joinList(object.domains),
    ...fields,
  ];
  return line.join('\t').replace(/\t+$/, '');
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** One line a source and type: `uses G0016 T1003|T1059.001`. */
function relationLines(
  relations: readonly Relation[],
  referTo: ReferTo,
  withIds: boolean,
): string[] {
  const groups = new Map<string, { target: string; uuid: string }[]>();
  for (const { type, sourceId, targetId, stixId } of relations) {
    const key = `${type}\t${referTo(sourceId)}`;
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push({ target: referTo(targetId), uuid: uuidOf(stixId ?? '--') });
  }
  const order = (key: string): number =>
    RELATION_TYPES.findIndex((type) => key.startsWith(`${type}\t`));
  const keys = [...groups.keys()].sort((a, b) => order(a) - order(b) || compare(a, b));
  return keys.map((key) => {
    const group = (groups.get(key) ?? []).sort(
      (a, b) => compare(a.target, b.target) || compare(a.uuid, b.uuid),
    );
    const targets = group.map(({ target }) => target).join('|');
    return withIds
      ? `${key}\t${targets}\t${group.map(({ uuid }) => uuid).join('|')}`
      : `${key}\t${targets}`;
  });
}

/** Names objects by ATT&CK id where that id finds the object again. */
function referBy({ byStixId, byAttackId }: KnowledgeBase): ReferTo {
  return (stixId) => {
    const attackId = byStixId.get(stixId)?.attackId;
    return attackId !== undefined && byAttackId.get(attackId)?.stixId === stixId
      ? attackId
      : stixId;
  };
}

const asciiJson = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[^\x20-\x7e]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** Writes the facts of a knowledge base, and none of its prose, in the form of `catalogue-format.ts`. */
export function formatCatalogue(
  knowledgeBase: KnowledgeBase,
  { meta, relationshipIds = false }: FormatCatalogueOptions,
): string {
  const referTo = referBy(knowledgeBase);
  const { numberOf, lines } = logSourceNumbers();
  const objects: string[] = [];
  for (const { kind, stixType } of Object.values(CATALOGUE_WORDS)) {
    const ofType = knowledgeBase.objects.filter(
      (object) => object.kind === kind && object.stixId.startsWith(`${stixType}--`),
    );
    ofType.sort(
      (a, b) => compare(a.attackId ?? '~', b.attackId ?? '~') || compare(a.stixId, b.stixId),
    );
    for (const object of ofType) {
      objects.push(objectLine(object, kindFields(object, referTo, numberOf), meta.domain));
    }
  }
  const relations = relationLines(knowledgeBase.relations.all, referTo, relationshipIds);
  const head = [CATALOGUE_HEADER, `meta\t${asciiJson(meta)}`];
  return `${[...head, ...lines(), ...objects, ...relations].join('\n')}\n`;
}
