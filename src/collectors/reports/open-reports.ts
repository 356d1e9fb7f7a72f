import type { Issue } from '../../model/index.js';
import { ARCHIVE_LIMITS } from '../archive/archive-limits.js';
import { archiveFormatOf } from '../archive/open-members.js';
import { readTar } from '../archive/read-tar.js';
import { readZipBytes } from '../archive/read-zip.js';
import { type OpenFile, openBytes } from '../open-bytes.js';
import { isOfficeDocument } from './office-document.js';
import type { ReportInput } from './report-reader.js';

/** A file that may be a report, out of its archive. */
export interface OpenReport {
  readonly kind: 'report-bytes';
  readonly source: string;
  readonly bytes: Uint8Array;
}

/** Archives in archives in archives are not opened. */
const MAX_DEPTH = 2;

/**
 * Opens what bytes hold: themselves, decompressed, or the members of a zip or tar archive, in turn decompressed or
 * opened, down to an archive in an archive. Office documents are zip files and are not opened.
 */
export async function* openReports(input: ReportInput): AsyncGenerator<OpenReport | Issue> {
  const issues: Issue[] = [];
  const { source, bytes } = input;
  const file = await openBytes({
    source,
    chunks: oneChunk(bytes),
    bytesRead: () => bytes.length,
    modified: undefined,
    issues,
  });
  const whole = file.isCompressed ? await collect(file, input) : bytes;
  yield* issues;
  if (whole !== undefined) yield* openWhole({ ...input, bytes: whole }, 0);
}

async function* oneChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function* openWhole(input: ReportInput, depth: number): AsyncGenerator<OpenReport | Issue> {
  const { source, bytes, limits } = input;
  const format = archiveFormatOf(bytes);
  if (format === undefined || isOfficeDocument(bytes)) {
    if (bytes.length <= limits.maxBytes) yield { kind: 'report-bytes', source, bytes };
    else yield tooLarge(source, limits.maxBytes);
  } else if (depth === MAX_DEPTH) {
    yield unsupported(source, 'is an archive in an archive in an archive; it is not opened');
  } else if (format === 'zip' || format === 'tar') yield* openArchive(input, format, depth);
  else yield unsupported(source, `is a ${format} archive, which is not read; unpack it first`);
}

async function* openArchive(
  input: ReportInput,
  format: 'zip' | 'tar',
  depth: number,
): AsyncGenerator<OpenReport | Issue> {
  const { source, bytes, limits } = input;
  const issues: Issue[] = [];
  const file = await openBytes({
    source,
    chunks: oneChunk(bytes),
    bytesRead: () => bytes.length,
    modified: undefined,
    issues,
  });
  const archiveLimits = { ...ARCHIVE_LIMITS, maxMembers: limits.maxDocuments };
  const archive = { path: undefined, source, file, limits: archiveLimits, depth };
  const members = format === 'tar' ? readTar(archive) : readZipBytes(archive, bytes);
  for await (const member of members) {
    if (member.kind === 'issue') {
      yield member;
      continue;
    }
    const inner = { ...input, source: member.source };
    const whole = await collect(member.file, inner);
    yield* member.file.issues;
    if (whole !== undefined) yield* openWhole({ ...inner, bytes: whole }, depth + 1);
  }
  yield* issues;
}

/** All of a file; undefined, with an Issue, when that is too much. */
async function collect(
  file: OpenFile,
  { source, limits }: ReportInput,
): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of file.chunks) {
    size += chunk.length;
    if (size > limits.maxBytes) {
      (file.issues as Issue[]).push(tooLarge(source, limits.maxBytes));
      return undefined;
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tooLarge(source: string, maxBytes: number): Issue {
  const message = `is larger than the ${maxBytes} bytes that are read of a report; it is skipped`;
  return { kind: 'issue', code: 'INPUT_TOO_LARGE', message, at: { source } };
}

function unsupported(source: string, message: string): Issue {
  return { kind: 'issue', code: 'ARCHIVE_UNSUPPORTED', message, at: { source } };
}
