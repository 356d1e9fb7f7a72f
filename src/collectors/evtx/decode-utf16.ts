/** Decodes UTF-16LE; lone surrogates stay as they are. `end - start` is even. */
export function decodeUtf16(bytes: Uint8Array, start: number, end: number): string {
  return end - start <= SHORT_BYTES
    ? decodeShort(bytes, start, end)
    : decodeLong.call(bytes, start, end);
}

// A call into the runtime costs as much as some 8 characters read here.
const SHORT_BYTES = 16;

function decodeShort(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let at = start; at < end; at += 2)
    text += String.fromCharCode((bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8));
  return text;
}

type DecodeRange = (this: Uint8Array, start: number, end: number) => string;

/** Node's decoder takes any bytes and costs a third of TextDecoder; a browser has only the latter. */
const decodeLong: DecodeRange = nodeDecoder() ?? decodeLongAnywhere;

function nodeDecoder(): DecodeRange | undefined {
  if (typeof Buffer === 'undefined') return undefined;
  const { ucs2Slice } = Buffer.prototype as { ucs2Slice?: DecodeRange };
  return ucs2Slice;
}

/** What `decodeUtf16` does where Node's decoder is missing. */
export function decodeLongAnywhere(this: Uint8Array, start: number, end: number): string {
  let text = '';
  // Most arguments that every engine takes in one call.
  for (let from = start; from < end; from += 8192) {
    const codes: number[] = [];
    for (let at = from; at < Math.min(end, from + 8192); at += 2)
      codes.push((this[at] ?? 0) | ((this[at + 1] ?? 0) << 8));
    text += String.fromCharCode(...codes);
  }
  return text;
}
