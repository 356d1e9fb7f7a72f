import {
  type AttackKind,
  type AttackObjectOf,
  analyticsOf,
  findObjects,
  findRelationsByText,
  formatObject,
  inheritRelated,
  type KnowledgeBase,
  mergeRelated,
  type ObjectQuery,
  type PairEnd,
  type PartnerOf,
  procedureExamplesOf,
  type RelatedMap,
  relateAll,
  relateDirectly,
  relatedObjects,
  successorsOf,
  tacticsOf,
  tacticsOfMatrix,
  techniquesOfGroupSoftware,
} from '../../src/attack/lookup.js';
import type { StixId } from '../../src/model/index.js';
import { answerOfIds, answerOfMap, answerOfObjects, type ParityAnswer } from './parity-answer.js';

/** What the single look-ups ask about; the same for both, see scripts/count-mitreattack-python.py. */
export type ParitySample = Readonly<Record<string, string>>;

export interface ParityDifference {
  readonly why: string;
  /** Key of the answer that is expected in place of theirs; counted by the same script, without ours. */
  readonly expected: string;
}

export interface ParityRow {
  /** Their method and, after a space, how it is called; the key of the answer in mitreattack-python.json. */
  readonly theirs: string;
  /** The call of ours, as the document shows it. */
  readonly ours: string;
  readonly ask: (base: KnowledgeBase, sample: ParitySample) => ParityAnswer;
  /** Needs MITRE's prose, so a full bundle. */
  readonly needsBundle?: true;
  /** Where ours answers otherwise on purpose. */
  readonly difference?: ParityDifference;
}

const CREATED_AFTER = '2025-01-01T00:00:00Z';
const MODIFIED_AFTER = '2025-10-21';

function sampled<K extends AttackKind>(
  base: KnowledgeBase,
  attackId: string | undefined,
  kind: K,
): AttackObjectOf<K> {
  const object = base.byAttackId.get(attackId ?? '');
  if (object?.kind !== kind) throw new Error(`expected a ${kind}, found ${attackId}`);
  return object as AttackObjectOf<K>;
}

/** A query for all objects, and the same for active ones only. */
function listRows(
  method: string,
  query: (sample: ParitySample) => ObjectQuery,
  shown: string,
): readonly ParityRow[] {
  const needsBundle = method === 'get_objects_by_content' ? ({ needsBundle: true } as const) : {};
  return [
    {
      theirs: method,
      ours: `findObjects(kb, { ${shown}, status: 'any' })`,
      ask: (base, sample) =>
        answerOfObjects(findObjects(base, { ...query(sample), status: 'any' })),
      ...needsBundle,
    },
    {
      theirs: `${method} active`,
      ours: `findObjects(kb, { ${shown} })`,
      ask: (base, sample) => answerOfObjects(findObjects(base, query(sample))),
      ...needsBundle,
    },
  ];
}

const kindRows = (method: string, kind: AttackKind): readonly ParityRow[] =>
  listRows(method, () => ({ kind }), `kind: '${kind}'`);

