import { closeSync, mkdirSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { AppError } from '../model/index.js';
import type { RuleMatch } from './map-result.js';

/** Writes matches to a file, a JSON line each, while they come. */
export interface MatchesWriter {
  add(match: RuleMatch): void;
  /** Ends the file and puts it in its place; what was there before is replaced only now. */
  end(): void;
  /** Leaves what was there before. */
  abandon(): void;
}

const BUFFER_CHARACTERS = 64 * 1024;

/**
 * Opens a file of matches.
 *
 * @throws AppError `OUTPUT_UNWRITABLE`, also from `add` and `end`.
 */
export function openMatchesWriter(path: string): MatchesWriter {
  const target = openTarget(path);
  let buffer = '';
  const flush = (): void => {
    const bytes = Buffer.from(buffer, 'utf8');
    buffer = '';
    for (let written = 0; written < bytes.length; )
      written += guard(path, () => writeSync(target.file, bytes, written));
  };
  return {
    add(match) {
      buffer += `${JSON.stringify(match)}\n`;
      if (buffer.length >= BUFFER_CHARACTERS) flush();
    },
    end() {
      flush();
      guard(path, () => {
        closeSync(target.file);
        if (target.temporary !== undefined) renameSync(target.temporary, path);
      });
    },
    abandon() {
      closeSync(target.file);
      if (target.temporary !== undefined) rmSync(target.temporary, { force: true });
    },
  };
}

/** A file is written beside its place and moved there; a pipe or device is written to as it is. */
function openTarget(path: string): {
  readonly file: number;
  readonly temporary: string | undefined;
} {
  return guard(path, () => {
    if (isDevice(path)) return { file: openSync(path, 'w'), temporary: undefined };
    mkdirSync(dirname(path), { recursive: true });
    const temporary = `${path}.${process.pid}.part`;
    return { file: openSync(temporary, 'w'), temporary };
  });
}

function isDevice(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === false;
}

function guard<T>(path: string, write: () => T): T {
  try {
    return write();
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? 'unknown reason';
    throw new AppError('OUTPUT_UNWRITABLE', `cannot write ${path}: ${reason}`, { cause });
  }
}
