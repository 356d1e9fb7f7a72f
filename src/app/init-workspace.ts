import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { listShipped } from '../attack/index.js';
import { AppError } from '../model/index.js';
import { openStore } from '../store/index.js';
import { DATABASE_FILE, WORKSPACE_FILE } from './workspace-place.js';
import { toWorkspaceYaml } from './workspace-template.js';

export interface InitOptions {
  /** Made when it is not there. */
  readonly folder: string;
  /** `postgres://…`, written to portolan.yaml; default the database in the folder. */
  readonly store?: string | undefined;
}

export interface InitResult {
  /** Absolute. */
  readonly folder: string;
  /** What was made, relative to the folder. */
  readonly made: readonly string[];
}

/**
 * Makes a folder a workspace: a commented portolan.yaml, folders for rules and layers, and the database.
 *
 * @throws AppError `CONFLICT` when it is one already or holds a database; `OUTPUT_UNWRITABLE`; `STORE_UNAVAILABLE`.
 */
export async function initWorkspace({ folder, store }: InitOptions): Promise<InitResult> {
  const root = resolve(folder);
  for (const name of [WORKSPACE_FILE, DATABASE_FILE])
    if (existsSync(join(root, name)))
      throw new AppError('CONFLICT', `${join(folder, name)} is there already; nothing was changed`);
  if (store !== undefined && URL.canParse(store) && new URL(store).password !== '')
    throw new AppError(
      'USAGE',
      'expected a store without a password: give it in PGPASSWORD or a password file',
    );
  makeFolder(root);
  // First what can fail for reasons outside the folder: a workspace that is half there would be in the way.
  await (await openStore(store ?? join(root, DATABASE_FILE))).close();
  const files: [string, string][] = [
    [
      WORKSPACE_FILE,
      toWorkspaceYaml({ name: basename(root), attackVersion: newestVersion(), store }),
    ],
    ['.gitignore', `${DATABASE_FILE}*\n.portolan/\n`],
  ];
  const made = store === undefined ? [DATABASE_FILE] : [];
  for (const [name, text] of files) {
    if (existsSync(join(root, name))) continue;
    write(join(root, name), text);
    made.push(name);
  }
  for (const name of ['rules', 'layers']) {
    if (existsSync(join(root, name))) continue;
    makeFolder(join(root, name));
    made.push(`${name}/`);
  }
  return { folder: root, made: made.sort() };
}

function newestVersion(): string {
  const versions = listShipped()
    .filter(({ domain }) => domain === 'enterprise-attack')
    .map(({ version }) => version);
  return versions.at(-1) ?? '';
}

function makeFolder(path: string): void {
  attempt(path, () => {
    mkdirSync(path, { recursive: true });
    readdirSync(path);
  });
}

function write(path: string, text: string): void {
  // Never over a file that came in the meantime.
  attempt(path, () => writeFileSync(path, text, { flag: 'wx' }));
}

function attempt(path: string, work: () => void): void {
  try {
    work();
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? 'unknown reason';
    throw new AppError('OUTPUT_UNWRITABLE', `cannot write ${path}: ${reason}`, { cause });
  }
}
