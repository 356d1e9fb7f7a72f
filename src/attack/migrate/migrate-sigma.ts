import { applyEdits, type TextEdit } from './apply-edits.js';
import type { MigrationContext, TagsMigration, VersionSighting } from './migration.js';
import type { MigrationStep, TextMigration, TextMove } from './migration-step.js';
import { rewriteSigmaTags, type TagChange } from './rewrite-sigma-tags.js';
import { type SigmaDocument, type SigmaTag, scanSigma } from './scan-sigma.js';
import { readTactic, type SpelledTactic, type TacticNames } from './tactic-spelling.js';

const TECHNIQUE_TAG = /^attack\.(t\d{4}(?:\.\d{3})?)$/i;
/** Meant as a technique, and none. */
const BROKEN_TAG = /^\s*attack\s*\.\s*t\d/i;
const TACTIC_TAG = /^attack\.([a-z]+(?:[-_ ][a-z]+)*|ta\d{4})$/i;

/** Ids and tactics that the tags of a Sigma file name; what `detectVersion` asks for. */
export function sightSigma(text: string): VersionSighting {
  const tags = scanSigma(text).flatMap((document) => document.tags);
  return {
    techniqueIds: tags.flatMap((tag) => techniqueOf(tag) ?? []),
    tactics: tags.flatMap((tag) => TACTIC_TAG.exec(tag.text)?.[1] ?? []).map(toShortname),
    platforms: [],
  };
}

/**
 * Moves the ATT&CK tags of a Sigma file, of one or more YAML documents, to another version. Nothing outside the tags changes.
 * A document without logsource (a correlation, or `action: global`) is judged by the logsource of the others.
 */
export function migrateSigma(text: string, move: TextMove): TextMigration {
  const documents = scanSigma(text);
  const edits: TextEdit[] = [];
  const steps: MigrationStep[] = [];
  for (const document of documents) {
    if (document.tags.length === 0) continue;
    const moved = migrateDocument(document, { move, documents });
    edits.push(...rewriteSigmaTags(text, document.tags, moved.changes));
    steps.push(...moved.steps);
  }
  return {
    kind: 'text-migration',
    text: edits.length === 0 ? text : applyEdits(text, edits),
    steps,
  };
}

function techniqueOf({ text }: SigmaTag): string | undefined {
  return TECHNIQUE_TAG.exec(text)?.[1]?.toUpperCase();
}

function toShortname(name: string): string {
  return name.toLowerCase().replace(/[_ ]/g, '-');
}

/** A tag that names a tactic. */
interface TacticTag extends SpelledTactic {
  readonly tag: SigmaTag;
}

function toTacticTag(tag: SigmaTag, names: TacticNames): TacticTag | undefined {
  const name = TACTIC_TAG.exec(tag.text)?.[1];
  if (name === undefined) return undefined;
  const spelled = readTactic(name, names);
  // A name of no version is moved too: it comes back as it is, and gets listed.
  return { tag, ...(spelled ?? { shortname: toShortname(name), spell: (other) => other }) };
}

interface Surroundings {
  readonly move: TextMove;
  readonly documents: readonly SigmaDocument[];
}

interface DocumentMigration {
  readonly changes: readonly TagChange[];
  readonly steps: readonly MigrationStep[];
}

function migrateDocument(
  document: SigmaDocument,
  { move: { migrator, from, to }, documents }: Surroundings,
): DocumentMigration {
  const isEmpty = ({ logsource }: SigmaDocument): boolean =>
    Object.values(logsource).every((part) => part === undefined);
  const source = isEmpty(document) ? documents.find((other) => !isEmpty(other)) : document;
  const context: MigrationContext = {
    from,
    to,
    logsource: source?.logsource,
    text: `${document.title}\n${document.description}`,
  };
  const names = { from: migrator.tactics(from), to: migrator.tactics(to) };
  const techniqueTags = document.tags.filter((tag) => techniqueOf(tag) !== undefined);
  const tacticTags = document.tags.flatMap((tag) => toTacticTag(tag, names) ?? []);
  const moved = migrator.migrateTags({
    ...context,
    techniqueIds: techniqueTags.map((tag) => techniqueOf(tag) ?? ''),
    tactics: tacticTags.map(({ shortname }) => shortname),
  });
  const planned = [...planTechniques(techniqueTags, moved), ...planTactics(tacticTags, moved)];
  const wanted = new Map(
    planned.flatMap(({ tag, names: to }) => (to === undefined ? [] : [[tag, to]])),
  );
  return {
    changes: withoutRepeats(document.tags, wanted),
    steps: [...planned.flatMap(({ steps }) => steps), ...listBroken(document.tags)],
  };
}

