import { readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, join, relative, resolve, sep } from 'node:path';
import { AppError, type Issue } from '../model/index.js';

/** A file of the input. */
export interface WalkedFile {
  /** Path to read. */
  readonly path: string;
  /** Relative to the input folder, with `/`; its own name when the input is the file. */
  readonly name: string;
}

/** Files in order of their names, and what was passed over. */
export interface Walk {
  readonly isFolder: boolean;
  readonly files: readonly WalkedFile[];
  readonly issues: readonly Issue[];
}

export interface WalkOptions {
  /** Folder that is no input; need not exist. */
  readonly excluded: string | undefined;
}

/** More files than any rule set has; a mistaken `/` ends here. */
const MOST_FILES = 200_000;

/**
 * All regular files of a folder, at any depth, following links; a folder that was visited already, a pipe, a device, and the
 * folder that results go to are passed over, and so is `.git`.
 *
 * @param path a file or a folder.
 * @throws AppError SOURCE_UNREADABLE when the path itself cannot be read; USAGE when it holds more than 200,000 files.
 */
export function walkFiles(path: string, { excluded }: WalkOptions): Walk {
  let stats: ReturnType<typeof statSync>;
  try {
    stats = statSync(path);
  } catch (cause) {
    throw new AppError('SOURCE_UNREADABLE', `cannot read ${path}: ${reasonOf(cause)}`, { cause });
  }
  if (stats.isFile()) {
    return { isFolder: false, files: [{ path, name: basename(resolve(path)) }], issues: [] };
  }
  if (!stats.isDirectory()) {
    // A pipe may never end, and a device surely does not.
    const found = 'expected a file or folder, found a pipe, socket or device';
    throw new AppError('SOURCE_UNREADABLE', `cannot read ${path}: ${found}`);
  }
  const walker: Walker = {
    root: path,
    excluded: excluded === undefined ? undefined : realPath(excluded),
    inside: realPath(path),
    visited: new Set(),
    files: [],
    issues: [],
  };
  walkFolder(path, walker);
  if (walker.visited.size === 0) {
    const reason = walker.issues[0]?.message ?? 'it cannot be opened';
    throw new AppError('SOURCE_UNREADABLE', `cannot read ${path}: ${reason}`);
  }
  return { isFolder: true, files: walker.files, issues: walker.issues };
}

/** One line: what the operating system said, without the path. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  const words: Readonly<Record<string, string>> = {
    ENOENT: 'no such file or folder',
    EACCES: 'permission denied',
    EPERM: 'permission denied',
    EISDIR: 'it is a folder',
    EEXIST: 'a part of its path is no folder',
    ENOTDIR: 'a part of its path is no folder',
    ELOOP: 'its links run in a circle',
    ENOSPC: 'the disk is full',
    EROFS: 'the disk is read-only',
  };
  return words[code ?? ''] ?? code ?? String(message).split('\n', 1)[0] ?? 'unknown reason';
}

interface Walker {
  readonly root: string;
  readonly excluded: string | undefined;
  /** Real path of the input, which no link leaves: a rule set from elsewhere must not copy the reader's files. */
  readonly inside: string | undefined;
  readonly visited: Set<string>;
  readonly files: WalkedFile[];
  readonly issues: Issue[];
}

function walkFolder(folder: string, walker: Walker): void {
  const real = realPath(folder);
  if (real === undefined || real === walker.excluded) return;
  if (walker.visited.has(real)) {
    report(walker, folder, 'a link leads to a folder that is read already');
    return;
  }
  let names: readonly string[];
  try {
    names = readdirSync(folder).sort();
  } catch (error) {
    report(walker, folder, reasonOf(error));
    return;
  }
  walker.visited.add(real);
  for (const name of names) {
    if (name !== '.git') visit(join(folder, name), walker);
  }
}

function visit(path: string, walker: Walker): void {
  try {
    if (leaves(path, walker.inside)) {
      report(walker, path, 'a link leads out of the folder; it is not followed');
      return;
    }
    const stats = statSync(path);
    if (stats.isDirectory()) walkFolder(path, walker);
    else if (stats.isFile()) addFile(path, walker);
    else report(walker, path, 'expected a file, found a pipe, socket or device');
  } catch (error) {
    if (error instanceof AppError) throw error;
    report(walker, path, reasonOf(error));
  }
}

function leaves(path: string, inside: string | undefined): boolean {
  if (inside === undefined) return false;
  const real = realpathSync(path);
  return real !== inside && !real.startsWith(inside.endsWith(sep) ? inside : `${inside}${sep}`);
}

function addFile(path: string, { root, files }: Walker): void {
  if (files.length >= MOST_FILES) {
    throw new AppError('USAGE', `expected at most ${MOST_FILES} files in ${root}, found more`);
  }
  files.push({ path, name: relative(root, path).split(sep).join('/') });
}

function report({ issues }: Walker, source: string, message: string): void {
  issues.push({ kind: 'issue', code: 'FILE_UNREADABLE', message, at: { source } });
}

/** Whether a path is a folder; undefined when nothing can be there. */
export function isFolder(path: string): boolean | undefined {
  try {
    return statSync(path).isDirectory();
  } catch {
    return undefined;
  }
}

/** Where a path leads, links followed; undefined when nothing is there. */
export function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}
