import type { LintNote } from './lint-finding.js';
import { type LintSubject, show } from './lint-subject.js';

/** What ATT&CK says of a tag's id, in the version that the tags of the whole set are of. */
export interface TechniqueFacts {
  readonly status: 'active' | 'revoked' | 'deprecated' | 'other-version' | 'unknown';
  readonly name: string | undefined;
  /** Shortnames. */
  readonly tactics: readonly string[];
  /** Ids that took its place in this version. */
  readonly successors: readonly string[];
  /** Versions that have it, when this one does not. */
  readonly versions: readonly string[];
}

/** What `checkTags` asks of ATT&CK. */
export interface TagKnowledge {
  /** `18.1` */
  readonly version: string;
  technique(id: string): TechniqueFacts;
  /** Groups, software, data sources and other objects: `G0016`, `DS0005`. */
  isKnownObject(id: string): boolean;
  /** Of this version, as shortnames. */
  readonly tactics: ReadonlySet<string>;
  /** Of any version. */
  readonly allTactics: ReadonlySet<string>;
}

// Source: Sigma specification 2.1, "Tags": what the names in each namespace look like.
const NAMES: Readonly<Record<string, { readonly form: RegExp; readonly example: string }>> = {
  attack: { form: /./, example: 'attack.t1059.001' },
  car: { form: /^\d{4}-\d{2}-\d{3}$/, example: 'car.2016-04-005' },
  cve: { form: /^\d{4}-\d{4,}$/, example: 'cve.2021-44228' },
  d3fend: { form: /^d3-[a-z0-9]+$|^d3f-[a-z0-9]+$/, example: 'd3fend.d3-am' },
  detection: {
    form: /^(dfir|emerging-threats|threat-hunting|compliance|placeholder)$/,
    example: 'detection.threat-hunting',
  },
  stp: { form: /^\d[auk]?$/, example: 'stp.4a' },
  tlp: { form: /^(red|amber|amber-strict|green|clear|white)$/, example: 'tlp.clear' },
};
const TAG = /^[a-z0-9-]+\.[a-z0-9._-]+$/;
const TECHNIQUE = /^t\d{4}(\.\d{3})?$/;
const OBJECT = /^(?:[gscm]|ds|dc|det|an)\d{4}$/;
const TACTIC_ID = /^ta\d{4}$/;

/** The tags: form, namespace, and what ATT&CK says of them. */
export function checkTags(
  { document, kind }: LintSubject,
  knowledge: TagKnowledge,
): readonly LintNote[] {
  const { tags } = document;
  if (kind === 'filter') return [];
  const list: readonly unknown[] = Array.isArray(tags) ? tags : [];
  const notes: LintNote[] = [];
  for (const [index, tag] of list.entries()) {
    const path = ['tags', index];
    for (const note of checkTag(tag, list.slice(0, index), knowledge))
      notes.push({ ...note, path });
  }
  return [...notes, ...checkTactics(list, knowledge)];
}

type TagNote = Omit<LintNote, 'path'>;

function checkTag(
  tag: unknown,
  before: readonly unknown[],
  knowledge: TagKnowledge,
): readonly TagNote[] {
  if (typeof tag !== 'string' || !TAG.test(tag)) return [badForm(tag)];
  if (before.includes(tag))
    return [
      {
        code: 'TAG_DUPLICATE',
        message: `"${tag}" is there twice`,
        fix: 'leave one out',
        edit: { kind: 'remove-item' },
      },
    ];
  const dot = tag.indexOf('.');
  const namespace = tag.slice(0, dot);
  const name = tag.slice(dot + 1);
  const known = Object.hasOwn(NAMES, namespace) ? NAMES[namespace] : undefined;
  if (known === undefined) {
    const message = `the namespace "${namespace}" is not known`;
    return [{ code: 'TAG_NAMESPACE', message, fix: `known: ${Object.keys(NAMES).join(', ')}` }];
  }
  if (namespace === 'attack') return checkAttackTag(name, knowledge);
  if (known.form.test(name)) return [];
  const hyphenated = name.replace(/^(\d{4})[._]/, '$1-');
  const isCve = namespace === 'cve' && known.form.test(hyphenated);
  const fix = isCve ? `write cve.${hyphenated}` : `such as ${known.example}`;
  const edit = isCve ? replaced(name, hyphenated) : undefined;
  return [{ code: 'TAG_NAME', message: `"${name}" is no name in ${namespace}`, fix, edit }];
}

function badForm(tag: unknown): TagNote {
  const form = typeof tag === 'string' ? suggestForm(tag) : undefined;
  const fix = form === undefined ? 'write namespace.name in lower case' : `write ${form}`;
  const edit = form === undefined ? undefined : replaced(String(tag), form);
  return { code: 'TAG_FORM', message: `${show(tag)} is no tag`, fix, edit };
}

function replaced(found: string, replacement: string): LintNote['edit'] {
  return { kind: 'replace', found, replacement };
}

function suggestForm(tag: string): string | undefined {
  const plain = tag
    .trim()
    .toLowerCase()
    .replaceAll(/[\s:]+/g, '.')
    .replaceAll('_', '-');
  return TAG.test(plain) ? plain : undefined;
}