const LISTS: readonly ParityRow[] = [
  ...kindRows('get_matrices', 'matrix'),
  ...kindRows('get_tactics', 'tactic'),
  ...kindRows('get_techniques', 'technique'),
  {
    theirs: 'get_techniques parents',
    ours: "findObjects(kb, { kind: 'technique', isSubtechnique: false, status: 'any' })",
    ask: (base) =>
      answerOfObjects(
        findObjects(base, { kind: 'technique', isSubtechnique: false, status: 'any' }),
      ),
  },
  ...listRows(
    'get_subtechniques',
    () => ({ kind: 'technique', isSubtechnique: true }),
    "kind: 'technique', isSubtechnique: true",
  ),
  ...kindRows('get_mitigations', 'mitigation'),
  ...kindRows('get_groups', 'group'),
  ...kindRows('get_software', 'software'),
  ...kindRows('get_campaigns', 'campaign'),
  ...kindRows('get_assets', 'asset'),
  ...kindRows('get_datasources', 'data-source'),
  ...kindRows('get_datacomponents', 'data-component'),
  ...kindRows('get_analytics', 'analytic'),
  ...kindRows('get_detectionstrategies', 'detection-strategy'),
  {
    theirs: 'get_objects_by_type',
    ours: "findObjects(kb, { kind: 'software', status: 'any' }), softwareType 'malware'",
    ask: (base) =>
      answerOfObjects(
        findObjects(base, { kind: 'software', status: 'any' }).filter(
          ({ softwareType }) => softwareType === 'malware',
        ),
      ),
  },
  {
    theirs: 'get_objects_by_type active',
    ours: "kb.ofKind('software'), softwareType 'malware'",
    ask: (base) =>
      answerOfObjects(
        base.ofKind('software').filter(({ softwareType }) => softwareType === 'malware'),
      ),
  },
  ...listRows(
    'get_techniques_by_platform',
    ({ platform }) => ({ kind: 'technique', platform }),
    "kind: 'technique', platform: 'Windows'",
  ),
  ...listRows(
    'get_techniques_by_tactic',
    ({ tactic }) => ({ kind: 'technique', tactic }),
    "kind: 'technique', tactic: 'lateral-movement'",
  ),
  ...listRows(
    'get_objects_created_after',
    () => ({ createdAfter: CREATED_AFTER }),
    `createdAfter: '${CREATED_AFTER}'`,
  ),
  ...listRows(
    'get_objects_modified_after',
    () => ({ modifiedAfter: MODIFIED_AFTER }),
    `modifiedAfter: '${MODIFIED_AFTER}'`,
  ),
  ...listRows('get_objects_by_content', ({ content }) => ({ text: content }), "text: 'mimikatz'"),
  {
    theirs: 'get_objects_by_content relationships',
    ours: "findRelationsByText(kb, 'mimikatz')",
    ask: (base, { content = '' }) =>
      answerOfIds(findRelationsByText(base, content).map(({ stixId }) => stixId ?? '')),
    needsBundle: true,
  },
  {
    theirs: 'remove_revoked_deprecated',
    ours: "findObjects(kb, { kind: 'technique', status: 'any' }).filter(({ status }) => status === 'active')",
    ask: (base) =>
      answerOfObjects(
        findObjects(base, { kind: 'technique', status: 'any' }).filter(
          ({ status }) => status === 'active',
        ),
      ),
  },
  {
    theirs: 'get_objects_by_name',
    ours: "findObjects(kb, { kind: 'technique', name: 'PowerShell', status: 'any' })",
    ask: (base, { name }) =>
      answerOfObjects(findObjects(base, { kind: 'technique', name, status: 'any' })),
  },
  ...(
    [
      ['get_groups_by_alias', 'group', 'groupAlias', 'Cozy Bear'],
      ['get_campaigns_by_alias', 'campaign', 'campaignAlias', 'Operation North Star'],
      ['get_software_by_alias', 'software', 'softwareAlias', 'Solorigate'],
    ] as const
  ).map(
    ([theirs, kind, alias, shown]): ParityRow => ({
      theirs,
      ours: `findObjects(kb, { kind: '${kind}', alias: '${shown}', status: 'any' })`,
      ask: (base, sample) =>
        answerOfObjects(findObjects(base, { kind, alias: sample[alias], status: 'any' })),
    }),
  ),
];

