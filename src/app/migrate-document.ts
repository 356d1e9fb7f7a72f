import {
  hasMappings,
  type MigrationStep,
  type Migrator,
  migrateCsv,
  migrateMappings,
  migrateSigma,
  sightCsv,
  sightSigma,
  type VersionSighting,
} from '../attack/lookup.js';
import { layerToJson, migrateLayer, readLayers } from '../layers/index.js';
import { type Issue, isIssue, isRecord, parseJson } from '../model/index.js';

/** What a file holds, as far as migration knows it; `other` stays as it is. */
export type MigrateFormat = 'sigma' | 'layer' | 'csv' | 'mapping' | 'other';

/** A file's text and name. */
export interface MigrateInput {
  readonly format: MigrateFormat;
  readonly text: string;
  /** For Issues. */
  readonly source: string;
}

/** Versions to move between. */
export interface DocumentMove {
  readonly migrator: Migrator;
  /** Absent = what the document says of itself; only layers and mappings do. */
  readonly from: string | undefined;
  readonly to: string;
}

/** A document in the wanted version. */
export interface MigratedDocument {
  /** The same string when nothing changed. */
  readonly text: string;
  readonly steps: readonly MigrationStep[];
  readonly issues: readonly Issue[];
  /** Versions that it came from; several in a file of several layers; empty where each record has its own. */
  readonly from: readonly string[];
}

const OF_EXTENSION: Readonly<Record<string, 'yaml' | 'csv' | 'json' | 'ndjson'>> = {
  yml: 'yaml',
  yaml: 'yaml',
  csv: 'csv',
  tsv: 'csv',
  json: 'json',
  ndjson: 'ndjson',
  jsonl: 'ndjson',
};

/** Whether a name ends like those of files that migration reads. */
export function hasKnownEnding(name: string): boolean {
  return OF_EXTENSION[endingOf(name)] !== undefined;
}

function endingOf(name: string): string {
  return /\.([A-Za-z]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
}

/** What a file was found to hold. */
export interface RecognisedFormat {
  readonly format: MigrateFormat;
  /** Set where the file promises JSON and is none. */
  readonly issue: Issue | undefined;
}

/**
 * Tells what a file holds, by its name's ending and then its content.
 *
 * @param isAskedFor the file was named itself, so that content alone may tell when the ending does not.
 */
export function recogniseFormat(
  { text, source }: Omit<MigrateInput, 'format'>,
  migrator: Migrator,
  isAskedFor: boolean,
): RecognisedFormat {
  const kind = OF_EXTENSION[endingOf(source)] ?? (isAskedFor ? kindOfContent(text) : undefined);
  switch (kind) {
    case 'yaml':
      return found('sigma', isSaying(sightSigma(text)));
    case 'csv':
      return found('csv', isSaying(sightCsv(text, migrator)));
    case 'ndjson':
      return found('mapping', hasMappings(text));
    case 'json':
      return isAskedFor || mayMatter(text) ? recogniseJson(text, source) : found('other', true);
    case undefined:
      return found('other', true);
  }
}

function found(format: MigrateFormat, isIt: boolean): RecognisedFormat {
  return { format: isIt ? format : 'other', issue: undefined };
}

function recogniseJson(text: string, source: string): RecognisedFormat {
  const parsed = parseJson(text, { source });
  if (isIssue(parsed)) {
    return isJsonLines(text)
      ? found('mapping', hasMappings(text))
      : { format: 'other', issue: parsed };
  }
  if (hasMappings(text)) return found('mapping', true);
  const values: readonly unknown[] = Array.isArray(parsed.value) ? parsed.value : [parsed.value];
  return found('layer', values.length > 0 && values.every(isLayerLike));
}

function isJsonLines(text: string): boolean {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  return lines.length > 1 && lines.every((line) => !isIssue(parseJson(line)));
}

function kindOfContent(text: string): 'yaml' | 'json' {
  return /^\uFEFF?\s*[[{]/.test(text) ? 'json' : 'yaml';
}

/** Cheap: whether parsing is worth it. */
function mayMatter(text: string): boolean {
  return text.includes('"techniques"') || text.includes('"techniqueId"');
}

function isSaying({ techniqueIds, tactics }: VersionSighting): boolean {
  return techniqueIds.length + tactics.length > 0;
}

function isLayerLike(value: unknown): boolean {
  if (!isRecord(value) || !Array.isArray(value['techniques'])) return false;
  return ['versions', 'version', 'domain'].some((field) => value[field] !== undefined);
}

/** What a document without a version label says of its version; undefined for one that has labels of its own. */
export function sightDocument(
  { format, text }: MigrateInput,
  migrator: Migrator,
): VersionSighting | undefined {
  if (format === 'sigma') return sightSigma(text);
  return format === 'csv' ? sightCsv(text, migrator) : undefined;
}

/** Moves one document. */
export function migrateDocument(input: MigrateInput, move: DocumentMove): MigratedDocument {
  const { format, text } = input;
  const { migrator, to } = move;
  if (format === 'layer') return migrateLayerFile(input, move);
  if (format === 'mapping') {
    const moved = migrateMappings(text, move);
    return { ...moved, issues: [], from: move.from === undefined ? [] : [move.from] };
  }
  if (format === 'other' || move.from === undefined) {
    return { text, steps: [], issues: [], from: [] };
  }
  const migrate = format === 'sigma' ? migrateSigma : migrateCsv;
  return { ...migrate(text, { migrator, from: move.from, to }), issues: [], from: [move.from] };
}

function migrateLayerFile({ text, source }: MigrateInput, move: DocumentMove): MigratedDocument {
  const { layers, issues } = readLayers(text, { source });
  const isList = /^\uFEFF?\s*\[/.test(text);
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  if (layers.length === 0 || issues.some(({ code }) => code !== 'LAYER_FIELD')) {
    return { text, steps: [], issues, from: [] };
  }
  const moved = layers.map((layer) =>
    migrateLayer(layer, move.migrator, { to: move.to, from: move.from, source }),
  );
  const steps = moved.flatMap((migration, index) => {
    const before = layers[index]?.versions.attack;
    return [...labelStep(before, migration), ...migration.steps];
  });
  const values = moved.map(({ layer }) => layerToJson(layer));
  const written = JSON.stringify(isList ? values : values[0], null, indentOf(text));
  return {
    text: steps.length === 0 ? text : `${mark}${written}${/\s*$/.exec(text.slice(-10))?.[0] ?? ''}`,
    steps,
    issues: [...issues, ...moved.flatMap((migration) => migration.issues)],
    from: [...new Set(moved.map(({ from }) => from))],
  };
}

type LayerMoved = ReturnType<typeof migrateLayer>;

function labelStep(
  before: string | undefined,
  { layer, from, detection }: LayerMoved,
): readonly MigrationStep[] {
  const after = layer.versions.attack;
  if (after === undefined || before === after) return [];
  const isSure = detection.certain || (!detection.labelDisagrees && before !== undefined);
  const label = before === undefined ? 'no label' : `label ${before}`;
  return [
    {
      kind: 'migration-step',
      raw: before ?? '',
      from: `ATT&CK ${from}`,
      to: `ATT&CK ${after}`,
      decision: isSure ? 'automatic' : 'suggested',
      reason: `version of the layer (${label}): ${detection.evidence[0] ?? 'its content'}`,
      line: undefined,
    },
  ];
}

/** Indentation of a JSON text; 0 when it is on one line. */
function indentOf(text: string): string | number {
  return /[\r\n]([ \t]{1,10})["{[]/.exec(text.slice(0, 100_000))?.[1] ?? 0;
}
