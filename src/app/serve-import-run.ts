import { stat } from 'node:fs/promises';
import { openKnowledgeBase } from '../attack/index.js';
import { listFiles } from '../collectors/index.js';
import { AppError, type Issue } from '../model/index.js';
import type { ImportRecord, Store } from '../store/index.js';
import { parseLevel } from './map-events.js';
import { readReports } from './read-reports.js';
import { importFilesOf } from './save-import-files.js';
import { saveLayers } from './save-layers.js';
import { saveMapRun } from './save-map-run.js';
import { saveReadings } from './save-readings.js';
import { saveRules } from './save-rules.js';
import {
  type ImportChoices,
  type ImportOutcome,
  type ImportProgress,
  type ImportResult,
  NOTHING_ADDED,
  NOTHING_YET,
  type StagedFile,
  type StagedKind,
} from './serve-import.js';
import { createRenamer, type Renamer, renameIssue, renamingStore } from './serve-rename.js';
import { openRulePaths } from './serve-rule-paths.js';
import { type SortedFiles, sortFiles } from './serve-sort-files.js';

/** One import: which files, read how, for whom. */
export interface ImportJob {
  readonly name: string;
  /** A folder counts as the files in it. */
  readonly files: readonly StagedFile[];
  readonly choices: ImportChoices;
  /** Of the workspace; default the newest. */
  readonly attackVersion: string | undefined;
  readonly workspaceFolder: string;
  readonly jobId: number;
  readonly userId: number | undefined;
}

/** Who watches an import. */
export interface ImportWatch {
  /** Stops after the batch at hand. */
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ImportProgress) => void;
}

/** What one kind of files came to. */
interface Part {
  readonly imports: readonly ImportRecord[];
  readonly added: Partial<ImportResult>;
  readonly issues?: readonly Issue[] | undefined;
}

interface Importing extends ImportWatch {
  readonly store: Store;
  readonly job: ImportJob;
  readonly attackVersion: string;
  readonly rename: Renamer;
  readonly report: (kind: StagedKind, progress: Partial<ImportProgress>) => void;
}

/**
 * Reads what was brought in, each file as what it is, and saves what it shows. Rules come first, so that they are asked
 * about the logs beside them.
 *
 * @throws AppError when nothing of it could be read, and as the store throws. Messages name files as their owner does.
 */
export async function runImport(
  store: Store,
  job: ImportJob,
  watch: ImportWatch,
): Promise<ImportOutcome> {
  const files = await spread(job.files);
  const rename = createRenamer(files);
  try {
    const sorted = await sortAsAsked(files, job);
    const importing: Importing = {
      ...watch,
      store: renamingStore(store, rename, job.jobId),
      job,
      attackVersion: openKnowledgeBase({ version: job.attackVersion }).version,
      rename,
      report: createReporter(sorted, watch),
    };
    return await importAll(importing, sorted);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw new AppError(error.code, rename(error.message), { cause: error });
  }
}

/** Folders as the files in them, named by where they lie. */
async function spread(given: readonly StagedFile[]): Promise<readonly StagedFile[]> {
  const files: StagedFile[] = [];
  for (const file of given) {
    if (!(await stat(file.path)).isDirectory()) {
      files.push(file);
      continue;
    }
    for (const path of (await listFiles([file.path])).files) {
      const name = file.name + path.slice(file.path.length).replaceAll('\\', '/');
      files.push({ path, name, sizeBytes: (await stat(path)).size });
    }
  }
  return files;
}

async function sortAsAsked(
  files: readonly StagedFile[],
  { choices: { kind } }: ImportJob,
): Promise<SortedFiles> {
  if (kind === 'auto') return sortFiles(files);
  return { ...(await sortFiles([])), [kind]: files };
}

function createReporter(sorted: SortedFiles, { onProgress }: ImportWatch): Importing['report'] {
  const all = Object.values(sorted).flat();
  const total = {
    files: all.length,
    totalBytes: all.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
  };
  const parts = new Map<StagedKind, Partial<ImportProgress>>();
  return (kind, progress) => {
    parts.set(kind, { ...parts.get(kind), ...progress });
    const sum = (field: 'filesDone' | 'events' | 'bytes'): number =>
      [...parts.values()].reduce((whole, part) => whole + (part[field] ?? 0), 0);
    onProgress({
      ...NOTHING_YET,
      ...total,
      filesDone: Math.min(total.files, sum('filesDone')),
      events: sum('events'),
      bytes: Math.min(total.totalBytes, sum('bytes')),
    });
  };
}

const STEPS: readonly (readonly [
  StagedKind,
  (importing: Importing, files: readonly StagedFile[]) => Promise<Part>,
])[] = [
  ['rules', importRules],
  ['layers', importLayers],
  ['reports', importReports],
  ['logs', importLogs],
];