const SINGLES: readonly ParityRow[] = [
  {
    theirs: 'get_object_by_stix_id',
    ours: 'kb.byStixId.get(stixId)',
    ask: (base, { technique }) => {
      const found = base.byStixId.get(sampled(base, technique, 'technique').stixId);
      return answerOfObjects(found === undefined ? [] : [found]);
    },
  },
  {
    theirs: 'get_object_by_attack_id',
    ours: "kb.byAttackId.get('T1059.001')",
    ask: (base, { technique = '' }) => {
      const found = base.byAttackId.get(technique);
      return answerOfObjects(found === undefined ? [] : [found]);
    },
  },
  {
    theirs: 'get_attack_id',
    ours: 'kb.byStixId.get(stixId)?.attackId',
    ask: (base, { technique }) => {
      const { stixId } = sampled(base, technique, 'technique');
      return base.byStixId.get(stixId)?.attackId ?? '';
    },
  },
  {
    theirs: 'get_name',
    ours: 'kb.byStixId.get(stixId)?.name',
    ask: (base, { technique }) => {
      const { stixId } = sampled(base, technique, 'technique');
      return base.byStixId.get(stixId)?.name ?? '';
    },
  },
  {
    theirs: 'get_stix_type',
    ours: "stixId.split('--')[0]",
    ask: (base, { technique }) => sampled(base, technique, 'technique').stixId.split('--')[0] ?? '',
  },
  {
    theirs: 'get_field',
    ours: "object.version; any other field of MITRE's: kb.stix(stixId)?.['x_mitre_version']",
    ask: (base, { technique }) => {
      const { stixId, version = '' } = sampled(base, technique, 'technique');
      const field = base.stix(stixId)?.['x_mitre_version'] ?? version;
      return typeof field === 'string' ? field : '';
    },
  },
  {
    theirs: 'print_stix_object',
    ours: 'formatObject(kb, stixId)',
    ask: (base, { technique }) => {
      const text = formatObject(base, sampled(base, technique, 'technique').stixId) ?? '{}';
      return (JSON.parse(text) as { id?: string }).id ?? '';
    },
    needsBundle: true,
  },
  {
    theirs: 'get_tactics_by_technique',
    ours: 'tacticsOf(kb, technique)',
    ask: (base, { technique }) =>
      answerOfObjects(tacticsOf(base, sampled(base, technique, 'technique'))),
  },
  {
    theirs: 'get_tactics_by_matrix',
    ours: 'tacticsOfMatrix(kb, matrix)',
    ask: (base) =>
      answerOfIds(
        findObjects(base, { kind: 'matrix', status: 'any' }).flatMap((matrix) =>
          tacticsOfMatrix(base, matrix).map(({ stixId }) => `${matrix.name} ${stixId}`),
        ),
      ),
  },
  {
    theirs: 'get_procedure_examples_by_technique',
    ours: 'procedureExamplesOf(kb, technique)',
    ask: (base, { technique }) =>
      answerOfObjects(
        procedureExamplesOf(base, sampled(base, technique, 'technique')).map(
          ({ object }) => object,
        ),
      ),
  },
  {
    theirs: 'get_techniques_used_by_group_software',
    ours: 'techniquesOfGroupSoftware(kb, group)',
    ask: (base, { group }) =>
      answerOfObjects(
        techniquesOfGroupSoftware(base, sampled(base, group, 'group')).map(({ object }) => object),
      ),
  },
  {
    theirs: 'get_analytics_by_detection_strategy',
    ours: 'analyticsOf(kb, strategy)',
    ask: (base, { strategy }) =>
      answerOfObjects(analyticsOf(base, sampled(base, strategy, 'detection-strategy'))),
  },
  {
    theirs: 'get_revoking_object',
    ours: 'successorsOf(kb, object)',
    ask: (base) =>
      answerOfIds(
        findObjects(base, { status: 'revoked' }).flatMap((object) =>
          successorsOf(base, object).map(({ stixId }) => `${object.stixId} ${stixId}`),
        ),
      ),
    difference: {
      why: 'theirs takes one step, so it may answer with an object that is itself revoked; ours walks on to what is there today',
      expected: 'get_revoking_object walked',
    },
  },
];

/** One object's related objects, as the map that holds only that object. */
function singleMap(base: KnowledgeBase, stixId: StixId, partner: PairEnd): RelatedMap {
  const related = relatedObjects(base, stixId, partner);
  return new Map(related.length === 0 ? [] : [[stixId, related]]);
}

interface PairMethods {
  readonly all: string;
  readonly single: string;
  readonly sample: string;
}

