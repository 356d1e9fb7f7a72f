import { type ImportProgress, type ImportResult, NOTHING_YET } from '../../app/serve-import.js';
import { isRecord } from '../../model/index.js';
import type { ImportRecord, JobRecord } from '../../store/index.js';
import { toInstant, toInstantOrNothing } from '../resources/parse-ids.js';
import { type ApiImport, importKindSchema } from '../schemas/imports.js';

/** Parts of an outcome that the queue writes; `outcome` of a job is JSON that another version may have written. */
export interface JobOutcome {
  readonly progress?: ImportProgress | undefined;
  readonly result?: ImportResult | undefined;
  readonly importIds?: readonly number[] | undefined;
  readonly issueCount?: number | undefined;
  readonly isInterrupted?: boolean | undefined;
  /** How often it was begun. */
  readonly attempts?: number | undefined;
  readonly error?: { readonly code: string; readonly message: string } | undefined;
}

/** A job as the API shows it. */
export function importOfJob(job: JobRecord, by: string): ApiImport {
  const outcome = job.outcome as JobOutcome;
  const kind = importKindSchema.safeParse(job.input['kind']);
  const error = isRecord(outcome.error) ? outcome.error : undefined;
  return {
    id: `j${job.jobId}`,
    name: String(job.input['name'] ?? 'import').slice(0, 200),
    kind: kind.success ? kind.data : 'auto',
    state: stateOf(job, outcome),
    by,
    createdAt: toInstant(job.createdMs),
    startedAt: toInstantOrNothing(job.startedMs),
    finishedAt: toInstantOrNothing(job.finishedMs),
    progress: outcome.progress ?? NOTHING_YET,
    result: outcome.result,
    issueCount: outcome.issueCount ?? 0,
    error,
  };
}

function stateOf({ status }: JobRecord, { isInterrupted }: JobOutcome): ApiImport['state'] {
  switch (status) {
    case 'queued':
      return isInterrupted === true ? 'interrupted' : 'queued';
    case 'finished':
      return 'done';
    case 'running':
    case 'failed':
    case 'cancelled':
      return status;
  }
}

/** An import that no job made: of the command line. */
export function importOfRecord(record: ImportRecord, by: string): ApiImport {
  const totalBytes = record.files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const files = record.files.length;
  const isOver = record.status !== 'running';
  return {
    id: `i${record.importId}`,
    name: record.name.slice(0, 200),
    kind: record.kind,
    state: record.status === 'finished' ? 'done' : record.status,
    by,
    createdAt: toInstant(record.startedMs),
    startedAt: toInstant(record.startedMs),
    finishedAt: toInstantOrNothing(record.finishedMs),
    progress: {
      files,
      filesDone: isOver ? files : 0,
      events: record.records,
      bytes: isOver ? totalBytes : 0,
      totalBytes,
    },
    result: isOver
      ? {
          events: record.records,
          mappings: 0,
          evidence: record.added,
          techniques: 0,
          layers: record.kind === 'layers' ? files : 0,
          rules: record.kind === 'rules' ? record.records : 0,
          reports: record.kind === 'reports' ? files : 0,
        }
      : undefined,
    issueCount: record.issueCount,
    error:
      record.failure === undefined
        ? undefined
        : { code: 'SOURCE_UNREADABLE', message: record.failure },
  };
}
