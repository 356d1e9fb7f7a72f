import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Issue } from '../../model/index.js';
import type { OpenFile } from '../open-bytes.js';
import type { OpenArchive, OpenLog } from './open-log.js';
import { readTar } from './read-tar.js';
import { readZip } from './read-zip.js';

/** What some bytes may be an archive of; only the first two are opened. */
export type ArchiveFormat = 'zip' | 'tar' | '7-Zip' | 'RAR' | 'XZ' | 'bzip2' | 'cabinet';

// The first bytes of archives, as hexadecimal. Source: the formats' own specifications.
const MAGIC: readonly (readonly [hex: string, format: ArchiveFormat])[] = [
  ['504b0304', 'zip'],
  ['504b0506', 'zip'],
  ['504b0708', 'zip'],
  ['377abcaf271c', '7-Zip'],
  ['526172211a07', 'RAR'],
  ['fd377a585a00', 'XZ'],
  ['425a6831', 'bzip2'],
  ['425a6839', 'bzip2'],
  ['4d534346', 'cabinet'],
];

/** The archive format that some bytes start with; undefined for anything else. */
export function archiveFormatOf(head: Uint8Array): ArchiveFormat | undefined {
  const start = Buffer.from(head.subarray(0, 8)).toString('hex');
  const found = MAGIC.find(([hex]) => start.startsWith(hex));
  if (found !== undefined) return found[1];
  return Buffer.from(head.subarray(257, 262)).toString('latin1') === 'ustar' ? 'tar' : undefined;
}

/** Opens the members of an archive; an archive in an archive once. */
export async function* openMembers(archive: OpenArchive): AsyncGenerator<OpenLog | Issue> {
  const { source, file, depth } = archive;
  const format = archiveFormatOf(file.head);
  if (depth > 1) {
    await giveUp(file);
    yield unsupported(source, 'is an archive in an archive in an archive; it is not opened');
  } else if (format === 'tar') yield* openEach(readTar(archive), archive);
  else if (format === 'zip') yield* openZip(archive);
  else {
    await giveUp(file);
    yield unsupported(source, `is a ${format} archive, which is not read; unpack it first`);
  }
  yield* file.issues;
}

async function* openEach(
  members: AsyncGenerator<OpenLog | Issue>,
  archive: OpenArchive,
): AsyncGenerator<OpenLog | Issue> {
  for await (const member of members) {
    if (member.kind === 'issue' || archiveFormatOf(member.file.head) === undefined) yield member;
    else {
      const { source, file } = member;
      yield* openMembers({ ...archive, path: undefined, source, file, depth: archive.depth + 1 });
    }
  }
}

/** A zip file has its table at the end, so it must lie on disk. */
async function* openZip(archive: OpenArchive): AsyncGenerator<OpenLog | Issue> {
  const { path, file, source, limits } = archive;
  if (path !== undefined && !file.isCompressed) {
    await giveUp(file);
    yield* openEach(readZip(archive, path), archive);
    return;
  }
  const folder = await mkdtemp(join(tmpdir(), 'portolan-zip-'));
  try {
    const copy = join(folder, 'archive.zip');
    await pipeline(upTo(file.chunks, limits.maxNestedBytes), createWriteStream(copy));
    if ((await stat(copy)).size > limits.maxNestedBytes) {
      const message = `is an archive in an archive, and larger than ${limits.maxNestedBytes} bytes; it is not opened`;
      yield { kind: 'issue', code: 'INPUT_TOO_LARGE', message, at: { source } };
    } else yield* openEach(readZip(archive, copy), archive);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** One byte more than allowed tells that there is more. */
async function* upTo(
  chunks: AsyncIterable<Uint8Array>,
  maxBytes: number,
): AsyncGenerator<Uint8Array> {
  let left = maxBytes + 1;
  for await (const chunk of chunks) {
    yield chunk.subarray(0, left);
    left -= chunk.length;
    if (left <= 0) return;
  }
}

async function giveUp(file: OpenFile): Promise<void> {
  await file.chunks[Symbol.asyncIterator]().return?.();
}

function unsupported(source: string, message: string): Issue {
  return { kind: 'issue', code: 'ARCHIVE_UNSUPPORTED', message, at: { source } };
}
