import type { Issue } from '../../model/index.js';
import { openBytes } from '../open-bytes.js';
import { isHiddenMember } from './expansion-budget.js';
import type { OpenArchive, OpenLog } from './open-log.js';

const BLOCK = 512;
const MAX_NAME_BYTES = 64 * 1024;

/** Reads the regular files of a tar archive in order, as they come: POSIX ustar and pax, and GNU's long names. */
export async function* readTar(archive: OpenArchive): AsyncGenerator<OpenLog | Issue> {
  const input = createBlockReader(archive.file.chunks);
  try {
    let longName: string | undefined;
    for (let count = 1; ; count += 1) {
      const header = await readHeader(input, { ...archive, count });
      if (header === undefined) return;
      if (header.kind === 'issue') {
        yield header;
        return;
      }
      if (header.type === 'L' || header.type === 'x') {
        longName = await readLongName(input, header);
        await input.skip(paddingOf(header));
      } else {
        yield* openMember(input, header, { archive, name: longName ?? header.name });
        longName = undefined;
      }
    }
  } finally {
    await input.close();
  }
}

function paddingOf({ size }: TarHeader): number {
  return (BLOCK - (size % BLOCK)) % BLOCK;
}

/** Undefined at the end of the archive. */
async function readHeader(
  input: BlockReader,
  { source, limits, count }: OpenArchive & { readonly count: number },
): Promise<TarHeader | Issue | undefined> {
  const block = await input.take(BLOCK);
  if (block.every((byte) => byte === 0)) return undefined;
  if (block.length < BLOCK) return damaged(source, 'the archive is cut off');
  if (count > limits.maxMembers) {
    const message = `expected at most ${limits.maxMembers} members; the rest is not read`;
    return { kind: 'issue', code: 'INPUT_TOO_LARGE', message, at: { source } };
  }
  return (
    parseHeader(block) ??
    damaged(source, `the header of member ${count} is damaged; the rest is not read`)
  );
}

interface TarMember {
  readonly archive: OpenArchive;
  readonly name: string;
}

/** Yields a regular file; what is not read of it is passed over. */
async function* openMember(
  input: BlockReader,
  header: TarHeader,
  { archive, name }: TarMember,
): AsyncGenerator<OpenLog> {
  const left = { bytes: header.size };
  if (/^[07]$/.test(header.type) && !isHiddenMember(name)) {
    const source = `${archive.source}!${name}`;
    yield await openFileMember(input, left, { archive, source, modified: header.modified });
  }
  await input.skip(left.bytes + paddingOf(header));
}

interface MemberOptions {
  readonly archive: OpenArchive;
  readonly source: string;
  readonly modified: Date;
}

async function openFileMember(
  input: BlockReader,
  left: { bytes: number },
  { archive, source, modified }: MemberOptions,
): Promise<OpenLog> {
  const issues: Issue[] = [];
  const counter = { bytes: 0 };
  const read = async function* (): AsyncGenerator<Uint8Array> {
    while (left.bytes > 0) {
      const bytes = await input.some(left.bytes);
      if (bytes.length === 0) {
        issues.push(damaged(source, `the member is cut off after ${counter.bytes} bytes`));
        left.bytes = 0;
        return;
      }
      left.bytes -= bytes.length;
      counter.bytes += bytes.length;
      yield bytes;
    }
  };
  const before = archive.file.bytesRead();
  const bytesRead = () => archive.file.bytesRead() - before;
  const file = await openBytes({ source, chunks: read(), bytesRead, modified, issues });
  return { kind: 'log', source, file };
}

interface TarHeader {
  readonly kind: 'header';
  readonly name: string;
  readonly size: number;
  readonly type: string;
  readonly modified: Date;
}

// Source: POSIX.1-2008, pax, "ustar Interchange Format".
function parseHeader(block: Uint8Array): TarHeader | undefined {
  const text = (start: number, length: number): string =>
    Buffer.from(block.subarray(start, start + length))
      .toString('utf8')
      .replace(/\0[\s\S]*$/, '');
  const octal = (start: number, length: number): number => {
    const digits = text(start, length).trim();
    return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number.NaN;
  };
  // The checksum counts its own field as blanks.
  const sum = block.reduce(
    (total, byte, index) => total + (index >= 148 && index < 156 ? 0x20 : byte),
    0,
  );
  const size = octal(124, 12);
  if (octal(148, 8) !== sum || !Number.isSafeInteger(size)) return undefined;
  const prefix = text(257, 5) === 'ustar' && text(345, 155) !== '' ? `${text(345, 155)}/` : '';
  return {
    kind: 'header',
    name: prefix + text(0, 100),
    size,
    type: text(156, 1) || '0',
    modified: new Date((octal(136, 12) || 0) * 1000),
  };
}

/** GNU's name, or the path in a pax header: `27 path=…`. */
async function readLongName(
  input: BlockReader,
  { size, type }: TarHeader,
): Promise<string | undefined> {
  const bytes = await input.take(Math.min(size, MAX_NAME_BYTES));
  await input.skip(size - bytes.length);
  const text = Buffer.from(bytes).toString('utf8');
  if (type === 'L') return text.replace(/\0[\s\S]*$/, '');
  return /(?:^|\n)\d{1,6} path=([^\n]*)/.exec(text)?.[1];
}

interface BlockReader {
  /** Exactly so many bytes; fewer at the end. */
  take(count: number): Promise<Uint8Array>;
  /** At least one byte, at most so many; none at the end. */
  some(maxBytes: number): Promise<Uint8Array>;
  skip(count: number): Promise<void>;
  close(): Promise<void>;
}

function createBlockReader(chunks: AsyncIterable<Uint8Array>): BlockReader {
  const iterator = chunks[Symbol.asyncIterator]();
  let rest: Uint8Array = new Uint8Array();
  const some = async (maxBytes: number): Promise<Uint8Array> => {
    while (rest.length === 0) {
      const next = await iterator.next();
      if (next.done === true) return rest;
      rest = next.value;
    }
    const part = rest.subarray(0, maxBytes);
    rest = rest.subarray(part.length);
    return part;
  };
  return {
    some,
    async take(count) {
      const parts: Uint8Array[] = [];
      let left = count;
      while (left > 0) {
        const part = await some(left);
        if (part.length === 0) break;
        parts.push(part);
        left -= part.length;
      }
      return Buffer.concat(parts);
    },
    async skip(count) {
      let left = count;
      while (left > 0) {
        const part = await some(left);
        if (part.length === 0) return;
        left -= part.length;
      }
    },
    async close() {
      await iterator.return?.(undefined);
    },
  };
}

function damaged(source: string, message: string): Issue {
  return { kind: 'issue', code: 'ARCHIVE_DAMAGED', message, at: { source } };
}
