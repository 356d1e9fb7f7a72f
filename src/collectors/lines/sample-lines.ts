import { decodeHead } from '../json-text.js';

const SAMPLE_LINES = 40;

/** The first lines of a file that are not blank, at most 40; the last one of a longer file is left out: it is cut off. */
export function sampleLines(head: Uint8Array): readonly string[] {
  const lines = decodeHead(head).split(/\r?\n/);
  if (lines.length > 1 && head.length >= 64 * 1024) lines.pop();
  return lines.filter((line) => line.trim() !== '').slice(0, SAMPLE_LINES);
}

/** Whether at least half of the first lines of a file, and one, are of a form. */
export function mostLines(head: Uint8Array, isOfForm: (line: string) => boolean): boolean {
  const lines = sampleLines(head);
  const found = lines.filter(isOfForm).length;
  return found > 0 && found * 2 >= lines.length;
}
