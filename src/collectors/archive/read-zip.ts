import { stat } from 'node:fs/promises';
import { type Entry, fromBufferPromise, getFileNameLowLevel, type ZipFile } from 'yauzl';
import type { Issue } from '../../model/index.js';
import { openBytes } from '../open-bytes.js';
import {
  bombIssue,
  createExpansionBudget,
  type ExpansionBudget,
  isHiddenMember,
} from './expansion-budget.js';
import type { OpenArchive, OpenLog } from './open-log.js';
import { openZipFile } from './open-zip-file.js';

interface ZipReading {
  readonly zip: ZipFile;
  readonly archive: OpenArchive;
  readonly budget: ExpansionBudget;
}

/**
 * Reads the members of a zip file in the order of its table. Names are shown and never used as paths.
 *
 * @param path the zip file itself.
 */
export async function* readZip(
  archive: OpenArchive,
  path: string,
): AsyncGenerator<OpenLog | Issue> {
  const { source } = archive;
  try {
    const { size } = await stat(path);
    yield* readMembers(archive, await openZipFile(path, size), size);
  } catch (error) {
    yield damaged(source, `the zip archive is cut off or damaged: ${wordsOf(error)}`);
  }
}

/** Reads the members of a zip file that is in memory, as `readZip` does. */
export async function* readZipBytes(
  archive: OpenArchive,
  bytes: Uint8Array,
): AsyncGenerator<OpenLog | Issue> {
  try {
    const zip = await fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), {
      autoClose: false,
      decodeStrings: false,
    });
    yield* readMembers(archive, zip, bytes.length);
  } catch (error) {
    yield damaged(archive.source, `the zip archive is cut off or damaged: ${wordsOf(error)}`);
  }
}

async function* readMembers(
  archive: OpenArchive,
  zip: ZipFile,
  sizeBytes: number,
): AsyncGenerator<OpenLog | Issue> {
  const { source, limits } = archive;
  try {
    const budget = createExpansionBudget(sizeBytes, limits);
    let count = 0;
    for await (const entry of zip.eachEntry()) {
      count += 1;
      if (count > limits.maxMembers) {
        const message = `expected at most ${limits.maxMembers} members; the rest is not read`;
        yield { kind: 'issue', code: 'INPUT_TOO_LARGE', message, at: { source } };
        break;
      }
      const name = nameOf(entry);
      if (count === 1 && isNoLogArchive(name)) {
        const message = 'is a document or program, not an archive of logs';
        yield { kind: 'issue', code: 'LOG_UNRECOGNISED', message, at: { source } };
        break;
      }
      if (name.endsWith('/') || isHiddenMember(name)) continue;
      yield* openEntry({ zip, archive, budget }, entry, name);
      if (!budget.isSpent()) continue;
      yield bombIssue(source, limits);
      break;
    }
  } finally {
    zip.close();
  }
}

async function* openEntry(
  { zip, archive, budget }: ZipReading,
  entry: Entry,
  name: string,
): AsyncGenerator<OpenLog | Issue> {
  const source = `${archive.source}!${name}`;
  const reason = unreadableReason(entry);
  if (reason !== undefined) {
    yield { kind: 'issue', code: 'ARCHIVE_UNSUPPORTED', message: reason, at: { source } };
    return;
  }
  const issues: Issue[] = [];
  const counter = { bytes: 0 };
  const stream = readEntry({ zip, entry, budget, issues, counter, source });
  const file = await openBytes({
    source,
    chunks: stream,
    // Bytes of the archive: what came out, as far as it was packed.
    bytesRead: () => Math.min(counter.bytes, entry.compressedSize),
    modified: entry.getLastModDate({ timezone: 'UTC' }),
    issues,
  });
  try {
    yield { kind: 'log', source, file };
  } finally {
    await stream.return(undefined);
  }
}

interface EntryReading {
  readonly zip: ZipFile;
  readonly entry: Entry;
  readonly budget: ExpansionBudget;
  readonly issues: Issue[];
  readonly counter: { bytes: number };
  readonly source: string;
}

async function* readEntry(reading: EntryReading): AsyncGenerator<Uint8Array> {
  const { zip, entry, budget, issues, counter, source } = reading;
  try {
    const stream = await zip.openReadStreamPromise(entry);
    try {
      for await (const chunk of stream) {
        const bytes: Uint8Array = chunk;
        counter.bytes += bytes.length;
        if (!budget.spend(bytes.length)) return;
        yield bytes;
      }
    } finally {
      stream.destroy();
    }
  } catch (error) {
    issues.push(
      damaged(source, `the member is damaged after ${counter.bytes} bytes: ${wordsOf(error)}`),
    );
  }
}

function unreadableReason(entry: Entry): string | undefined {
  if (entry.isEncrypted()) return 'is encrypted; unpack the archive first';
  if (entry.canDecodeFileData()) return undefined;
  return `is packed with method ${entry.compressionMethod}, which is not read; unpack the archive first`;
}

function nameOf({ generalPurposeBitFlag, fileNameRaw, extraFields }: Entry): string {
  const name = getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, false);
  return name === '' ? '(no name)' : name;
}

/** Office documents, books and Java programs are zip files as well. */
function isNoLogArchive(firstName: string): boolean {
  return /^(?:\[Content_Types\]\.xml|mimetype|_rels\/.*|META-INF\/.*|AndroidManifest\.xml)$/.test(
    firstName,
  );
}

function damaged(source: string, message: string): Issue {
  return { kind: 'issue', code: 'ARCHIVE_DAMAGED', message, at: { source } };
}

function wordsOf(error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  return (message || 'it cannot be read').slice(0, 200).replaceAll('\n', ' ');
}