/** A pair of theirs: the map of all and the look-up of one. */
function pairRows<E extends PairEnd>(
  { all, single, sample }: PairMethods,
  [of, partner]: readonly [E, PartnerOf<E>],
): readonly ParityRow[] {
  return [
    {
      theirs: all,
      ours: `relateAll(kb, '${of}', '${partner}')`,
      ask: (base) => answerOfMap(relateAll(base, of, partner)),
      ...differenceOf(all, of, partner),
    },
    {
      theirs: single,
      ours: `relatedObjects(kb, stixId, '${partner}')`,
      ask: (base, samples) => {
        const object = base.byAttackId.get(samples[sample] ?? '');
        if (object === undefined) throw new Error(`expected ${sample}, found none`);
        return answerOfMap(singleMap(base, object.stixId, partner));
      },
      ...(of === 'sub-technique' ? {} : differenceOf(single, of, partner)),
    },
  ];
}

function differenceOf(
  method: string,
  of: PairEnd,
  partner: PairEnd,
): Pick<ParityRow, 'difference'> {
  if (of === 'sub-technique') {
    const why =
      'theirs keeps revoked sub-techniques as keys; ours has active objects on both sides, so that a map and its inverse hold the same pairs';
    return { difference: { why, expected: `${method} active` } };
  }
  if (of !== 'data-component' && partner !== 'data-component') return {};
  const why =
    'theirs reads component-detects-technique alone, which ATT&CK 18 gave up; ours goes on through detection strategies, analytics and log source references';
  return { difference: { why, expected: `${method} through analytics` } };
}

const PAIRS: readonly ParityRow[] = [
  ...pairRows(
    {
      all: 'get_all_software_used_by_all_groups',
      single: 'get_software_used_by_group',
      sample: 'group',
    },
    ['group', 'software'],
  ),
  ...pairRows(
    {
      all: 'get_all_groups_using_all_software',
      single: 'get_groups_using_software',
      sample: 'software',
    },
    ['software', 'group'],
  ),
  ...pairRows(
    {
      all: 'get_all_software_used_by_all_campaigns',
      single: 'get_software_used_by_campaign',
      sample: 'campaign',
    },
    ['campaign', 'software'],
  ),
  ...pairRows(
    {
      all: 'get_all_campaigns_using_all_software',
      single: 'get_campaigns_using_software',
      sample: 'software',
    },
    ['software', 'campaign'],
  ),
  ...pairRows(
    {
      all: 'get_all_groups_attributing_to_all_campaigns',
      single: 'get_groups_attributing_to_campaign',
      sample: 'campaign',
    },
    ['campaign', 'group'],
  ),
  ...pairRows(
    {
      all: 'get_all_campaigns_attributed_to_all_groups',
      single: 'get_campaigns_attributed_to_group',
      sample: 'group',
    },
    ['group', 'campaign'],
  ),
  ...pairRows(
    {
      all: 'get_all_techniques_used_by_all_groups',
      single: 'get_techniques_used_by_group',
      sample: 'group',
    },
    ['group', 'technique'],
  ),
  ...pairRows(
    {
      all: 'get_all_groups_using_all_techniques',
      single: 'get_groups_using_technique',
      sample: 'technique',
    },
    ['technique', 'group'],
  ),
  ...pairRows(
    {
      all: 'get_all_techniques_used_by_all_campaigns',
      single: 'get_techniques_used_by_campaign',
      sample: 'campaign',
    },
    ['campaign', 'technique'],
  ),
  ...pairRows(
    {
      all: 'get_all_campaigns_using_all_techniques',
      single: 'get_campaigns_using_technique',
      sample: 'technique',
    },
    ['technique', 'campaign'],
  ),
  ...pairRows(
    {
      all: 'get_all_techniques_used_by_all_software',
      single: 'get_techniques_used_by_software',
      sample: 'software',
    },
    ['software', 'technique'],
  ),
  ...pairRows(
    {
      all: 'get_all_software_using_all_techniques',
      single: 'get_software_using_technique',
      sample: 'technique',
    },
    ['technique', 'software'],
  ),
  ...pairRows(
    {
      all: 'get_all_techniques_mitigated_by_all_mitigations',
      single: 'get_techniques_mitigated_by_mitigation',
      sample: 'mitigation',
    },
    ['mitigation', 'technique'],
  ),
  ...pairRows(
    {
      all: 'get_all_mitigations_mitigating_all_techniques',
      single: 'get_mitigations_mitigating_technique',
      sample: 'technique',
    },
    ['technique', 'mitigation'],
  ),
  ...pairRows(
    {
      all: 'get_all_parent_techniques_of_all_subtechniques',
      single: 'get_parent_technique_of_subtechnique',
      sample: 'subtechnique',
    },
    ['sub-technique', 'parent-technique'],
  ),
  ...pairRows(
    {
      all: 'get_all_subtechniques_of_all_techniques',
      single: 'get_subtechniques_of_technique',
      sample: 'parent',
    },
    ['parent-technique', 'sub-technique'],
  ),
  ...pairRows(
    {
      all: 'get_all_techniques_detected_by_all_datacomponents',
      single: 'get_techniques_detected_by_datacomponent',
      sample: 'datacomponent',
    },
    ['data-component', 'technique'],
  ),
  ...pairRows(
    {
      all: 'get_all_datacomponents_detecting_all_techniques',
      single: 'get_datacomponents_detecting_technique',
      sample: 'technique',
    },
    ['technique', 'data-component'],
  ),
  ...pairRows(
    {
      all: 'get_all_techniques_targeting_all_assets',
      single: 'get_techniques_targeting_asset',
      sample: 'asset',
    },
    ['asset', 'technique'],
  ),
  ...pairRows(
    {
      all: 'get_all_assets_targeted_by_all_techniques',
      single: 'get_assets_targeted_by_technique',
      sample: 'technique',
    },
    ['technique', 'asset'],
  ),
  ...pairRows(
    {
      all: 'get_all_techniques_detected_by_all_detection_strategies',
      single: 'get_techniques_detected_by_detection_strategy',
      sample: 'strategy',
    },
    ['detection-strategy', 'technique'],
  ),
  ...pairRows(
    {
      all: 'get_all_detection_strategies_detecting_all_techniques',
      single: 'get_detection_strategies_detecting_technique',
      sample: 'technique',
    },
    ['technique', 'detection-strategy'],
  ),
];

