import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { Issue } from '../model/index.js';
import { type OpenFile, openBytes } from './open-bytes.js';

const CHUNK_BYTES = 256 * 1024;

/**
 * Opens a file of any format, as long as it is now: what is added while it is read is left out, and an Issue says when
 * it got shorter.
 *
 * @throws the system's error when the file cannot be opened, or is no regular file.
 */
export async function openFile(path: string): Promise<OpenFile> {
  // Not blocking: opening a pipe would wait for whoever writes into it.
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const issues: Issue[] = [];
  const counter = { bytes: 0 };
  try {
    const found = await handle.stat();
    if (!found.isFile() && !found.isDirectory()) throw notRegular(path);
    const { size, mtime } = found;
    const chunks = readChunks(handle, { path, size, issues, counter });
    const bytesRead = () => counter.bytes;
    return await openBytes({ source: path, chunks, bytesRead, modified: mtime, issues });
  } catch (error) {
    await handle.close().catch(() => undefined);
    throw error;
  }
}

/** It was a file when it was listed. Devices never end. */
function notRegular(path: string): Error {
  const message = `${path} is no regular file`;
  return Object.assign(new Error(message), { code: 'ENOTSUP', syscall: 'open' });
}

interface ReadState {
  readonly path: string;
  /** At opening. */
  readonly size: number;
  readonly issues: Issue[];
  readonly counter: { bytes: number };
}

async function* readChunks(
  handle: FileHandle,
  { path, size, issues, counter }: ReadState,
): AsyncGenerator<Uint8Array> {
  try {
    for (;;) {
      // The kernel's own files say that they have no bytes.
      const wanted = size === 0 ? CHUNK_BYTES : Math.min(CHUNK_BYTES, size - counter.bytes);
      if (wanted <= 0) break;
      const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(wanted), 0, wanted, null);
      if (bytesRead === 0) break;
      counter.bytes += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
    if (counter.bytes < size) {
      const message = `got shorter while it was read: ${counter.bytes} of ${size} bytes`;
      issues.push(fileIssue(message, path));
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    // The head of a folder or device is asked for before anyone sees the file.
    if (counter.bytes === 0) throw error;
    issues.push(fileIssue(`cannot be read after ${counter.bytes} bytes (${code})`, path));
  } finally {
    await handle.close().catch(() => undefined);
  }
}

function fileIssue(message: string, source: string): Issue {
  return { kind: 'issue', code: 'FILE_UNREADABLE', message, at: { source } };
}
