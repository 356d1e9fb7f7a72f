const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** A line without its ending. */
export interface Line {
  /** 1-based. */
  readonly number: number;
  /** Undefined: longer than the limit, and skipped. */
  readonly bytes: Uint8Array | undefined;
}

/** Splits bytes into lines; a line of more than `maxBytes` is passed over without being kept in memory. */
export async function* readLines(
  chunks: AsyncIterable<Uint8Array>,
  maxBytes: number,
): AsyncGenerator<Line> {
  let parts: Uint8Array[] = [];
  let size = 0;
  let number = 1;
  const take = (bytes: Uint8Array): void => {
    size += bytes.length;
    if (size > maxBytes) parts = [];
    else if (bytes.length > 0) parts.push(bytes);
  };
  const finish = (): Line => {
    const line = { number, bytes: size > maxBytes ? undefined : joinLine(parts) };
    parts = [];
    size = 0;
    number += 1;
    return line;
  };
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      take(chunk.subarray(start, end));
      yield finish();
      start = end + 1;
    }
    // Copied: the producer may use its buffer again.
    take(chunk.slice(start));
  }
  if (size > 0) yield finish();
}

function joinLine(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  const whole = only !== undefined && parts.length === 1 ? only : Buffer.concat(parts);
  return whole.at(-1) === CARRIAGE_RETURN ? whole.subarray(0, -1) : whole;
}
