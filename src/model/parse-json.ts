import { findJsonError } from './find-json-error.js';
import type { Issue, SourceLocation } from './issue.js';

/** Deepest nesting of arrays and objects that is read. ATT&CK and layers need fewer than 10. */
export const MAX_JSON_DEPTH = 500;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/** Skips a string; `start` is its opening quote. Returns the index of the closing quote, or the end. */
function endOfString(text: string, start: number): number {
  let quote = text.indexOf('"', start + 1);
  while (quote !== -1) {
    let backslashes = 0;
    while (text.charCodeAt(quote - 1 - backslashes) === BACKSLASH) backslashes += 1;
    if (backslashes % 2 === 0) return quote;
    quote = text.indexOf('"', quote + 1);
  }
  return text.length;
}

/** Offset of the bracket that exceeds `maxDepth`, or -1. */
function offsetOfDepth(text: string, maxDepth: number): number {
  let depth = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === QUOTE) index = endOfString(text, index);
    else if (code === OPEN_BRACKET || code === OPEN_BRACE) {
      depth += 1;
      if (depth > maxDepth) return index;
    } else if (code === CLOSE_BRACKET || code === CLOSE_BRACE) depth -= 1;
  }
  return -1;
}

/** Line and column, both 1-based, of an offset. */
function positionOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  let line = 1;
  for (let at = before.indexOf('\n'); at !== -1; at = before.indexOf('\n', at + 1)) line += 1;
  return { line, column: offset - lineStart + 1 };
}

/** What was wanted and what stands there; one character of the input at most, since it is hostile. */
function describeFailure(text: string): { message: string; offset: number } {
  const { offset, wanted } = findJsonError(text) ?? { offset: 0, wanted: 'JSON' };
  const found = offset >= text.length ? 'the end of the text' : JSON.stringify(text.charAt(offset));
  return { message: `expected ${wanted}, found ${found}`, offset };
}

/**
 * Parses JSON without overflowing the stack on deep nesting.
 *
 * @param source name of the input for the Issue.
 * @param maxDepth deepest nesting read; default 500.
 * @returns the value, or an Issue (`JSON_INVALID`, `JSON_TOO_DEEP`) with line and column.
 */
export function parseJson(
  text: string,
  { source, maxDepth = MAX_JSON_DEPTH }: { source?: string | undefined; maxDepth?: number } = {},
): { readonly value: unknown } | Issue {
  const locate = (position: { line: number; column: number }): SourceLocation =>
    source === undefined ? position : { source, ...position };
  const body = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  // V8's parser recurses, so depth is checked first; short texts cannot be deep.
  const tooDeep = body.length <= maxDepth ? -1 : offsetOfDepth(body, maxDepth);
  if (tooDeep !== -1) {
    const message = `expected JSON nested at most ${maxDepth} deep, found deeper`;
    return { kind: 'issue', code: 'JSON_TOO_DEEP', message, at: locate(positionOf(body, tooDeep)) };
  }
  try {
    return { value: JSON.parse(body) };
  } catch {
    const { message, offset } = describeFailure(body);
    return { kind: 'issue', code: 'JSON_INVALID', message, at: locate(positionOf(body, offset)) };
  }
}
