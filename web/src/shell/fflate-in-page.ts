import { type Zippable, zipSync } from 'fflate';

// What write-excel-file takes from fflate, for the browser: its asynchronous half starts threads from blobs, which the
// policy of our pages refuses. A workbook of a layer takes a few milliseconds.
export { strToU8, zipSync } from 'fflate';

type ZipDone = (error: Error | null, bytes: Uint8Array) => void;

/** As `zip` of fflate, in this thread. */
export function zip(
  files: Zippable,
  ...rest: readonly [ZipDone] | readonly [object, ZipDone]
): void {
  const done = rest.at(-1) as ZipDone;
  const options = rest.length === 2 ? rest[0] : {};
  done(null, zipSync(files, options));
}
