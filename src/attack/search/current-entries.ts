import type { AttackObject, DataComponent, LogSource } from '../attack-object.js';
import type { KnowledgeBase } from '../knowledge-base.js';
import { type SearchEntry, type SearchEntrySource, toSearchEntry } from './search-entry.js';

/** Every text under which the objects of one version are found: names, aliases, "Parent: Sub", log sources. */
export function currentEntries(knowledgeBase: KnowledgeBase): readonly SearchEntry[] {
  const sources: SearchEntrySource[] = [];
  const { version: attackVersion, byAttackId, objects } = knowledgeBase;
  for (const object of objects) {
    for (const [field, text] of namesOf(object)) {
      sources.push({ object, field, text, attackVersion });
    }
    const parent =
      object.kind === 'technique' && object.parentId && byAttackId.get(object.parentId);
    if (parent) {
      const text = `${parent.name}: ${object.name}`;
      sources.push({ object, field: 'parent-sub-name', text, attackVersion });
    }
  }
  sources.push(...logSourceTexts(knowledgeBase));
  return sources.flatMap((source) => toSearchEntry(source) ?? []);
}

/** Name, aliases and a tactic's shortname, each with the field that it is. */
export function namesOf(object: AttackObject): readonly (readonly ['name' | 'alias', string])[] {
  const others = object.kind === 'tactic' ? [...object.aliases, object.shortname] : object.aliases;
  return [['name', object.name], ...others.map((alias) => ['alias', alias] as const)];
}

/** A channel that says that there is none. */
const isNamed = (channel: string): boolean => channel !== '' && channel !== 'None';

const textOf = ({ name, channel }: LogSource): string =>
  isNamed(channel) ? `${name} (${channel})` : name;

/** How often the analytics read a data component from a log source; keyed by component and text. */
function countReferences(knowledgeBase: KnowledgeBase): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const count = (key: string): void => {
    counts.set(key, (counts.get(key) ?? 0) + 1);
  };
  for (const { logSourceReferences } of knowledgeBase.ofKind('analytic')) {
    for (const reference of logSourceReferences) {
      count(`${reference.dataComponentId} ${textOf(reference)}`);
      if (isNamed(reference.channel)) count(`${reference.dataComponentId} ${reference.name}`);
    }
  }
  return counts;
}

function logSourceTexts(knowledgeBase: KnowledgeBase): readonly SearchEntrySource[] {
  const counts = countReferences(knowledgeBase);
  let most = 1;
  for (const count of counts.values()) most = Math.max(most, count);
  return knowledgeBase.ofKind('data-component').flatMap((object: DataComponent) => {
    const texts = new Map<string, readonly string[]>();
    for (const logSource of object.logSources) {
      texts.set(logSource.name, []);
      const { channel } = logSource;
      if (isNamed(channel)) texts.set(textOf(logSource), [channel, ...eventNumbers(channel)]);
    }
    return [...texts].map(([text, parts]) => ({
      object,
      field: 'log-source' as const,
      text,
      attackVersion: knowledgeBase.version,
      parts,
      weight: (counts.get(`${object.stixId} ${text}`) ?? 0) / most,
    }));
  });
}

const EVENT_CODES = /^EventCode=([\d, ]+)$/;

/** `EventCode=4103, 4104` → what people type for each: `EventCode=4104`, `event id 4104`, `4104`. */
function eventNumbers(channel: string): readonly string[] {
  const [, list = ''] = EVENT_CODES.exec(channel) ?? [];
  return list
    .split(/[, ]+/)
    .filter((code) => code !== '')
    .flatMap((code) => [`EventCode=${code}`, `event id ${code}`, `event ${code}`, code]);
}
