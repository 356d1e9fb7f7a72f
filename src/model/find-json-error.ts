/** Where a text stops being JSON. */
export interface JsonError {
  /** 0-based, in UTF-16 code units; the text's length when it ends early. */
  readonly offset: number;
  /** One phrase: what was wanted there. */
  readonly wanted: string;
}

// Source: RFC 8259. Sticky, so that each is tried at one offset only.
const BLANKS = /[ \t\n\r]*/y;
const SCALAR = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids them inside strings.
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
// The longest good start of a string, to point at the character that spoils it.
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above.
const STRING_START = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*/y;

class Scanner {
  offset = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The next character after blanks; empty at the end. */
  peek(): string {
    this.take(BLANKS);
    return this.#text.charAt(this.offset);
  }

  take(pattern: RegExp): boolean {
    pattern.lastIndex = this.offset;
    const isThere = pattern.test(this.#text);
    if (isThere) this.offset = pattern.lastIndex;
    return isThere;
  }

  fail(wanted: string): JsonError {
    return { offset: this.offset, wanted };
  }

  string(wanted: string): JsonError | undefined {
    if (this.peek() !== '"') return this.fail(wanted);
    if (this.take(STRING)) return undefined;
    this.take(STRING_START);
    return this.fail('a valid character or the end of the string');
  }
}

type Open = '{' | '[';

const CLOSE: Readonly<Record<Open, string>> = { '{': '}', '[': ']' };
const isOpen = (character: string): character is Open => character === '{' || character === '[';

function scalar(scanner: Scanner): JsonError | undefined {
  if (scanner.peek() === '"') return scanner.string('a string');
  return scanner.take(SCALAR) ? undefined : scanner.fail('a value');
}

/** Opens containers until a scalar or an empty container stands there. */
function value(scanner: Scanner, open: Open[]): JsonError | undefined {
  for (let next = scanner.peek(); isOpen(next); next = scanner.peek()) {
    scanner.offset += 1;
    if (scanner.peek() === CLOSE[next]) {
      scanner.offset += 1;
      return undefined;
    }
    open.push(next);
    const error = next === '{' ? key(scanner, 'a quoted name or "}"') : undefined;
    if (error !== undefined) return error;
  }
  return scalar(scanner);
}

function key(scanner: Scanner, wanted: string): JsonError | undefined {
  const error = scanner.string(wanted);
  if (error !== undefined) return error;
  if (scanner.peek() !== ':') return scanner.fail('":"');
  scanner.offset += 1;
  return undefined;
}

/** After a value: closes containers up to a comma. Returns `done` when the outermost is closed. */
function separator(scanner: Scanner, open: Open[]): JsonError | 'done' | undefined {
  for (let innermost = open.at(-1); innermost !== undefined; innermost = open.at(-1)) {
    const next = scanner.peek();
    const close = CLOSE[innermost];
    if (next !== ',' && next !== close) return scanner.fail(`"," or "${close}"`);
    scanner.offset += 1;
    if (next === ',') return innermost === '{' ? key(scanner, 'a quoted name') : undefined;
    open.pop();
  }
  return 'done';
}

/**
 * Finds the first place where a text is not JSON; V8's own messages often name none. Reads once, without recursion.
 *
 * @returns undefined when the text is JSON.
 */
export function findJsonError(text: string): JsonError | undefined {
  const scanner = new Scanner(text);
  const open: Open[] = [];
  for (;;) {
    const wrong = value(scanner, open) ?? separator(scanner, open);
    if (wrong === 'done')
      return scanner.peek() === '' ? undefined : scanner.fail('the end of the text');
    if (wrong !== undefined) return wrong;
  }
}
