import { open } from 'node:fs/promises';
import { readLines } from '../collectors/index.js';
import { AppError, type Issue, isRecord } from '../model/index.js';
import { type ReportModel, rankSentence } from '../reports/index.js';
import { openTaughtModel } from './open-report-model.js';

export interface ClassifyOptions {
  /** File of `{id, text}` lines; `-` is standard input. */
  readonly path: string;
  /** Techniques of each answer; from 1 to as many as the model knows. */
  readonly top: number;
  /** What to read in place of a file. */
  readonly input?: AsyncIterable<Uint8Array> | undefined;
  readonly onIssue: (issue: Issue) => void;
}

/** A report's paragraph is under 10 kB; a line that is longer than this is no sentence. */
const LONGEST_LINE = 1024 * 1024;

/**
 * Answers each line `{"id": …, "text": "…"}` with a line `{"id": …, "ranked": [{"techniqueId", "confidence"}]}`, in the
 * order of the input: exactly `top` techniques, most likely first, by the model lane alone. `id` is repeated to the letter.
 * A line that cannot be read is answered too, with an empty `ranked` and `"id":null` when it has none, and gives an
 * Issue; lines of nothing but spaces are passed over.
 *
 * @throws AppError `SOURCE_UNREADABLE`; `USAGE` when `top` is out of range.
 */
export async function* classify(options: ClassifyOptions): AsyncGenerator<string> {
  const { model, issues } = openTaughtModel();
  issues.forEach(options.onIssue);
  const most = model.techniqueIds.length;
  if (!Number.isInteger(options.top) || options.top < 1 || options.top > most) {
    throw new AppError('USAGE', `expected --top from 1 to ${most}, found ${options.top}`);
  }
  const decoder = new TextDecoder();
  for await (const { number, bytes } of readLines(openInput(options), LONGEST_LINE)) {
    const text = bytes === undefined ? undefined : decoder.decode(bytes);
    if (text?.trim() === '') continue;
    const record = readRecord(text);
    if (record.fault !== undefined) {
      const at = { source: options.path, line: number };
      const code = text === undefined ? 'INPUT_TOO_LARGE' : 'JSON_INVALID';
      options.onIssue({ kind: 'issue', code, message: record.fault, at });
    }
    yield answer(model, record, options.top);
  }
}

/** Bytes of the file, or of what stands in its place. */
async function* openInput({ path, input }: ClassifyOptions): AsyncGenerator<Uint8Array> {
  if (input !== undefined) {
    yield* input;
    return;
  }
  if (path === '-') {
    yield* process.stdin as AsyncIterable<Uint8Array>;
    return;
  }
  try {
    const file = await open(path);
    yield* file.createReadStream() as AsyncIterable<Uint8Array>;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AppError('SOURCE_UNREADABLE', `cannot read ${path}: ${reason}`, { cause });
  }
}

interface ClassifyRecord {
  /** As JSON. */
  readonly id: string;
  /** Undefined when `fault` says why. */
  readonly text: string | undefined;
  readonly fault: string | undefined;
}

function readRecord(line: string | undefined): ClassifyRecord {
  const faulty = (fault: string, id = 'null') => ({ id, text: undefined, fault });
  if (line === undefined) return faulty(`expected a line of at most ${LONGEST_LINE} bytes`);
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return faulty('expected a JSON object a line, found other text');
  }
  if (!isRecord(value)) return faulty('expected an object with id and text, found another value');
  const id = idOf(line, value['id']);
  const { text } = value;
  if (typeof text !== 'string') return faulty('expected text to be a string', id);
  return { id, text, fault: undefined };
}

/** A number as it is written: `1.0` and those beyond 2^53 would not come back as they were. */
function idOf(line: string, id: unknown): string {
  if (typeof id !== 'number') return JSON.stringify(id ?? null);
  for (const [, written] of line.matchAll(/"id"\s*:\s*(-?\d[\d.eE+-]*)/g)) {
    if (written !== undefined && Number(written) === id) return written;
  }
  return JSON.stringify(id);
}

function answer(model: ReportModel, { id, text }: ClassifyRecord, top: number): string {
  if (text === undefined) return `{"id":${id},"ranked":[]}`;
  const ranked = rankSentence(model, text, { top }).map(({ techniqueId, confidence }) => ({
    techniqueId,
    confidence: Math.round(confidence * 1e6) / 1e6,
  }));
  return `{"id":${id},"ranked":${JSON.stringify(ranked)}}`;
}
