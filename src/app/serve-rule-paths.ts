import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listFiles } from '../collectors/index.js';
import type { Store } from '../store/index.js';
import { listPacks } from './rules-installed.js';

/** Where the rules of a workspace are, beside Portolan's own. */
export interface RulePaths {
  /** Name of the pack → folder; `workspace` for its own folder, `imported` for those of the store. */
  readonly folders: ReadonlyMap<string, string>;
  /** Removes what was written. */
  remove(): Promise<void>;
}

const RULE_FILE = /\.ya?ml$/i;

/**
 * Installed packs, the workspace's folder `rules`, and the rules of the store that are enabled, which are written to a
 * folder of their own.
 */
export async function openRulePaths(store: Store, workspaceFolder: string): Promise<RulePaths> {
  const folders = new Map<string, string>();
  for (const { name, folder, problem } of listPacks())
    if (problem === undefined) folders.set(name, folder);
  const own = join(workspaceFolder, 'rules');
  if (existsSync(own) && (await listFiles([own])).files.some((file) => RULE_FILE.test(file)))
    folders.set('workspace', own);
  const written = await writeStored(store);
  if (written !== undefined) folders.set('imported', written);
  return {
    folders,
    async remove() {
      if (written !== undefined) await rm(written, { recursive: true, force: true });
    },
  };
}

async function writeStored(store: Store): Promise<string | undefined> {
  const texts = new Set<string>();
  let cursor: string | undefined;
  do {
    const page = await store.rules.list({ cursor, limit: 500 });
    for (const { ruleId, isEnabled } of page.items)
      if (isEnabled) texts.add((await store.rules.find(ruleId)).text);
    cursor = page.next;
  } while (cursor !== undefined);
  if (texts.size === 0) return undefined;
  const folder = await mkdtemp(join(tmpdir(), 'portolan-rules-'));
  await mkdir(folder, { recursive: true });
  let count = 0;
  for (const text of texts) {
    await writeFile(join(folder, `${String(count).padStart(5, '0')}.yml`), text);
    count += 1;
  }
  return folder;
}
