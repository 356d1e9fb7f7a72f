import { isTechniqueId, parseDomain } from '../../model/index.js';
import { applyEdits, type TextEdit } from './apply-edits.js';
import type { Migrator, TechniqueMigration, TechniqueQuestion } from './migration.js';
import type { MigrationStep, TextMigration } from './migration-step.js';
import { type JsonObjectFields, scanJsonFields } from './scan-json-fields.js';

/** Which versions. */
export interface MappingMove {
  readonly migrator: Migrator;
  /** Beats what the records say of themselves; absent = each record's `attackVersion`, if its id fits it. */
  readonly from: string | undefined;
  readonly to: string;
}

/** Whether a JSON or NDJSON text holds Mapping records: objects with `techniqueId` and `attackVersion`. */
export function hasMappings(text: string): boolean {
  return (
    text.includes('"attackVersion"') && scanJsonFields(text).some((object) => isMapping(object))
  );
}

/**
 * Moves Mapping records, as JSON or NDJSON, one or many, at any depth: `techniqueId`, `tactic` and `attackVersion` change, every
 * other byte stays. A record that needs a person stays wholly as it is, its version too.
 */
export function migrateMappings(text: string, move: MappingMove): TextMigration {
  const edits: TextEdit[] = [];
  const steps: MigrationStep[] = [];
  for (const object of scanJsonFields(text)) {
    if (!isMapping(object)) continue;
    const moved = moveRecord(text, object, move);
    edits.push(...moved.edits);
    steps.push(...moved.steps);
  }
  return {
    kind: 'text-migration',
    text: edits.length === 0 ? text : applyEdits(text, edits),
    steps,
  };
}

function isMapping({ fields }: JsonObjectFields): boolean {
  return isTechniqueId(fields.get('techniqueId')?.value) && fields.has('attackVersion');
}

interface RecordMove {
  readonly edits: readonly TextEdit[];
  readonly steps: readonly MigrationStep[];
}

function moveRecord(text: string, object: JsonObjectFields, move: MappingMove): RecordMove {
  const { fields, line } = object;
  const { question, labelNote } = toQuestion(text, object, move);
  const { techniqueId, tactic } = question;
  const moved = move.migrator.migrateTechnique(question);
  const { decision, reason } = withNote(question, moved);
  const target = moved.targets[0]?.techniqueId ?? techniqueId;
  const nameOf = (id: string, name: string | undefined): string =>
    name === undefined ? id : `${id} ${name}`;
  const step: MigrationStep = {
    kind: 'migration-step',
    raw: nameOf(techniqueId, tactic),
    from: nameOf(techniqueId, tactic),
    to: nameOf(target, tactic === undefined ? undefined : moved.targets[0]?.tactics[0]),
    decision,
    reason: labelNote === undefined ? reason : `${labelNote}; ${reason}`,
    line,
  };
  if (decision === 'needs-person') return { edits: [], steps: [step] };
  const wanted: readonly (readonly [string, string | undefined])[] = [
    ['techniqueId', target],
    ['attackVersion', move.migrator.nearestVersion(move.to, question.domain).version],
    ['tactic', tactic === undefined ? undefined : moved.targets[0]?.tactics[0]],
  ];
  return {
    edits: wanted.flatMap(([name, value]) => {
      const field = fields.get(name);
      if (field === undefined || value === undefined || field.value === value) return [];
      return [{ start: field.start, end: field.end, text: value }];
    }),
    steps: moved.changed || decision !== 'automatic' || labelNote !== undefined ? [step] : [],
  };
}

/** A record has room for one tactic: of several the first is written, and that is flagged. */
function withNote(
  { tactic }: TechniqueQuestion,
  { decision, reason, targets }: TechniqueMigration,
): Pick<TechniqueMigration, 'decision' | 'reason'> {
  const others = targets[0]?.tactics.slice(1) ?? [];
  if (tactic === undefined || others.length === 0 || decision === 'needs-person') {
    return { decision, reason };
  }
  const note = `also under ${others.join(', ')}, for which the record has no room`;
  return { decision: 'suggested', reason: `${reason}; ${note}` };
}

interface RecordQuestion {
  readonly question: TechniqueQuestion;
  /** Set when the record's ids are not of the version that it names. */
  readonly labelNote: string | undefined;
}

function toQuestion(
  text: string,
  { fields, start, end }: JsonObjectFields,
  { migrator, from, to }: MappingMove,
): RecordQuestion {
  const techniqueId = fields.get('techniqueId')?.value ?? '';
  const tactic = fields.get('tactic')?.value;
  const label = fields.get('attackVersion')?.value;
  const domain = parseDomain(fields.get('domain')?.value ?? '') ?? 'enterprise-attack';
  const detection = migrator.detectVersion({
    domain,
    techniqueIds: [techniqueId],
    tactics: tactic === undefined ? [] : [tactic],
    platforms: [],
    label,
  });
  const isWrong = from === undefined && detection.labelDisagrees;
  return {
    question: {
      techniqueId,
      tactic,
      domain,
      from: from ?? detection.version,
      to,
      text: text.slice(start, Math.min(end, start + 20_000)),
    },
    labelNote: isWrong
      ? `the record says ATT&CK ${label}, its content ${detection.version}`
      : undefined,
  };
}