const MAPS: readonly ParityRow[] = [
  {
    theirs: 'get_related',
    ours: "relateDirectly(kb, 'group', 'technique')",
    ask: (base) => answerOfMap(relateDirectly(base, 'group', 'technique')),
  },
  {
    theirs: 'get_related reverse',
    ours: "relateDirectly(kb, 'technique', 'group')",
    ask: (base) => answerOfMap(relateDirectly(base, 'technique', 'group')),
  },
  {
    theirs: 'merge',
    ours: 'mergeRelated(left, right)',
    ask: (base) =>
      answerOfMap(
        mergeRelated(
          relateDirectly(base, 'group', 'technique'),
          relateDirectly(base, 'campaign', 'technique'),
        ),
      ),
  },
  {
    theirs: 'remove_duplicates',
    ours: 'mergeRelated(left, right), which leaves none',
    ask: (base) => {
      const related = relateDirectly(base, 'campaign', 'technique');
      return answerOfMap(mergeRelated(related, related));
    },
  },
  {
    theirs: 'add_inherited_campaign_relationships',
    ours: 'inheritRelated(between, relatedTo)',
    ask: (base) => {
      const techniques = relateAll(base, 'campaign', 'technique');
      const campaigns = relateAll(base, 'group', 'campaign');
      return answerOfMap(inheritRelated(campaigns, (stixId) => techniques.get(stixId) ?? []));
    },
  },
];

/** Every public method of mitreattack-python's `MitreAttackData`, with the query of ours that answers it. */
export const PARITY_ROWS: readonly ParityRow[] = [...LISTS, ...SINGLES, ...PAIRS, ...MAPS];
