import type {
  ChangedList,
  ChangedRelations,
  DiffObject,
  DiffSection,
  VersionDiff,
} from '../attack/lookup.js';

/** A list of a comparison, ready for any form of text; nothing in it is escaped yet. */
export interface DiffBlock {
  readonly title: string;
  readonly lines: readonly string[];
}

export interface DiffBlocksOptions {
  /** Every item of long lists, and the lists that are only counted else. */
  readonly all: boolean;
}

/** What each section is called, in one word for the table and in words for its list. */
export const SECTION_WORDS: Readonly<
  Record<DiffSection, { readonly column: string; readonly title: string }>
> = {
  added: { column: 'added', title: 'added' },
  revoked: { column: 'revoked', title: 'revoked' },
  deprecated: { column: 'deprecated', title: 'deprecated' },
  deleted: { column: 'deleted', title: 'deleted' },
  restored: { column: 'restored', title: 'restored' },
  renamed: { column: 'renamed', title: 'renamed' },
  renumbered: { column: 'new id', title: 'under another id' },
  movedTactic: { column: 'tactic', title: 'changed tactic' },
  changedPlatforms: { column: 'platforms', title: 'changed platforms' },
  changedAliases: { column: 'aliases', title: 'changed aliases' },
  changedRelations: { column: 'relations', title: 'changed relations' },
  versionChanged: { column: 'version', title: 'with a new version of their own' },
  patched: { column: 'patched', title: 'edited without a new version of their own' },
};

const SHORT_LIST = 30;
// Hundreds of them come at once, and their names say little.
const DETECTION_LIST = 3;

/** How a relationship reads from the end that it leads to. */
const PASSIVE: Readonly<Record<string, string>> = {
  uses: 'used by',
  mitigates: 'mitigated by',
  detects: 'detected by',
  targets: 'targeted by',
  'attributed-to': 'to it is attributed',
};

/** `T1059.001 Command and Scripting Interpreter: PowerShell`. */
function diffObjectName({ attackId, name, parentName }: DiffObject): string {
  const full = parentName === undefined ? name : `${parentName}: ${name}`;
  return attackId === undefined ? full : `${attackId} ${full}`;
}

const shortName = ({ attackId, name }: DiffObject): string =>
  attackId === undefined ? name : `${attackId} ${name}`;

/** The lists of a comparison in the order in which they are read; empty ones are left out. */
export function diffBlocks(diff: VersionDiff, options: DiffBlocksOptions): readonly DiffBlock[] {
  const block = (section: DiffSection, lines: readonly string[]): DiffBlock => ({
    title: `${diff[section].length} ${SECTION_WORDS[section].title}`,
    lines,
  });
  const arrow = (from: string | undefined, to: string | undefined): string =>
    `${from ?? '–'} → ${to ?? '–'}`;
  return [
    block('added', byKind(diff.added, diffObjectName, options)),
    block(
      'revoked',
      diff.revoked.map(({ object, successors }) => {
        const now = successors.map(shortName).join(', ');
        return `${diffObjectName(object)} → ${now === '' ? 'no successor named' : now}`;
      }),
    ),
    block('deprecated', byKind(diff.deprecated, diffObjectName, options)),
    block(
      'deleted',
      byKind(
        diff.deleted.map(({ object }) => object),
        diffObjectName,
        options,
      ),
    ),
    block('restored', byKind(diff.restored, diffObjectName, options)),
    block(
      'renamed',
      diff.renamed.map(({ object, from, to }) =>
        `${object.attackId ?? ''} ${arrow(from, to)}`.trim(),
      ),
    ),
    block('renumbered', idLines(diff, options)),
    block('movedTactic', byChange(diff.movedTactic, options)),
    block('changedPlatforms', byChange(diff.changedPlatforms, options)),
    block(
      'changedAliases',
      diff.changedAliases.map((change) => `${shortName(change.object)}: ${changeOf(change)}`),
    ),
    ...relationBlocks(diff, options),
    ...(options.all ? versionBlocks(diff, options) : [versionCounts(diff)]),
  ].filter(({ lines }) => lines.length > 0);
}

function cut(
  lines: readonly string[],
  { all }: DiffBlocksOptions,
  most = SHORT_LIST,
): readonly string[] {
  if (all || lines.length <= most) return lines;
  return [...lines.slice(0, most), `… ${lines.length - most} more (--all)`];
}