function checkAttackTag(name: string, knowledge: TagKnowledge): readonly TagNote[] {
  if (TECHNIQUE.test(name)) return checkTechnique(name.toUpperCase(), knowledge);
  if (TACTIC_ID.test(name))
    return [
      {
        code: 'ATTACK_UNKNOWN',
        message: `"attack.${name}" names a tactic by its id`,
        fix: 'name the tactic: attack.execution',
      },
    ];
  if (OBJECT.test(name))
    return knowledge.isKnownObject(name.toUpperCase())
      ? []
      : [unknown(name, 'look the id up with portolan attack search')];
  const tactic = name.replaceAll('_', '-');
  if (knowledge.tactics.has(tactic))
    return tactic === name
      ? []
      : [
          {
            code: 'TAG_NAME',
            message: `"attack.${name}" has underscores`,
            fix: `write attack.${tactic}`,
            edit: replaced(name, tactic),
          },
        ];
  if (!knowledge.allTactics.has(tactic))
    return [unknown(name, `tactics: ${[...knowledge.tactics].join(', ')}`)];
  return [
    {
      code: 'ATTACK_OTHER_VERSION',
      message: `ATT&CK ${knowledge.version}, which the other tags are of, has no tactic "${tactic}"`,
      fix: `tactics: ${[...knowledge.tactics].join(', ')}; portolan migrate moves whole sets`,
    },
  ];
}

function unknown(name: string, fix: string): TagNote {
  return { code: 'ATTACK_UNKNOWN', message: `no version of ATT&CK has "${name}"`, fix };
}

function checkTechnique(id: string, knowledge: TagKnowledge): readonly TagNote[] {
  const { status, name, successors, versions } = knowledge.technique(id);
  const named = name === undefined ? id : `${id} ${name}`;
  const { version } = knowledge;
  const instead =
    successors.length === 0
      ? 'choose another technique, or leave it out'
      : `write ${successors.map((one) => `attack.${one.toLowerCase()}`).join(' or ')}`;
  switch (status) {
    case 'active':
      return [];
    case 'unknown':
      return [unknown(id, 'look the technique up with portolan attack search')];
    case 'revoked':
      return [
        {
          code: 'ATTACK_REVOKED',
          message: `${named} is revoked in ATT&CK ${version}`,
          fix: instead,
          edit:
            successors.length === 1
              ? replaced(id.toLowerCase(), String(successors[0]).toLowerCase())
              : undefined,
        },
      ];
    case 'deprecated':
      return [
        {
          code: 'ATTACK_DEPRECATED',
          message: `${named} is deprecated in ATT&CK ${version}`,
          fix: instead,
        },
      ];
    case 'other-version':
      return [
        {
          code: 'ATTACK_OTHER_VERSION',
          message: `${named} is of ATT&CK ${versions.join(', ')} and not of ${version}, which the other tags are of`,
          fix: successors.length > 0 ? instead : 'portolan migrate moves whole sets',
        },
      ];
  }
}

/** Tactics against techniques. */
function checkTactics(tags: readonly unknown[], knowledge: TagKnowledge): readonly LintNote[] {
  const names = tags.flatMap((tag) =>
    typeof tag === 'string' && tag.startsWith('attack.') ? [tag.slice('attack.'.length)] : [],
  );
  const techniques = names.filter((name) => TECHNIQUE.test(name)).map((name) => name.toUpperCase());
  const tactics = names
    .map((name) => name.replaceAll('_', '-'))
    .filter((name) => knowledge.tactics.has(name));
  if (techniques.length === 0)
    return [
      {
        code: 'ATTACK_MISSING',
        message: 'no tag names a technique',
        fix: 'portolan attack search finds it by what it is about',
        path: ['tags'],
      },
    ];
  const facts = techniques.map((id) => ({ id, ...knowledge.technique(id) }));
  // Of techniques that this version does not have the tactics are not known.
  const isWhole = facts.every(({ status }) => status === 'active');
  const missing = facts.flatMap(({ id, name, status, tactics: own }): readonly LintNote[] =>
    status !== 'active' || own.some((tactic) => tactics.includes(tactic))
      ? []
      : [
          {
            code: 'ATTACK_TACTIC_MISSING',
            message: `no tactic of ${id} ${name ?? ''} is tagged`,
            fix: `add ${own.map((tactic) => `attack.${tactic}`).join(' or ')}`,
            edit: own.length === 1 ? { kind: 'add-item', item: `attack.${own[0]}` } : undefined,
            path: ['tags', tags.indexOf(`attack.${id.toLowerCase()}`)],
          },
        ],
  );
  if (!isWhole) return missing;
  const strays = tactics.filter(
    (tactic) => !facts.some(({ tactics: own }) => own.includes(tactic)),
  );
  return [
    ...missing,
    ...strays.map(
      (tactic): LintNote => ({
        code: 'ATTACK_TACTIC_MISMATCH',
        message: `no technique of the rule belongs to ${tactic}`,
        fix: 'add the technique, or leave the tactic out',
        path: ['tags', tags.indexOf(`attack.${tactic}`)],
      }),
    ),
  ];
}
