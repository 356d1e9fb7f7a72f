import { type AttackObject, type KnowledgeBase, tacticsOf } from '../../attack/lookup.js';

/** A STIX object on its way into a bundle. */
export type StixValue = Readonly<Record<string, unknown>> & {
  readonly id: string;
  readonly type: string;
};

// Source: ATT&CK's bundles; the identity of every release.
const MITRE_ID = 'identity--c78cb6e5-0c4b-4611-8297-d1b8b55e40b5';
const MITRE_CREATED = '2017-06-01T00:00:00.000Z';

/** MITRE, who made ATT&CK. */
export const MITRE_IDENTITY: StixValue = {
  type: 'identity',
  spec_version: '2.1',
  id: MITRE_ID,
  created: MITRE_CREATED,
  modified: MITRE_CREATED,
  name: 'The MITRE Corporation',
  identity_class: 'organization',
};

const STIX_FOLDERS = {
  technique: 'techniques',
  group: 'groups',
  software: 'software',
  campaign: 'campaigns',
} as const;

type Named = Extract<AttackObject, { kind: keyof typeof STIX_FOLDERS }>;

/** Whether an object of ATT&CK is of a type that STIX itself has. */
export function isStixNamed(object: AttackObject | undefined): object is Named {
  return object !== undefined && object.kind in STIX_FOLDERS && object.attackId !== undefined;
}

/**
 * A technique, group, software or campaign under MITRE's official id, with what is needed to know it again. Its version is
 * the first, so that whoever has MITRE's own object keeps that: the newer version wins.
 */
export function toAttackStix(object: Named, knowledgeBase: KnowledgeBase): StixValue {
  const created = object.created ?? MITRE_CREATED;
  return {
    type: stixTypeOf(object),
    spec_version: '2.1',
    id: object.stixId,
    created_by_ref: MITRE_ID,
    created,
    modified: created,
    name: object.name,
    ...aliasesOf(object),
    ...phasesOf(object, knowledgeBase),
    external_references: [
      {
        source_name: 'mitre-attack',
        external_id: object.attackId,
        url: `https://attack.mitre.org/${STIX_FOLDERS[object.kind]}/${(object.attackId ?? '').replace('.', '/')}`,
      },
    ],
  };
}

function stixTypeOf(object: Named): string {
  if (object.kind === 'software') return object.softwareType;
  return { technique: 'attack-pattern', group: 'intrusion-set', campaign: 'campaign' }[object.kind];
}

function aliasesOf(object: Named): object {
  const family =
    object.kind === 'software' && object.softwareType === 'malware' ? { is_family: true } : {};
  if (object.kind === 'technique' || object.aliases.length === 0) return family;
  return { ...family, aliases: [...object.aliases] };
}

function phasesOf(object: Named, knowledgeBase: KnowledgeBase): object {
  if (object.kind !== 'technique') return {};
  const phases = tacticsOf(knowledgeBase, object).map(({ shortname }) => ({
    kill_chain_name: 'mitre-attack',
    phase_name: shortname,
  }));
  return phases.length === 0 ? {} : { kill_chain_phases: phases };
}
