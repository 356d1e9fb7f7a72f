import { readdir, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Store } from '../../store/index.js';

// An upload that comes in has no job yet.
const ORPHAN_MS = 24 * 3_600_000;

/** Removes staged files that no job waits for: what a server left that ended while they came in. */
export async function removeOrphans(
  folder: string,
  store: Store,
  nowMs: number,
): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  if (names.length === 0) return [];
  const { items } = await store.jobs.list({ statuses: ['queued', 'running'], limit: 500 });
  const wanted = new Set(items.map(({ input }) => basename(String(input['folder'] ?? ''))));
  const removed: string[] = [];
  for (const name of names) {
    const path = join(folder, name);
    const { mtimeMs } = await stat(path);
    if (wanted.has(name) || nowMs - mtimeMs < ORPHAN_MS) continue;
    await rm(path, { recursive: true, force: true });
    removed.push(name);
  }
  return removed;
}