/** Objects one a line; a kind with many is cut short by itself, so that none hides the others. */
function byKind(
  objects: readonly DiffObject[],
  name: (object: DiffObject) => string,
  options: DiffBlocksOptions,
): readonly string[] {
  const groups = groupBy(objects, ({ kind }) => kind);
  return [...groups].flatMap(([kind, list]) => {
    const isDetection = kind === 'detection-strategy' || kind === 'analytic';
    const lines = cut(list.map(name), options, isDetection ? DETECTION_LIST : SHORT_LIST);
    return groups.size === 1
      ? lines
      : [`${kind} (${list.length})`, ...lines.map((line) => `  ${line}`)];
  });
}

function groupBy<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const list = groups.get(key);
    if (list === undefined) groups.set(key, [item]);
    else list.push(item);
  }
  return groups;
}

/** `− defense-evasion + stealth`. */
function changeOf({ lost, gained }: ChangedList): string {
  return [...lost.map((item) => `− ${item}`), ...gained.map((item) => `+ ${item}`)].join(' ');
}

/** Many objects change in the same way: one line for each way, the commonest first. */
function byChange(changes: readonly ChangedList[], options: DiffBlocksOptions): readonly string[] {
  const groups = [...groupBy(changes, changeOf)].sort(([, a], [, b]) => b.length - a.length);
  return groups.map(([change, list]) => {
    const names = list.map(({ object }) =>
      options.all ? shortName(object) : (object.attackId ?? object.name),
    );
    return `${change} (${list.length}): ${names.join(', ')}`;
  });
}

function idLines({ renumbered }: VersionDiff, options: DiffBlocksOptions): readonly string[] {
  const lines = renumbered.map(
    ({ object, from, to }) =>
      `${object.kind} ${object.name}: ${from ?? 'no id'} → ${to ?? 'no id'}`,
  );
  return cut(lines, options);
}

function relationBlocks(diff: VersionDiff, options: DiffBlocksOptions): readonly DiffBlock[] {
  const counts = diff.relationCounts.map(({ type, added, removed, redirected }) => {
    const parts = [
      added === 0 ? '' : `${added} added`,
      removed === 0 ? '' : `${removed} removed`,
      redirected === 0 ? '' : `${redirected} now with the successor of a revoked object`,
    ];
    return `${type}: ${parts.filter((part) => part !== '').join(', ')}`;
  });
  const title = `${diff.changedRelations.length} objects with changed relations`;
  const lists = options.all ? diff.changedRelations.flatMap(relationLines) : [];
  return [{ title, lines: [...counts, ...lists] }];
}

function relationLines({
  object,
  added,
  removed,
  redirected,
}: ChangedRelations): readonly string[] {
  const role = (type: string, end: 'source' | 'target'): string =>
    end === 'source' ? type : (PASSIVE[type] ?? type);
  return [
    diffObjectName(object),
    ...added.map(({ type, role: end, other }) => `  + ${role(type, end)} ${shortName(other)}`),
    ...removed.map(({ type, role: end, other }) => `  − ${role(type, end)} ${shortName(other)}`),
    ...redirected.map(
      ({ type, role: end, from, to }) =>
        `  → ${role(type, end)} ${shortName(to)}, was ${shortName(from)}`,
    ),
  ];
}

const STEPS = ['major', 'minor', 'other'] as const;

function versionCounts({ versionChanged }: VersionDiff): DiffBlock {
  const counts = STEPS.map((step) => {
    const count = versionChanged.filter((change) => change.step === step).length;
    return count === 0 ? '' : `${count} ${step}`;
  }).filter((count) => count !== '');
  const title = `${versionChanged.length} ${SECTION_WORDS.versionChanged.title}`;
  return { title, lines: counts.length === 0 ? [] : [counts.join(', ')] };
}

function versionBlocks(diff: VersionDiff, options: DiffBlocksOptions): readonly DiffBlock[] {
  const steps = STEPS.map((step) => {
    const list = diff.versionChanged.filter((change) => change.step === step);
    const lines = list.map(
      ({ object, from, to }) => `${shortName(object)}: ${from ?? '–'} → ${to ?? '–'}`,
    );
    return { title: `${list.length} with a ${step} version change of their own`, lines };
  });
  const patched = byKind(
    diff.patched.map(({ object }) => object),
    shortName,
    options,
  );
  return [
    ...steps,
    { title: `${diff.patched.length} ${SECTION_WORDS.patched.title}`, lines: patched },
  ];
}
