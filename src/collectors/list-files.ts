import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import type { Issue } from '../model/index.js';

const MAX_DEPTH = 64;

/** Files under some paths. */
export interface FileList {
  /** The path given, or that and the path below it, with `/`; each once, in the order of the paths, then of names. */
  readonly files: readonly string[];
  readonly issues: readonly Issue[];
}

/**
 * Lists files: a file stands for itself, a folder for all files in it, deep. Names that start with a dot are passed
 * over in folders. Links are followed to files and not to folders, so that there are no circles.
 */
export async function listFiles(paths: readonly string[]): Promise<FileList> {
  const files = new Set<string>();
  const issues: Issue[] = [];
  for (const path of paths) {
    try {
      const found = await stat(path);
      if (found.isDirectory()) await walk(path, { files, issues, depth: 0 });
      else if (found.isFile()) files.add(path);
      else issues.push(unreadable(path, 'is neither a file nor a folder'));
    } catch (error) {
      issues.push(unreadable(path, reasonOf(error)));
    }
  }
  return { files: [...files], issues };
}

interface WalkState {
  readonly files: Set<string>;
  readonly issues: Issue[];
  readonly depth: number;
}

async function walk(folder: string, state: WalkState): Promise<void> {
  if (state.depth > MAX_DEPTH) {
    state.issues.push(unreadable(folder, `is more than ${MAX_DEPTH} folders deep`));
    return;
  }
  const entries = await readdir(folder, { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    if (entry.name.startsWith('.')) continue;
    const path = folder.endsWith('/') ? folder + entry.name : `${folder}/${entry.name}`;
    try {
      if (entry.isDirectory()) await walk(path, { ...state, depth: state.depth + 1 });
      else await addEntry(path, entry, state);
    } catch (error) {
      state.issues.push(unreadable(path, reasonOf(error)));
    }
  }
}

async function addEntry(path: string, entry: Dirent, { files, issues }: WalkState): Promise<void> {
  if (entry.isFile()) files.add(path);
  else if (!entry.isSymbolicLink()) issues.push(unreadable(path, 'is neither a file nor a folder'));
  else if ((await stat(path)).isFile()) files.add(path);
  else issues.push(unreadable(path, 'is a link to no file; it is not followed'));
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: 'does not exist',
    EACCES: 'may not be read (permission denied)',
    ELOOP: 'is a link in a circle',
  };
  return reasons[code] ?? `cannot be read (${code})`;
}

function unreadable(source: string, message: string): Issue {
  return { kind: 'issue', code: 'FILE_UNREADABLE', message, at: { source } };
}
