import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from '@hono/zod-openapi';
import { AppError, type Issue } from '../../model/index.js';
import type { JobRecord } from '../../store/index.js';
import { type ApiRoute, defineRoute } from '../api-route.js';
import { type Caller, isAtLeast, nameOf, userIdOf } from '../auth/caller.js';
import { importOfJob, importOfRecord } from '../jobs/import-record.js';
import { pageQuerySchema } from '../schemas/common.js';
import {
  type ApiImport,
  importIssuePageSchema,
  importPageSchema,
  importQuerySchema,
  importSchema,
  importUploadQuerySchema,
  importUrlSchema,
} from '../schemas/imports.js';
import type { ServerContext } from '../server-context.js';
import { displayName, MANIFEST, stageUpload } from '../uploads/stage-upload.js';
import { fetchGuarded } from './fetch-guarded.js';
import { importIdsOf } from './import-ids.js';
import { listImports } from './list-imports.js';
import { pageOfList } from './paging.js';
import { parseId } from './parse-ids.js';
import { userNames } from './user-names.js';

/** Default bounds of one upload. */
export const UPLOAD_BYTES = 2 * 1024 * 1024 * 1024;
export const UPLOAD_FILES = 5_000;
const MAX_FETCHED_BYTES = 100 * 1024 * 1024;
const idSchema = z.object({ id: z.string().max(40) });

/** What is brought in: uploads, URLs, the example; each becomes a job. */
export function importRoutes(context: ServerContext): readonly ApiRoute[] {
  return [...readRoutes(context), ...beginRoutes(context), cancelRoute(context)];
}

function readRoutes(context: ServerContext): readonly ApiRoute[] {
  return [
    defineRoute(
      {
        name: 'import.list',
        method: 'get',
        path: '/api/imports',
        access: 'viewer',
        summary: 'Lists imports, newest first, also those of the command line',
        query: importQuerySchema,
        answer: importPageSchema,
      },
      async ({ query }) => {
        const page = await listImports(context, { ...query, limit: Math.min(query.limit, 200) });
        const { state } = query;
        const items = page.items.filter((one) => state === undefined || one.state === state);
        return { ...page, items };
      },
    ),
    defineRoute(
      {
        name: 'import.show',
        method: 'get',
        path: '/api/imports/{id}',
        access: 'viewer',
        summary: 'An import: how far it is, what it added',
        params: idSchema,
        answer: importSchema,
      },
      ({ params }) => showImport(context, params.id),
    ),
    defineRoute(
      {
        name: 'import.issues',
        method: 'get',
        path: '/api/imports/{id}/issues',
        access: 'viewer',
        summary: 'What was wrong with the files of an import, the first of each hundred',
        params: idSchema,
        query: pageQuerySchema,
        answer: importIssuePageSchema,
      },
      async ({ params, query }) => pageOfList(await issuesOf(context, params.id), query),
    ),
  ];
}

async function showImport(context: ServerContext, id: string): Promise<ApiImport> {
  const { store } = context;
  if (id.startsWith('i')) {
    const record = await store.imports.find(parseId(id, 'i'));
    const names = await userNames(context, [record]);
    return importOfRecord(record, names.get(record.userId ?? -1) ?? 'local');
  }
  const job = await store.jobs.find(parseId(id, 'j'));
  return importOfJob(job, String(job.input['by'] ?? ''));
}

async function issuesOf(context: ServerContext, id: string): Promise<readonly Issue[]> {
  const { store } = context;
  const ofJob = id.startsWith('j')
    ? ((await store.jobs.find(parseId(id, 'j'))).outcome['issues'] as Issue[] | undefined)
    : undefined;
  const issues: Issue[] = [...(ofJob ?? [])];
  for (const importId of await importIdsOf(context, id))
    issues.push(...(await store.imports.find(importId)).issues);
  return issues;
}

