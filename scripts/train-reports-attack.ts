import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** What a text of ATT&CK is. */
export type AttackTextKind = 'procedure' | 'name' | 'description' | 'mitigation' | 'detection';

/** A text of ATT&CK that shows, describes or detects a technique. */
export interface AttackText {
  readonly kind: AttackTextKind;
  readonly techniqueId: string;
  readonly text: string;
  /** STIX id of the group, software or campaign that a procedure is of; empty of other kinds. */
  readonly sourceRef: string;
  /** ISO time of the object that the text stands in. */
  readonly created: string;
}

/** An ATT&CK version as training needs it. */
export interface AttackTexts {
  readonly version: string;
  /** Ids of active techniques, ascending. */
  readonly techniqueIds: readonly string[];
  /** Technique → its tactics' shortnames. */
  readonly tacticsOf: ReadonlyMap<string, readonly string[]>;
  /** Revoked technique → the active one that stands for it now. */
  readonly successorOf: ReadonlyMap<string, string>;
  readonly texts: readonly AttackText[];
}

interface StixObject {
  readonly type: string;
  readonly id: string;
  readonly name?: string;
  readonly description?: string;
  readonly created?: string;
  readonly revoked?: boolean;
  readonly x_mitre_deprecated?: boolean;
  readonly x_mitre_detection?: string;
  readonly x_mitre_version?: string;
  readonly x_mitre_analytic_refs?: readonly string[];
  readonly relationship_type?: string;
  readonly source_ref?: string;
  readonly target_ref?: string;
  readonly external_references?: readonly { source_name?: string; external_id?: string }[];
  readonly kill_chain_phases?: readonly { phase_name: string }[];
}

const ATTACK_LINK = /\[([^\][]+)\]\(https?:\/\/attack\.mitre\.org\/([a-z]+)\/[^)]*\)/g;

/** Reads a bundle of ATT&CK, STIX 2.0 or 2.1, gzipped or not. */
export function readAttackTexts(path: string): AttackTexts {
  const bytes = readFileSync(path);
  const json = path.endsWith('.gz') ? gunzipSync(bytes) : bytes;
  const { objects } = JSON.parse(json.toString('utf8')) as { objects: readonly StixObject[] };
  const byId = new Map(objects.map((object) => [object.id, object]));
  const active = objects.filter((one) => one.type === 'attack-pattern' && isActive(one));
  const idOf = new Map(active.map((one) => [one.id, attackIdOf(one)]));
  return {
    version: /(\d+\.\d+)/.exec(path)?.[1] ?? 'unknown',
    techniqueIds: [...idOf.values()].sort(),
    tacticsOf: new Map(
      active.map((one) => [
        attackIdOf(one),
        (one.kill_chain_phases ?? []).map(({ phase_name }) => phase_name),
      ]),
    ),
    successorOf: successorsIn(objects, byId),
    texts: [
      ...active.flatMap((technique) => textsOfTechnique(technique)),
      ...objects.flatMap((object) => textsOfRelationship(object, { byId, idOf })),
    ],
  };
}

function isActive(object: StixObject): boolean {
  return object.revoked !== true && object.x_mitre_deprecated !== true;
}

function attackIdOf(object: StixObject | undefined): string {
  const reference = object?.external_references?.find(
    ({ source_name }) => source_name === 'mitre-attack',
  );
  return reference?.external_id ?? '';
}

function successorsIn(
  objects: readonly StixObject[],
  byId: ReadonlyMap<string, StixObject>,
): ReadonlyMap<string, string> {
  const next = new Map<string, string>();
  for (const { relationship_type, source_ref, target_ref } of objects) {
    if (relationship_type === 'revoked-by') next.set(source_ref ?? '', target_ref ?? '');
  }
  const successors = new Map<string, string>();
  for (const start of next.keys()) {
    let end = start;
    // Chains are short; the count keeps one that runs in a circle from never ending.
    for (let step = 0; step < 10 && next.has(end); step++) end = next.get(end) ?? end;
    if (byId.get(start)?.type !== 'attack-pattern') continue;
    successors.set(attackIdOf(byId.get(start)), attackIdOf(byId.get(end)));
  }
  return successors;
}

function textsOfTechnique(technique: StixObject): readonly AttackText[] {
  const name = technique.name ?? '';
  const description = withoutNames(technique.description ?? '');
  const sentences = description.split(/(?<=[.!?])\s+(?=[A-Z])/);
  const common = {
    techniqueId: attackIdOf(technique),
    sourceRef: '',
    created: technique.created ?? '',
  };
  const detection = technique.x_mitre_detection ?? '';
  return [
    { ...common, kind: 'name', text: name },
    { ...common, kind: 'name', text: `${name}. ${sentences[0] ?? ''}` },
    { ...common, kind: 'description', text: description },
    ...sentences.map((text) => ({ ...common, kind: 'description' as const, text })),
    ...(detection === '' ? [] : [{ ...common, kind: 'detection' as const, text: detection }]),
  ];
}

interface TextContext {
  readonly byId: ReadonlyMap<string, StixObject>;
  /** STIX id → id of active techniques. */
  readonly idOf: ReadonlyMap<string, string>;
}

// biome-ignore lint/complexity/noExcessiveCognitiveComplexity: a case for each kind of relationship.
function textsOfRelationship(
  object: StixObject,
  { byId, idOf }: TextContext,
): readonly AttackText[] {
  const techniqueId = idOf.get(object.target_ref ?? '');
  if (object.type !== 'relationship' || techniqueId === undefined || !isActive(object)) return [];
  const common = { techniqueId, sourceRef: object.source_ref ?? '', created: object.created ?? '' };
  const text = withoutNames(object.description ?? '');
  switch (object.relationship_type) {
    case 'uses':
      return text === '' ? [] : [{ ...common, kind: 'procedure', text }];
    case 'mitigates':
      return text === '' ? [] : [{ ...common, kind: 'mitigation', text, sourceRef: '' }];
    case 'detects':
      return [
        text,
        ...(byId.get(object.source_ref ?? '')?.x_mitre_analytic_refs ?? []).map(
          (reference) => byId.get(reference)?.description ?? '',
        ),
        byId.get(object.source_ref ?? '')?.type === 'x-mitre-detection-strategy'
          ? (byId.get(object.source_ref ?? '')?.name ?? '')
          : '',
      ]
        .filter((one) => one !== '')
        .map((one) => ({ ...common, kind: 'detection' as const, text: one, sourceRef: '' }));
    default:
      return [];
  }
}

/**
 * Takes out who acts: a technique is not told by its user's name. Software that is named after the first is a tool
 * in use, which tells a lot, and stays.
 */
export function withoutNames(text: string): string {
  let isFirst = true;
  return text.replace(ATTACK_LINK, (_, label: string, kind: string) => {
    const isActor = kind === 'groups' || kind === 'campaigns' || (kind === 'software' && isFirst);
    isFirst = false;
    return isActor ? ' ' : label;
  });
}