async function importAll(importing: Importing, sorted: SortedFiles): Promise<ImportOutcome> {
  const { store, signal, rename, report } = importing;
  const before = await store.mappings.totals();
  let result: ImportResult = NOTHING_ADDED;
  const imports: ImportRecord[] = [];
  const issues: Issue[] = [];
  let failure: AppError | undefined;
  for (const [kind, importFiles] of STEPS) {
    const files = sorted[kind];
    if (files.length === 0 || signal.aborted) continue;
    try {
      const part = await importFiles(importing, files);
      result = addUp(result, part.added);
      imports.push(...part.imports);
      issues.push(...(part.issues ?? []));
    } catch (error) {
      // One kind that cannot be read does not spoil the others.
      if (!(error instanceof AppError) || error.code !== 'SOURCE_UNREADABLE') throw error;
      failure ??= error;
      const message = error.message;
      issues.push({ kind: 'issue', code: 'FILE_UNREADABLE', message });
    }
    if (!signal.aborted) report(kind, doneWith(files));
  }
  if (imports.length === 0 && failure !== undefined) throw failure;
  const after = await store.mappings.totals();
  return {
    result: {
      ...result,
      evidence: Math.max(0, after.evidence - before.evidence),
      mappings: Math.max(0, after.mappings - before.mappings),
    },
    importIds: imports.map(({ importId }) => importId),
    issueCount: issues.length + imports.reduce((sum, { issueCount }) => sum + issueCount, 0),
    issues: issues.slice(0, 100).map((issue) => renameIssue(issue, rename)),
    isInterrupted: signal.aborted,
  };
}

function doneWith(files: readonly StagedFile[]): Partial<ImportProgress> {
  const bytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return { filesDone: files.length, bytes };
}

function addUp(result: ImportResult, added: Partial<ImportResult>): ImportResult {
  const sum = { ...result };
  for (const [name, count] of Object.entries(added) as [keyof ImportResult, number][])
    sum[name as 'events'] = result[name] + count;
  return sum;
}

const pathsOf = (files: readonly StagedFile[]): readonly string[] => files.map(({ path }) => path);

async function importRules(
  { store, job, attackVersion, signal }: Importing,
  files: readonly StagedFile[],
): Promise<Part> {
  const { import: record, added } = await saveRules({
    store,
    paths: pathsOf(files),
    name: job.name,
    files: await importFilesOf(pathsOf(files)),
    attackVersion,
    userId: job.userId,
    signal,
  });
  return { imports: [record], added: { rules: added } };
}

async function importLayers(
  { store, job, signal }: Importing,
  files: readonly StagedFile[],
): Promise<Part> {
  const { import: record, layers } = await saveLayers({
    store,
    paths: pathsOf(files),
    name: job.name,
    userId: job.userId,
    signal,
  });
  return { imports: [record], added: { layers: layers.length } };
}

async function importReports(
  { store, job, attackVersion, signal, report }: Importing,
  files: readonly StagedFile[],
): Promise<Part> {
  const { readings, issues } = await readReports({
    paths: pathsOf(files),
    attackVersion,
    signal,
    onProgress: ({ done }) => report('reports', { filesDone: done }),
  });
  if (readings.length === 0) return { imports: [], added: {}, issues };
  const record = await saveReadings({
    store,
    readings,
    name: job.name,
    userId: job.userId,
    signal,
  });
  const techniques = new Set(
    readings.flatMap((reading) => reading.techniques.map(({ techniqueId }) => techniqueId)),
  );
  return {
    imports: [record],
    added: { reports: readings.length, techniques: techniques.size },
    issues,
  };
}

async function importLogs(
  { store, job, attackVersion, signal, report }: Importing,
  files: readonly StagedFile[],
): Promise<Part> {
  const { since, until, minLevel } = job.choices;
  const rules = await openRulePaths(store, job.workspaceFolder);
  try {
    const { outcome, import: record } = await saveMapRun(
      {
        paths: pathsOf(files),
        rules: [...rules.folders.values()],
        attackVersion,
        since,
        until,
        minLevel: minLevel === undefined ? undefined : parseLevel(minLevel),
        signal,
        onProgress: ({ filesDone, events, bytes }) => report('logs', { filesDone, events, bytes }),
      },
      { store, name: job.name, userId: job.userId },
    );
    const { events } = outcome.result.input;
    report('logs', signal.aborted ? { events } : { ...doneWith(files), events });
    const { result } = outcome;
    const techniques = new Set(outcome.allMappings().map(({ techniqueId }) => techniqueId));
    return {
      imports: [record],
      added: {
        events: result.input.events,
        techniques: techniques.size,
      },
    };
  } finally {
    await rules.remove();
  }
}
