import type { ImportRecord, JobRecord, Page } from '../../store/index.js';
import { importOfJob, importOfRecord } from '../jobs/import-record.js';
import { Refusal } from '../refusal.js';
import type { ApiImport } from '../schemas/imports.js';
import type { ServerContext } from '../server-context.js';
import { userNames } from './user-names.js';

/** Where both lists go on; null: that one is at its end. */
interface Cursors {
  readonly jobs: string | null | undefined;
  readonly imports: string | null | undefined;
}

type Item =
  | { readonly list: 'jobs'; readonly timeMs: number; readonly job: JobRecord }
  | { readonly list: 'imports'; readonly timeMs: number; readonly record: ImportRecord };

/** Jobs of this server and imports of the command line as one list, newest first. */
export async function listImports(
  context: ServerContext,
  { cursor, limit }: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<{ readonly items: readonly ApiImport[]; readonly next: string | null }> {
  const from = parseCursors(cursor);
  const jobs = await readJobs(context, from.jobs, limit);
  const imports = await readImports(context, from.imports, limit);
  const items: Item[] = [
    ...jobs.items.map((job) => ({ list: 'jobs' as const, timeMs: job.createdMs, job })),
    ...imports.items.map((record) => {
      return { list: 'imports' as const, timeMs: record.startedMs, record };
    }),
  ];
  const shown = items.sort((a, b) => b.timeMs - a.timeMs).slice(0, limit);
  const used = shown.filter(({ list }) => list === 'jobs').length;
  const next: Cursors = {
    jobs: await cursorAfter(used, { from: from.jobs, page: jobs, limit }, (at, count) =>
      readJobs(context, at, count),
    ),
    imports: await cursorAfter(
      shown.length - used,
      { from: from.imports, page: imports, limit },
      (at, count) => readImports(context, at, count),
    ),
  };
  const names = await userNames(context, [...jobs.items, ...imports.items]);
  const nameOf = (userId: number | undefined): string =>
    userId === undefined ? 'local' : (names.get(userId) ?? '');
  // What a job made is shown as the job.
  const apart = shown.filter(
    (item) => item.list === 'jobs' || item.record.options['job'] === undefined,
  );
  return {
    items: apart.map((item) =>
      item.list === 'jobs'
        ? importOfJob(item.job, nameOf(item.job.userId))
        : importOfRecord(item.record, nameOf(item.record.userId)),
    ),
    next:
      next.jobs === null && next.imports === null
        ? null
        : Buffer.from(JSON.stringify(next)).toString('base64url'),
  };
}

function parseCursors(cursor: string | undefined): Cursors {
  if (cursor === undefined) return { jobs: undefined, imports: undefined };
  try {
    const value = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as Record<
      string,
      unknown
    >;
    return { jobs: toCursor(value['jobs']), imports: toCursor(value['imports']) };
  } catch (cause) {
    if (cause instanceof Refusal) throw cause;
    throw new Refusal('QUERY_INVALID', 'expected the cursor of a page of this list');
  }
}

function toCursor(value: unknown): string | null | undefined {
  if (value === null || value === undefined || typeof value === 'string') return value;
  throw new Refusal('QUERY_INVALID', 'expected the cursor of a page of this list');
}

type Cursor = string | null | undefined;

async function readJobs({ store }: ServerContext, cursor: Cursor, limit: number) {
  if (cursor === null) return { items: [], next: undefined };
  return store.jobs.list({ cursor, limit });
}

async function readImports({ store }: ServerContext, cursor: Cursor, limit: number) {
  if (cursor === null) return { items: [], next: undefined };
  return store.imports.list({ cursor, limit });
}

/** A page was asked for whole, but only its first items are shown: the next begins after those. */
async function cursorAfter<T>(
  used: number,
  { from, page, limit }: { readonly from: Cursor; readonly page: Page<T>; readonly limit: number },
  read: (cursor: Cursor, limit: number) => Promise<Page<T>>,
): Promise<Cursor> {
  if (used === page.items.length && (page.next === undefined || used === limit))
    return page.next ?? null;
  if (used === 0) return from;
  return (await read(from, used)).next ?? null;
}