function beginRoutes(context: ServerContext): readonly ApiRoute[] {
  const { queue, settings } = context;
  const { uploadBytes = UPLOAD_BYTES, uploadFiles = UPLOAD_FILES } = settings;
  const newFolder = () => join(context.uploadFolder, randomBytes(12).toString('hex'));
  const author = (caller: Caller) => ({ userId: userIdOf(caller), name: nameOf(caller) });
  return [
    defineRoute(
      {
        name: 'import.example',
        method: 'post',
        path: '/api/imports/example',
        access: 'analyst',
        rate: 'costly',
        summary: 'Brings in the example investigation',
        answer: importSchema,
        status: 202,
      },
      async ({ caller, audit }) => {
        if (settings.exampleFolder === undefined)
          throw new AppError('NOT_FOUND', 'no example comes with this server');
        const order = { kind: 'logs', name: 'Example investigation', folder: undefined };
        const added = await queue.add(order, author(caller));
        audit.target = `import ${added.id}`;
        return added;
      },
    ),
    defineRoute(
      {
        name: 'import.url',
        method: 'post',
        path: '/api/imports/url',
        access: 'analyst',
        rate: 'costly',
        summary: 'Fetches a file from the web and brings it in; private addresses are refused',
        body: importUrlSchema,
        answer: importSchema,
        status: 202,
      },
      async ({ body, caller, audit }) => {
        audit.target = body.url.slice(0, 300);
        const bytes = await fetchGuarded(context, body.url, MAX_FETCHED_BYTES);
        const folder = newFolder();
        const name = displayName(body.name ?? new URL(body.url).pathname);
        const ending = /\.[a-z0-9]{1,8}$/i.exec(new URL(body.url).pathname)?.[0] ?? '';
        const path = join(folder, `00000${ending.toLowerCase()}`);
        await mkdir(folder, { recursive: true });
        await writeFile(path, bytes, { mode: 0o600 });
        const files = [{ path, name, sizeBytes: bytes.byteLength }];
        await writeFile(join(folder, MANIFEST), JSON.stringify(files));
        return queue.add({ kind: body.kind, name, folder }, author(caller));
      },
    ),
    defineRoute(
      {
        name: 'import.add',
        method: 'post',
        path: '/api/imports',
        access: 'analyst',
        summary:
          'Brings files in: a form with files, or one file as the body; a job reads them. Archives are unpacked',
        query: importUploadQuerySchema,
        rawBody: 'multipart/form-data',
        answer: importSchema,
        status: 202,
      },
      async ({ query, c, caller, audit }) => {
        const folder = newFolder();
        const limits = { maxBytes: uploadBytes, maxFiles: uploadFiles };
        const files = await stageUpload(c, folder, limits);
        const added = await queue.add(
          { ...query, name: query.name ?? nameOfUpload(files), folder },
          author(caller),
        );
        audit.target = `import ${added.id}`;
        return added;
      },
    ),
  ];
}

function nameOfUpload(files: readonly { readonly name: string }[]): string {
  const [first] = files;
  if (first === undefined || files.length === 1) return first?.name ?? 'import';
  const top = first.name.split('/')[0] ?? '';
  const isFolder = files.every(({ name }) => name.startsWith(`${top}/`));
  return isFolder ? top : `${first.name} and ${files.length - 1} more`;
}

function cancelRoute({ store, queue }: ServerContext): ApiRoute {
  return defineRoute(
    {
      name: 'import.cancel',
      method: 'post',
      path: '/api/imports/{id}/cancel',
      access: 'analyst',
      isOwned: true,
      summary: 'Stops an import; what it has saved by then stays',
      params: idSchema,
      answer: importSchema,
    },
    async ({ params, caller, audit }) => {
      audit.target = `import ${params.id}`;
      const jobId = parseId(params.id, 'j');
      refuseOthers(await store.jobs.find(jobId), caller);
      const job = await queue.cancel(jobId);
      return importOfJob(job, String(job.input['by'] ?? ''));
    },
  );
}

/** Only an admin stops what another began. */
function refuseOthers({ userId, jobId }: JobRecord, caller: Caller): void {
  const isAdmin = caller.kind !== 'anonymous' && isAtLeast(caller.role, 'admin');
  if (isAdmin || userId === userIdOf(caller)) return;
  throw new AppError('NOT_FOUND', `no import of yours has the id j${jobId}`);
}
