import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Workspace } from '../../app/open-workspace.js';
import type { ImportOutcome, StagedFile } from '../../app/serve-import.js';
import { type ImportJob, runImport } from '../../app/serve-import-run.js';
import { runImportInThread } from '../../app/serve-import-thread.js';
import { AppError } from '../../model/index.js';
import type { ServerSettings } from '../server-settings.js';
import { MANIFEST } from '../uploads/stage-upload.js';
import type { ImportOrder, ImportRun, ImportRunner } from './import-runner.js';

/** Runs imports in a thread; in tests, which have no program for one, in this process. */
export function createImportRunner(workspace: Workspace, settings: ServerSettings): ImportRunner {
  const { store, storePlace } = workspace;
  const { attackVersion } = workspace.config;
  // Node runs no TypeScript in threads.
  const isInline = settings.jobs === 'inline' || import.meta.url.endsWith('.ts');
  return async ({ order, jobId, userId, ...watch }: ImportRun): Promise<ImportOutcome> => {
    const { kind, name, since, until, minLevel } = order;
    const job: ImportJob = {
      name,
      files: await filesOf(order, settings),
      choices: { kind: kind as ImportJob['choices']['kind'], since, until, minLevel },
      attackVersion,
      workspaceFolder: workspace.folder,
      jobId,
      userId,
    };
    if (isInline) return runImport(store, job, watch);
    return runImportInThread({ storePlace, job }, watch);
  };
}

async function filesOf(
  { folder }: ImportOrder,
  { exampleFolder }: ServerSettings,
): Promise<readonly StagedFile[]> {
  if (folder === undefined) {
    if (exampleFolder === undefined) throw new AppError('NOT_FOUND', 'the example is not there');
    return [{ path: exampleFolder, name: 'investigation', sizeBytes: 0 }];
  }
  try {
    return JSON.parse(await readFile(join(folder, MANIFEST), 'utf8')) as StagedFile[];
  } catch (cause) {
    throw new AppError('SOURCE_UNREADABLE', 'the uploaded files are gone; upload them again', {
      cause,
    });
  }
}