function listBroken(tags: readonly SigmaTag[]): readonly MigrationStep[] {
  return tags
    .filter((tag) => BROKEN_TAG.test(tag.text) && techniqueOf(tag) === undefined)
    .map((tag) =>
      stepOf(tag, {
        from: tag.text,
        to: tag.text,
        decision: 'needs-person',
        reason: 'expected a technique id such as attack.t1059.001, found something like it; kept',
      }),
    );
}

/** What becomes of one tag. */
interface PlannedTag {
  readonly tag: SigmaTag;
  /** undefined = it stays as it is. */
  readonly names: readonly string[] | undefined;
  readonly steps: readonly MigrationStep[];
}

function planTechniques(tags: readonly SigmaTag[], moved: TagsMigration): readonly PlannedTag[] {
  return tags.flatMap((tag, index) => {
    const migration = moved.techniques[index];
    if (migration === undefined) return [];
    const { techniqueId: from, changed, decision, reason, targets } = migration;
    const ids = targets.map(({ techniqueId }) => techniqueId);
    const step = stepOf(tag, { from, to: ids.join(', '), decision, reason });
    const names = changed ? ids.map((id) => spellTechnique(id, tag)) : undefined;
    return [{ tag, names, steps: changed || decision !== 'automatic' ? [step] : [] }];
  });
}

function planTactics(tags: readonly TacticTag[], moved: TagsMigration): readonly PlannedTag[] {
  return tags.flatMap(({ tag, spell }, index) => {
    const migration = moved.tactics[index];
    if (migration === undefined) return [];
    const { tactic: from, changed, decision, reason, targets } = migration;
    // Tactics that the techniques bring along go behind the last one that the rule names.
    const added = index === tags.length - 1 ? moved.added : [];
    const prefix = tag.text.slice(0, 'attack.'.length);
    const own = changed ? targets.map((name) => `${prefix}${spell(name)}`) : [tag.text];
    const names = [...own, ...added.map(({ tactic }) => `${prefix}${spell(tactic)}`)];
    const step = stepOf(tag, { from, to: targets.join(', '), decision, reason });
    return [
      {
        tag,
        names: names.length === 1 && names[0] === tag.text ? undefined : names,
        steps: [
          ...(changed || decision !== 'automatic' ? [step] : []),
          ...added.map(({ tactic, reason: why }) =>
            stepOf(tag, { from: '', to: tactic, decision: 'automatic', reason: why }),
          ),
        ],
      },
    ];
  });
}

type StepBody = Pick<MigrationStep, 'from' | 'to' | 'decision' | 'reason'>;

function stepOf(tag: SigmaTag, body: StepBody): MigrationStep {
  return { kind: 'migration-step', raw: tag.text, ...body, line: tag.line.number };
}

/** Drops a new tag that already stands in the list, or that an earlier tag becomes; tags that do not change stay, repeated or not. */
function withoutRepeats(
  tags: readonly SigmaTag[],
  wanted: ReadonlyMap<SigmaTag, readonly string[]>,
): readonly TagChange[] {
  const taken = new Set<string>();
  for (const tag of tags) {
    if (!wanted.has(tag)) taken.add(tag.text.toLowerCase());
  }
  return tags.flatMap((tag) => {
    const names = wanted.get(tag);
    if (names === undefined) return [];
    const replacements = names.filter((name) => {
      const key = name.toLowerCase();
      if (taken.has(key)) return false;
      taken.add(key);
      return true;
    });
    return [{ tag, replacements }];
  });
}

function spellTechnique(techniqueId: string, { text }: SigmaTag): string {
  const prefix = text.slice(0, 'attack.'.length);
  const isUpper = text[prefix.length] === 'T';
  return `${prefix}${isUpper ? techniqueId : techniqueId.toLowerCase()}`;
}
