import {
  type Analytic,
  type AttackObject,
  descriptionOf,
  type KnowledgeBase,
  type RelationType,
  successorsOf,
} from '../attack/index.js';
import type { StixId } from '../model/index.js';

/** Enough to name an object and look it up. */
export interface ObjectReference {
  readonly attackId: string | undefined;
  readonly stixId: StixId;
  readonly kind: AttackObject['kind'];
  readonly name: string;
}

/** An analytic with what it reads. */
export interface AnalyticReference extends ObjectReference {
  /** MITRE's words; undefined when only the catalogue is there. */
  readonly description: string | undefined;
  readonly platforms: readonly string[];
  readonly logSources: readonly {
    readonly name: string;
    readonly channel: string;
    readonly dataComponent: ObjectReference | undefined;
  }[];
}

/** Objects that stand in one relation to the object shown. */
export interface RelatedGroup {
  /** What they are to it: `used by group`, `mitigated by`, `sub-technique`. */
  readonly title: string;
  readonly objects: readonly ObjectReference[];
}

/** All that is known of one object. */
export interface ObjectDescription {
  readonly attackVersion: string;
  readonly domain: string;
  /** `bundle` when MITRE's text is there. */
  readonly source: KnowledgeBase['source'];
  /** What of the version is of an earlier one, in words for people. */
  readonly carriedOver: readonly string[];
  readonly object: AttackObject;
  /** What takes its place when it is revoked, in the same version. */
  readonly successors: readonly ObjectReference[];
  readonly related: readonly RelatedGroup[];
  readonly analytics: readonly AnalyticReference[];
}

function toReference({ attackId, stixId, kind, name }: AttackObject): ObjectReference {
  return { attackId, stixId, kind, name };
}

// Software that uses a technique and groups that use it are two lists, so a link is told apart by what is at its end.
interface Link {
  readonly title: string;
  readonly type: RelationType;
  readonly direction: 'from' | 'to';
  readonly kind: AttackObject['kind'];
}

/** Links in the order in which they are shown. */
const LINKS: readonly Link[] = [
  { title: 'sub-techniques', type: 'subtechnique-of', direction: 'to', kind: 'technique' },
  { title: 'used by groups', type: 'uses', direction: 'to', kind: 'group' },
  { title: 'used by campaigns', type: 'uses', direction: 'to', kind: 'campaign' },
  { title: 'used by software', type: 'uses', direction: 'to', kind: 'software' },
  { title: 'attributed to', type: 'attributed-to', direction: 'from', kind: 'group' },
  { title: 'campaigns', type: 'attributed-to', direction: 'to', kind: 'campaign' },
  { title: 'uses techniques', type: 'uses', direction: 'from', kind: 'technique' },
  { title: 'uses software', type: 'uses', direction: 'from', kind: 'software' },
  { title: 'mitigated by', type: 'mitigates', direction: 'to', kind: 'mitigation' },
  { title: 'mitigates', type: 'mitigates', direction: 'from', kind: 'technique' },
  { title: 'detected by', type: 'detects', direction: 'to', kind: 'detection-strategy' },
  {
    title: 'detected by data components',
    type: 'detects',
    direction: 'to',
    kind: 'data-component',
  },
  { title: 'detects', type: 'detects', direction: 'from', kind: 'technique' },
  { title: 'targets assets', type: 'targets', direction: 'from', kind: 'asset' },
  { title: 'targeted by', type: 'targets', direction: 'to', kind: 'technique' },
];

const byAttackId = (a: ObjectReference, b: ObjectReference): number =>
  (a.attackId ?? '~') < (b.attackId ?? '~') ? -1 : 1;

function relatedGroup(
  knowledgeBase: KnowledgeBase,
  { stixId }: AttackObject,
  link: Link,
): RelatedGroup {
  const relations = knowledgeBase.relations[link.direction](stixId, link.type);
  const found = new Map<StixId, ObjectReference>();
  for (const { sourceId, targetId } of relations) {
    const other = knowledgeBase.byStixId.get(link.direction === 'from' ? targetId : sourceId);
    if (other?.kind === link.kind && other.status === 'active')
      found.set(other.stixId, toReference(other));
  }
  return { title: link.title, objects: [...found.values()].sort(byAttackId) };
}

