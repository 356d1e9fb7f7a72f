import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { AppError } from '../model/index.js';

/** Largest text that is read whole; V8's strings end a little above. ATT&CK's largest bundle has 50 MB. */
const MAX_TEXT_BYTES = 480 * 1024 * 1024;

function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EACCES') return 'permission denied';
  if (code === 'EISDIR') return 'it is a folder';
  if (code === 'ERR_BUFFER_TOO_LARGE')
    return `it unpacks to more than ${MAX_TEXT_BYTES / 1024 ** 2} MB`;
  if (code === 'ERR_FS_FILE_TOO_LARGE') return 'it is larger than 2 GB';
  return code?.startsWith('Z_')
    ? 'its gzip data is cut off or damaged'
    : (code ?? 'unknown reason');
}

/**
 * Unpacks gzip, told by its magic bytes, and decodes UTF-8; anything else is decoded as it is.
 *
 * @throws AppError `SOURCE_UNREADABLE` when the data is damaged or too large.
 */
export function decodeText(bytes: Uint8Array, source: string): string {
  try {
    const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
    const plain = isGzip ? gunzipSync(bytes, { maxOutputLength: MAX_TEXT_BYTES }) : bytes;
    if (plain.byteLength > MAX_TEXT_BYTES)
      throw Object.assign(new Error(), { code: 'ERR_BUFFER_TOO_LARGE' });
    return Buffer.from(plain.buffer, plain.byteOffset, plain.byteLength).toString('utf8');
  } catch (cause) {
    throw new AppError('SOURCE_UNREADABLE', `cannot read ${source}: ${reasonOf(cause)}`, { cause });
  }
}

/**
 * Reads a whole text file, plain or gzip.
 *
 * @throws AppError `SOURCE_UNREADABLE`.
 */
export function readTextFile(path: string): string {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (cause) {
    throw new AppError('SOURCE_UNREADABLE', `cannot read ${path}: ${reasonOf(cause)}`, { cause });
  }
  return decodeText(bytes, path);
}
