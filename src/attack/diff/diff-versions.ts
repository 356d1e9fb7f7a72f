import { AppError } from '../../model/index.js';
import type { AttackKind, AttackObject } from '../attack-object.js';
import { compareVersions } from '../compare-versions.js';
import type { KnowledgeBase } from '../knowledge-base.js';
import { successorsOf } from '../successors-of.js';
import { diffRelations } from './diff-relations.js';
import {
  DIFF_KINDS,
  type ObjectPair,
  pairObjects,
  type SurvivingPair,
  toDiffObject,
} from './pair-objects.js';
import {
  type ChangedList,
  type ChangedValue,
  DIFF_SECTIONS,
  type DiffObject,
  type DiffSide,
  type KindCount,
  type VersionDiff,
  type VersionStep,
} from './version-diff.js';

export interface DiffOptions {
  /** Default: all. */
  readonly kinds?: readonly AttackKind[] | undefined;
}

/**
 * Compares two versions of ATT&CK of one domain. Objects are the same when their STIX ids are.
 *
 * @param older,newer in this order "added" means what came; the other way round it shows what going back means.
 * @throws AppError `USAGE` when they are not of the same domains.
 */
export function diffVersions(
  older: KnowledgeBase,
  newer: KnowledgeBase,
  { kinds }: DiffOptions = {},
): VersionDiff {
  refuseOtherDomains(older, newer);
  const pairs = pairObjects(older, newer).filter(({ before, after }) => {
    const kind = (after ?? before)?.kind;
    return kinds === undefined || (kind !== undefined && kinds.includes(kind));
  });
  const surviving = pairs.filter(isSurviving);
  const relations = diffRelations({ older, newer, surviving, kinds });
  const lists = {
    ...diffPresence(pairs, older, newer),
    ...diffFields(surviving, newer),
    changedRelations: relations.changed,
  };
  return {
    kind: 'version-diff',
    domain: newer.domain,
    from: toSide(older),
    to: toSide(newer),
    counts: countByKind(pairs, lists),
    relationCounts: relations.counts,
    ...lists,
  };
}

type Lists = Omit<VersionDiff, 'kind' | 'domain' | 'from' | 'to' | 'counts' | 'relationCounts'>;
type PresenceLists = Pick<Lists, 'added' | 'revoked' | 'deprecated' | 'deleted' | 'restored'>;
type FieldLists = Omit<Lists, keyof PresenceLists | 'changedRelations'>;

function refuseOtherDomains(older: KnowledgeBase, newer: KnowledgeBase): void {
  const [left, right] = [older, newer].map(({ domains }) => [...domains].sort().join(', '));
  if (left === right) return;
  throw new AppError(
    'USAGE',
    `expected two versions of one domain, found ${left} ${older.version} and ${right} ${newer.version}`,
  );
}

function toSide({ version, released, source, carriedOver }: KnowledgeBase): DiffSide {
  return { version, released, source, carriedOver };
}

function isSurviving(pair: ObjectPair): pair is SurvivingPair {
  return pair.before?.status === 'active' && pair.after?.status === 'active';
}

/** What came, and what went. */
function diffPresence(
  pairs: readonly ObjectPair[],
  older: KnowledgeBase,
  newer: KnowledgeBase,
): PresenceLists {
  const became = (status: AttackObject['status']): readonly AttackObject[] =>
    pairs.flatMap(({ before, after }) =>
      after !== undefined && after.status === status && before?.status !== status ? [after] : [],
    );
  const wasThere = ({ stixId }: AttackObject): boolean => older.byStixId.has(stixId);
  const name = (object: AttackObject): DiffObject => toDiffObject(object, newer);
  const active = became('active');
  return {
    added: active.filter((object) => !wasThere(object)).map(name),
    revoked: became('revoked').map((object) => ({
      object: name(object),
      successors: successorsOf(newer, object).map(name),
    })),
    deprecated: became('deprecated').map(name),
    deleted: pairs.flatMap(({ before, after }) =>
      before === undefined || after !== undefined
        ? []
        : [{ object: toDiffObject(before, older), status: before.status }],
    ),
    restored: active.filter(wasThere).map(name),
  };
}

/** What of the objects that are active in both versions is another. */
function diffFields(surviving: readonly SurvivingPair[], newer: KnowledgeBase): FieldLists {
  const name = (object: AttackObject): DiffObject => toDiffObject(object, newer);
  const values = (
    read: (object: AttackObject) => string | undefined,
    pairs: readonly SurvivingPair[] = surviving,
  ): readonly ChangedValue[] =>
    pairs.flatMap(({ before, after }) => {
      const [from, to] = [read(before), read(after)];
      return from === to ? [] : [{ object: name(after), from, to }];
    });
  const lists = (read: (object: AttackObject) => readonly string[]): readonly ChangedList[] =>
    surviving.flatMap(({ before, after }) => {
      const change = compareLists(read(before), read(after));
      return change === undefined ? [] : [{ object: name(after), ...change }];
    });
  return {
    renamed: values((object) => object.name),
    renumbered: values((object) => object.attackId),
    movedTactic: lists((object) => (object.kind === 'technique' ? object.tactics : [])),
    changedPlatforms: lists((object) => object.platforms),
    changedAliases: lists((object) => object.aliases),
    versionChanged: values((object) => object.version).map(toStep),
    patched: values(
      (object) => object.modified,
      surviving.filter(({ before, after }) => before.version === after.version),
    ),
  };
}

function compareLists(
  before: readonly string[],
  now: readonly string[],
): Omit<ChangedList, 'object'> | undefined {
  const lost = before.filter((item) => !now.includes(item));
  const gained = now.filter((item) => !before.includes(item));
  return lost.length + gained.length === 0 ? undefined : { lost, gained, now };
}

function toStep(change: ChangedValue): VersionStep {
  const { from, to } = change;
  const isForward = from !== undefined && to !== undefined && compareVersions(from, to) < 0;
  if (!isForward) return { ...change, step: 'other' };
  const isMajor = Number(from.split('.')[0]) < Number(to.split('.')[0]);
  return { ...change, step: isMajor ? 'major' : 'minor' };
}

function countByKind(pairs: readonly ObjectPair[], lists: Lists): readonly KindCount[] {
  return DIFF_KINDS.flatMap((kind) => {
    const ofKind = pairs.filter(({ before, after }) => (after ?? before)?.kind === kind);
    const isAnyActive = ofKind.some(
      ({ before, after }) => before?.status === 'active' || after?.status === 'active',
    );
    if (!isAnyActive) return [];
    const changed = new Set<string>();
    const counts = DIFF_SECTIONS.map((section) => {
      const objects = lists[section]
        .map((entry) => ('object' in entry ? entry.object : entry))
        .filter((object) => object.kind === kind);
      for (const { stixId } of objects) changed.add(stixId);
      return [section, objects.length] as const;
    });
    const unchanged = ofKind.filter(
      (pair) => isSurviving(pair) && !changed.has(pair.after.stixId),
    ).length;
    return [
      {
        kind,
        unchanged,
        ...(Object.fromEntries(counts) as Record<(typeof DIFF_SECTIONS)[number], number>),
      },
    ];
  });
}
