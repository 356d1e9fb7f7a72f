import { Refusal } from '../refusal.js';

/** One part of a form: a file, or a field when it has no file name. */
export interface FormPart {
  readonly name: string;
  /** As the client wrote it: never a path of ours. */
  readonly fileName: string | undefined;
  /** Must be read to its end, or not at all, before the next part is asked for. */
  readonly chunks: AsyncIterable<Buffer>;
}

const MAX_HEADER_BYTES = 8 * 1024;
const CRLF = '\r\n';

/** The boundary in a Content-Type; undefined when it is no form. Source: RFC 2046 §5.1.1. */
export function boundaryOf(contentType: string): string | undefined {
  const found =
    /^multipart\/form-data\s*;.*?\bboundary=(?:"([^"\r\n]{1,70})"|([^\s;"]{1,70}))/i.exec(
      contentType.slice(0, 1_000),
    );
  return found?.[1] ?? found?.[2];
}

/**
 * The parts of a form, one after the other, without ever holding more than some chunks of it.
 *
 * Source: RFC 7578.
 *
 * @throws Refusal `BODY_INVALID` when the form is damaged or cut off.
 */
export async function* readMultipart(
  body: AsyncIterable<Uint8Array>,
  boundary: string,
): AsyncGenerator<FormPart> {
  const window = new FormWindow(body[Symbol.asyncIterator](), `${CRLF}--${boundary}`);
  // What is before the first boundary is nobody's; the line break that begins a boundary may be missing there.
  window.prepend(Buffer.from(CRLF));
  for await (const _preamble of window.untilBoundary());
  while (await window.hasPart()) {
    const { name, fileName } = parseHeaders(await window.headers());
    const chunks = window.untilBoundary();
    yield { name, fileName, chunks };
    // What the caller did not want of it.
    for await (const _rest of chunks);
  }
}

class FormWindow {
  readonly #source: AsyncIterator<Uint8Array>;
  readonly #delimiter: Buffer;
  #held: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterator<Uint8Array>, delimiter: string) {
    this.#source = source;
    this.#delimiter = Buffer.from(delimiter, 'latin1');
  }

  prepend(bytes: Buffer): void {
    this.#held = Buffer.concat([bytes, this.#held]);
  }

  /** Takes one more chunk in. */
  async #fill(): Promise<void> {
    const { value, done } = await this.#source.next();
    if (done === true) throw damaged('it is cut off');
    this.#held = this.#held.length === 0 ? Buffer.from(value) : Buffer.concat([this.#held, value]);
  }

  /** All up to the next boundary, and past it. Asked again after its end it gives nothing. */
  untilBoundary(): AsyncGenerator<Buffer> {
    return this.#read();
  }

  async *#read(): AsyncGenerator<Buffer> {
    for (;;) {
      const found = this.#held.indexOf(this.#delimiter);
      if (found !== -1) {
        const last = this.#held.subarray(0, found);
        this.#held = this.#held.subarray(found + this.#delimiter.length);
        if (last.length > 0) yield last;
        return;
      }
      // The end may be the start of a boundary.
      const safe = this.#held.length - this.#delimiter.length + 1;
      if (safe > 0) {
        const part = this.#held.subarray(0, safe);
        this.#held = this.#held.subarray(safe);
        yield part;
      }
      await this.#fill();
    }
  }

  /** After a boundary: whether another part follows, or the form ends. */
  async hasPart(): Promise<boolean> {
    while (this.#held.length < 2) await this.#fill();
    const mark = this.#held.toString('latin1', 0, 2);
    this.#held = this.#held.subarray(2);
    if (mark === '--') return false;
    if (mark === CRLF) return true;
    throw damaged('a boundary is followed by something else than a part');
  }

  async headers(): Promise<string> {
    for (;;) {
      const end = this.#held.indexOf(CRLF + CRLF);
      if (end > MAX_HEADER_BYTES || (end === -1 && this.#held.length > MAX_HEADER_BYTES))
        throw damaged('the headers of a part are too long');
      if (end !== -1) {
        const text = this.#held.toString('utf8', 0, end);
        this.#held = this.#held.subarray(end + 4);
        return text;
      }
      await this.#fill();
    }
  }
}

function damaged(why: string): Refusal {
  return new Refusal('BODY_INVALID', `expected a form with files: ${why}`);
}

function parseHeaders(text: string) {
  const line = text.split(CRLF).find((one) => /^content-disposition:/i.test(one)) ?? '';
  const name = parameterOf(line, 'name');
  if (name === undefined) throw damaged('a part has no name');
  return { name, fileName: parameterOf(line, 'filename') };
}

// Browsers write a quotation mark and line breaks in a name as %22, %0D and %0A. Source: HTML, "multipart/form-data encoding".
function parameterOf(line: string, parameter: string): string | undefined {
  const found = new RegExp(`;\\s*${parameter}="([^"]{0,2000})"`, 'i').exec(line)?.[1];
  return found?.replace(/%22/g, '"').replace(/%0[da]/gi, ' ');
}