/** What the fields of the object itself, rather than relationships, point at. */
function ownGroups(knowledgeBase: KnowledgeBase, object: AttackObject): readonly RelatedGroup[] {
  const references = (ids: readonly StixId[]): readonly ObjectReference[] =>
    ids.flatMap((id) => knowledgeBase.byStixId.get(id) ?? []).map(toReference);
  if (object.kind === 'technique') {
    const tactics = knowledgeBase.tactics.filter(({ shortname }) =>
      object.tactics.includes(shortname),
    );
    const parent =
      object.parentId === undefined ? undefined : knowledgeBase.byAttackId.get(object.parentId);
    const parents = parent === undefined ? [] : [toReference(parent)];
    return [
      { title: 'tactics', objects: tactics.map(toReference) },
      { title: 'sub-technique of', objects: parents },
    ];
  }
  if (object.kind === 'tactic') {
    const techniques = knowledgeBase.ofKind('technique');
    const inTactic = techniques.filter(({ tactics }) => tactics.includes(object.shortname));
    return [{ title: 'techniques', objects: inTactic.map(toReference) }];
  }
  if (object.kind === 'matrix')
    return [{ title: 'tactics', objects: references(object.tacticIds) }];
  if (object.kind === 'analytic') {
    const strategies = knowledgeBase.ofKind('detection-strategy');
    const owners = strategies.filter(({ analyticIds }) => analyticIds.includes(object.stixId));
    return [{ title: 'analytic of', objects: owners.map(toReference) }];
  }
  if (object.kind === 'data-component') {
    const analytics = knowledgeBase.ofKind('analytic');
    const readers = analytics.filter(({ logSourceReferences }) =>
      logSourceReferences.some(({ dataComponentId }) => dataComponentId === object.stixId),
    );
    return [{ title: 'read by analytics', objects: readers.map(toReference) }];
  }
  return [];
}

function describeAnalytic(knowledgeBase: KnowledgeBase, analytic: Analytic): AnalyticReference {
  const logSources = analytic.logSourceReferences.map(({ name, channel, dataComponentId }) => {
    const component = knowledgeBase.byStixId.get(dataComponentId);
    return {
      name,
      channel,
      dataComponent: component === undefined ? undefined : toReference(component),
    };
  });
  return {
    ...toReference(analytic),
    description: descriptionOf(knowledgeBase, analytic),
    platforms: analytic.platforms,
    logSources,
  };
}

/** Analytics of a strategy, of a technique's strategies, or the analytic itself. */
function analyticsOf(
  knowledgeBase: KnowledgeBase,
  object: AttackObject,
): readonly AnalyticReference[] {
  const { byStixId, relations } = knowledgeBase;
  if (object.kind === 'analytic') return [describeAnalytic(knowledgeBase, object)];
  const sources = object.kind === 'technique' ? relations.to(object.stixId, 'detects') : [];
  const strategies = [object, ...sources.map(({ sourceId }) => byStixId.get(sourceId))];
  return strategies.flatMap((strategy) => {
    if (strategy?.kind !== 'detection-strategy') return [];
    return strategy.analyticIds.flatMap((id) => {
      const analytic = byStixId.get(id);
      return analytic?.kind === 'analytic' ? [describeAnalytic(knowledgeBase, analytic)] : [];
    });
  });
}

/**
 * Describes the object that an ATT&CK id or STIX id names.
 *
 * @param id any case.
 * @returns undefined when the knowledge base has no such object.
 */
export function describeObject(
  knowledgeBase: KnowledgeBase,
  id: string,
): ObjectDescription | undefined {
  const { byAttackId: byId, byStixId, version, domain } = knowledgeBase;
  const object =
    byId.get(id.trim().toUpperCase()) ?? byStixId.get(id.trim().toLowerCase() as StixId);
  if (object === undefined) return undefined;
  const linked = LINKS.map((link) => relatedGroup(knowledgeBase, object, link));
  return {
    attackVersion: version,
    domain,
    source: knowledgeBase.source,
    carriedOver: knowledgeBase.carriedOver,
    object,
    successors: successorsOf(knowledgeBase, object).map(toReference),
    related: [...ownGroups(knowledgeBase, object), ...linked].filter(
      ({ objects }) => objects.length > 0,
    ),
    analytics: analyticsOf(knowledgeBase, object),
  };
}
