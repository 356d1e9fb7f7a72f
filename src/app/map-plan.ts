import { type FileHandle, open, stat } from 'node:fs/promises';
import { isIssue, isRecord, parseJson } from '../model/index.js';
import type { MapUnit } from './map-unit.js';

// Large enough that starting on a part costs nothing, small enough that what comes of it can wait for its turn in memory.
const PART_BYTES = 2 * 1024 * 1024;
const CUT_FROM_BYTES = 32 * 1024 * 1024;
const HEAD_BYTES = 64 * 1024;
const SEARCH_BYTES = 2 * 1024 * 1024;
const NEWLINE = 0x0a;
const OPENING = 0x7b;

/**
 * Cuts the input into units. How it is cut depends on the files alone, so that the result is the same with any number of
 * threads: large files that hold one JSON object a line are cut at lines, other files are read whole.
 */
export async function planUnits(files: readonly string[]): Promise<readonly MapUnit[]> {
  const units: MapUnit[] = [];
  for (const path of files) {
    const parts = await partsOf(path);
    for (const [place, part] of parts.entries()) {
      const isLast = place === parts.length - 1;
      units.push({ index: units.length, path, isLast, ...part });
    }
  }
  return units;
}

type Part = Pick<MapUnit, 'part' | 'bytes'>;

async function partsOf(path: string): Promise<readonly Part[]> {
  try {
    const { size } = await stat(path);
    const whole = { part: undefined, bytes: size };
    if (size < CUT_FROM_BYTES) return [whole];
    const file = await open(path, 'r');
    try {
      const cuts = (await isObjectALine(file)) ? await cutsOf(file, size) : [];
      if (cuts.length === 0) return [whole];
      const starts = [0, ...cuts];
      return starts.map((start, place) => {
        const end = starts[place + 1] ?? size;
        return { part: { start, end }, bytes: end - start };
      });
    } finally {
      await file.close();
    }
  } catch {
    // Reading it will fail as well and say why.
    return [{ part: undefined, bytes: 0 }];
  }
}

async function isObjectALine(file: FileHandle): Promise<boolean> {
  const head = (await readAt(file, 0, HEAD_BYTES)).toString('utf8');
  const lines = head.split('\n').slice(0, -1);
  return lines.length > 1 && lines.every((line) => line.startsWith('{') && isObject(line));
}

function isObject(line: string): boolean {
  const parsed = parseJson(line);
  return !isIssue(parsed) && isRecord(parsed.value);
}

/** Starts of lines that open an object, one near every multiple of the part size. */
async function cutsOf(file: FileHandle, size: number): Promise<readonly number[]> {
  const cuts: number[] = [];
  for (let wanted = PART_BYTES; wanted < size - PART_BYTES / 2; wanted += PART_BYTES) {
    const cut =
      startOfObject(await readAt(file, wanted, HEAD_BYTES)) ??
      startOfObject(await readAt(file, wanted, SEARCH_BYTES));
    if (cut !== undefined && wanted + cut < size) cuts.push(wanted + cut);
  }
  return cuts;
}

function startOfObject(bytes: Uint8Array): number | undefined {
  for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, end + 1))
    if (bytes[end + 1] === OPENING) return end + 1;
  return undefined;
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}
