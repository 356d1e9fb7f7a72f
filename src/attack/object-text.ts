import { isRecord, type StixId } from '../model/index.js';
import type { Analytic, AttackObject, Technique } from './attack-object.js';
import type { KnowledgeBase } from './knowledge-base.js';
import type { Relation } from './relation.js';

/** A source that MITRE cites; texts point at it as `(Citation: name)`. */
export interface Reference {
  readonly name: string;
  readonly description: string | undefined;
  /** As MITRE wrote it; only `http` and `https` are passed on. */
  readonly url: string | undefined;
  /** Id at that source, `CAPEC-163`. */
  readonly externalId: string | undefined;
}

/** What a group, software or campaign did with a technique. */
export interface ProcedureExample {
  readonly relation: Relation;
  /** The group, software or campaign. */
  readonly object: AttackObject;
  /** MITRE's sentence; undefined when only the catalogue is there. */
  readonly description: string | undefined;
  readonly references: readonly Reference[];
}

/** Something that a defender tunes in an analytic. */
export interface MutableElement {
  readonly field: string;
  /** Undefined when only the catalogue is there. */
  readonly description: string | undefined;
}

type HasStixId = Pick<AttackObject, 'stixId'>;

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

function fieldOf(knowledgeBase: KnowledgeBase, stixId: StixId, field: string): unknown {
  const stix = knowledgeBase.stix(stixId);
  // Object.hasOwn: a field named like a member of Object.prototype must not be found there.
  return stix !== undefined && Object.hasOwn(stix, field) ? stix[field] : undefined;
}

const listOf = (value: unknown): readonly Readonly<Record<string, unknown>>[] =>
  Array.isArray(value) ? value.filter(isRecord) : [];

/** MITRE's description, Markdown with citations; undefined when only the catalogue is there. */
export function descriptionOf(
  knowledgeBase: KnowledgeBase,
  { stixId }: HasStixId,
): string | undefined {
  return textOf(fieldOf(knowledgeBase, stixId, 'description'));
}

/**
 * How to detect a technique, in the words of ATT&CK up to 17; undefined when only the catalogue is there.
 *
 * From 18 on that text is the description of the analytics of its detection strategies.
 */
export function detectionTextOf(
  knowledgeBase: KnowledgeBase,
  { stixId }: Technique,
): string | undefined {
  return textOf(fieldOf(knowledgeBase, stixId, 'x_mitre_detection'));
}

const isWebUrl = (url: string): boolean => /^https?:\/\//i.test(url);

function referencesOfStix(knowledgeBase: KnowledgeBase, stixId: StixId): readonly Reference[] {
  return listOf(fieldOf(knowledgeBase, stixId, 'external_references')).flatMap((reference) => {
    const name = textOf(reference['source_name']);
    if (name === undefined) return [];
    const url = textOf(reference['url']);
    return [
      {
        name,
        description: textOf(reference['description']),
        url: url !== undefined && isWebUrl(url) ? url : undefined,
        externalId: textOf(reference['external_id']),
      },
    ];
  });
}

/** Everything that MITRE cites for an object, its own page first; empty when only the catalogue is there. */
export function referencesOf(
  knowledgeBase: KnowledgeBase,
  { stixId }: HasStixId,
): readonly Reference[] {
  return referencesOfStix(knowledgeBase, stixId);
}

/**
 * Who used a technique and how: groups, software and campaigns, in the order of their ATT&CK ids.
 *
 * Who is known from the catalogue alone; how needs a full bundle.
 */
export function procedureExamplesOf(
  knowledgeBase: KnowledgeBase,
  { stixId }: HasStixId,
): readonly ProcedureExample[] {
  const examples = knowledgeBase.relations.to(stixId, 'uses').flatMap((relation) => {
    const object = knowledgeBase.byStixId.get(relation.sourceId);
    if (object === undefined) return [];
    const description =
      relation.stixId && textOf(fieldOf(knowledgeBase, relation.stixId, 'description'));
    const references =
      relation.stixId === undefined ? [] : referencesOfStix(knowledgeBase, relation.stixId);
    return [{ relation, object, description, references }];
  });
  const idOf = ({ object }: ProcedureExample): string => object.attackId ?? object.stixId;
  return examples.sort((a, b) => (idOf(a) < idOf(b) ? -1 : idOf(a) > idOf(b) ? 1 : 0));
}

/** What a defender tunes in an analytic, with MITRE's wording where a full bundle is there. */
export function mutableElementsOf(
  knowledgeBase: KnowledgeBase,
  { stixId, mutableElements }: Analytic,
): readonly MutableElement[] {
  const worded = listOf(fieldOf(knowledgeBase, stixId, 'x_mitre_mutable_elements'));
  if (worded.length === 0) {
    return mutableElements.map((field) => ({ field, description: undefined }));
  }
  return worded.flatMap((element) => {
    const field = textOf(element['field']);
    return field === undefined ? [] : [{ field, description: textOf(element['description']) }];
  });
}
