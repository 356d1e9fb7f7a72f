import { createWriteStream } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Context } from 'hono';
import type { StagedFile } from '../../app/serve-import.js';
import { AppError } from '../../model/index.js';
import { Refusal } from '../refusal.js';
import { boundaryOf, type FormPart, readMultipart } from './read-multipart.js';

/** Bounds of one upload. */
export interface UploadLimits {
  readonly maxBytes: number;
  readonly maxFiles: number;
}

/** Name of the list of files in a staged folder. */
export const MANIFEST = 'manifest.json';

/**
 * Streams the files of a request to a new folder. Their names become numbers there: what a client calls a file is shown
 * and never used as a path.
 *
 * @returns the files; nothing is left behind when it fails.
 * @throws Refusal `BODY_TOO_LARGE`, `BODY_INVALID`; AppError `OUTPUT_UNWRITABLE` when the disk does not take it.
 */
export async function stageUpload(
  c: Context,
  folder: string,
  limits: UploadLimits,
): Promise<readonly StagedFile[]> {
  const declared = Number(c.req.header('Content-Length') ?? 0);
  if (declared > limits.maxBytes + 1024 * 1024) throw tooLarge(limits);
  await mkdir(folder, { recursive: true });
  try {
    const files = await writeParts(c, folder, limits);
    if (files.length === 0) throw new Refusal('BODY_INVALID', 'expected at least one file');
    await writeFile(join(folder, MANIFEST), JSON.stringify(files));
    return files;
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw asProblem(error);
  }
}

async function writeParts(
  c: Context,
  folder: string,
  { maxBytes, maxFiles }: UploadLimits,
): Promise<readonly StagedFile[]> {
  const files: StagedFile[] = [];
  let room = maxBytes;
  for await (const part of partsOf(c)) {
    if (part.fileName === undefined) continue;
    if (files.length >= maxFiles)
      throw new Refusal('BODY_TOO_LARGE', `expected at most ${maxFiles} files`);
    const name = displayName(part.fileName);
    const path = join(folder, `${String(files.length).padStart(5, '0')}${extensionOf(name)}`);
    const sizeBytes = await writePart(part, path, room, { maxBytes, maxFiles });
    room -= sizeBytes;
    files.push({ path, name, sizeBytes });
  }
  return files;
}

async function* partsOf(c: Context): AsyncGenerator<FormPart> {
  const body: AsyncIterable<Uint8Array> = c.req.raw.body ?? Readable.from([]);
  const boundary = boundaryOf(c.req.header('Content-Type') ?? '');
  if (boundary !== undefined) yield* readMultipart(body, boundary);
  else yield { name: 'files', fileName: c.req.query('name') ?? 'upload', chunks: toBuffers(body) };
}

async function* toBuffers(body: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  for await (const chunk of body)
    yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
}

async function writePart(
  { chunks }: FormPart,
  path: string,
  ...[room, limits]: readonly [number, UploadLimits]
): Promise<number> {
  let sizeBytes = 0;
  const bounded = async function* (): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      sizeBytes += chunk.byteLength;
      if (sizeBytes > room) throw tooLarge(limits);
      yield chunk;
    }
  };
  await pipeline(bounded(), createWriteStream(path, { flags: 'wx', mode: 0o600 }));
  return sizeBytes;
}

function tooLarge({ maxBytes }: UploadLimits): Refusal {
  return new Refusal('BODY_TOO_LARGE', `expected files of at most ${maxBytes} bytes together`);
}

function asProblem(error: unknown): unknown {
  if (error instanceof Refusal || !(error instanceof Error) || !('syscall' in error)) return error;
  return new AppError('OUTPUT_UNWRITABLE', 'the upload cannot be stored', { cause: error });
}

/** For people: folders stay, controls and everything that leads upwards go. */
export function displayName(fileName: string): string {
  const parts = fileName
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to find.
    .replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .split(/[/\\]/)
    .filter((part) => part !== '' && part !== '.' && part !== '..' && !/^[a-z]:$/i.test(part));
  const name = parts.join('/').slice(-500);
  return name === '' ? 'upload' : name;
}

/** Formats are told by content, and by the ending where that is the only sign. */
function extensionOf(name: string): string {
  return /(?:\.[a-z0-9]{1,8}){1,2}$/i.exec(name)?.[0].toLowerCase() ?? '';
}
