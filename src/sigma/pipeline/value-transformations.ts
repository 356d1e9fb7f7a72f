import { expandPlaceholders } from '../expand-placeholders.js';
import {
  ANY,
  joinPattern,
  ONE,
  type PatternToken,
  parsePattern,
  type SigmaPattern,
} from '../sigma-pattern.js';
import type { ParamReader } from './param-reader.js';
import type { Transformation, ValueChange } from './pipeline.js';
import { PipelineFailure } from './pipeline-failure.js';
import { type PythonRegex, parsePythonRegex } from './python-regex.js';
import { changeItems, type WorkItem } from './rule-work.js';
import { parsePlain, plainText, plainToken, type WorkValue } from './work-value.js';

/** A transformation of every value of the items that its conditions let through. */
function changeValues(change: ValueChange): Transformation {
  return (work, { item: pipelineItem }) =>
    changeItems(work, (item) => {
      if (!pipelineItem.itemHolds(item, work)) return item;
      let isChanged = false;
      const values = item.values.flatMap((value) => {
        const changed = change(value, item);
        if (changed === undefined) return [value];
        isChanged = true;
        return changed;
      });
      if (!isChanged) return item;
      item.values = values;
      item.applied.add(pipelineItem.id);
      return values.length === 0 ? undefined : item;
    });
}

type TextChange = (
  pattern: SigmaPattern,
  item: WorkItem,
) => WorkValue | readonly WorkValue[] | undefined;

function changeTexts(change: TextChange): Transformation {
  return changeValues((value, item) =>
    value.kind === 'text' ? change(value.pattern, item) : undefined,
  );
}

function toText(pattern: SigmaPattern): WorkValue {
  return { kind: 'text', pattern };
}

/** Changes the literal parts of a pattern and leaves its wildcards. */
function mapLiterals(
  pattern: SigmaPattern,
  change: (literal: string) => readonly PatternToken[],
): SigmaPattern {
  return joinPattern(
    pattern.flatMap((token) => (typeof token === 'string' ? change(token) : [token])),
  );
}

/** `replace_string` */
export function replaceString(params: ParamReader): Transformation {
  const regex = parsePythonRegex(params.text('regex'), [...params.path, 'regex']);
  const replacement = params.text('replacement');
  const skipSpecial = params.flag('skip_special');
  const interpretSpecial = params.flag('interpret_special');
  const inLiteral = (literal: string): readonly PatternToken[] => {
    const text = replaceAll(literal, regex, replacement);
    return interpretSpecial ? parsePattern(text) : [text];
  };
  return changeValues((value) => {
    if (value.kind === 'text')
      return toText(
        skipSpecial
          ? mapLiterals(value.pattern, inLiteral)
          : replaceInPlain(value.pattern, regex, replacement),
      );
    if (value.kind !== 'plain' || typeof value.value !== 'number') return undefined;
    return toText(replaceInPlain([String(value.value)], regex, replacement));
  });
}

function replaceAll(text: string, regex: PythonRegex, replacement: string): string {
  let replaced = '';
  let from = 0;
  for (const match of regex.matches(text)) {
    replaced += text.slice(from, match.index) + regex.expand(replacement, match);
    from = match.index + match[0].length;
  }
  return replaced + text.slice(from);
}

/** A character or wildcard of a pattern and where its plain text stands. */
interface Span {
  readonly start: number;
  readonly text: string;
  readonly token: PatternToken;
}

/**
 * Replaces in the plain text of a pattern. Only what was replaced is read again as wildcards: `C:\*` in plain text could be
 * either, so what was not touched keeps its tokens.
 */
function replaceInPlain(
  pattern: SigmaPattern,
  regex: PythonRegex,
  replacement: string,
): SigmaPattern {
  const spans: Span[] = [];
  let plain = '';
  for (const token of pattern)
    for (const piece of typeof token === 'string' ? token.split('') : [token]) {
      const text = plainToken(piece);
      spans.push({ start: plain.length, text, token: piece });
      plain += text;
    }
  const result: PatternToken[] = [];
  let pending = '';
  const flush = (): void => {
    result.push(...parsePlain(pending));
    pending = '';
  };
  const keep = (start: number, end: number): void => {
    for (const span of spans) {
      const spanEnd = span.start + span.text.length;
      if (spanEnd <= start || span.start >= end) continue;
      if (span.start >= start && spanEnd <= end) {
        flush();
        result.push(span.token);
      } else pending += plain.slice(Math.max(span.start, start), Math.min(spanEnd, end));
    }
  };
  let from = 0;
  for (const match of regex.matches(plain)) {
    keep(from, match.index);
    pending += regex.expand(replacement, match);
    from = match.index + match[0].length;
  }
  keep(from, plain.length);
  flush();
  return joinPattern(result);
}

/** `map_string` */
export function mapString(params: ParamReader): Transformation {
  const mapping = params.mapping('mapping');
  return changeTexts((pattern) => {
    const mapped = mapping.get(plainText(pattern));
    if (mapped === undefined) return undefined;
    return typeof mapped === 'string'
      ? toText(parsePattern(mapped))
      : mapped.map((text) => toText(parsePattern(text)));
  });
}

/** `case` */
export function changeCase(params: ParamReader): Transformation {
  const method = params.oneOf('method', ['lower', 'upper', 'snake_case'], 'lower');
  const change = {
    lower: (text: string) => text.toLowerCase(),
    upper: (text: string) => text.toUpperCase(),
    snake_case: (text: string) => text.replace(/(?<!^)(?=[A-Z])/g, '_').toLowerCase(),
  }[method];
  return changeTexts((pattern) => toText(mapLiterals(pattern, (literal) => [change(literal)])));
}

// Source: Python's re.escape.
const REGEX_SPECIAL = /[()[\]{}?*+\-|^$\\.&~# \t\n\r\v\f]/g;

/** `regex`: text becomes a regular expression over the whole field. */
export function textToRegex(params: ParamReader): Transformation {
  const method = params.oneOf(
    'method',
    ['plain', 'ignore_case_flag', 'ignore_case_brackets'],
    'ignore_case_brackets',
  );
  const quote = (text: string): string => text.replace(REGEX_SPECIAL, '\\$&');
  const bracket = (text: string): string =>
    /\p{L}/u.test(text) ? `[${text.toLowerCase()}${text.toUpperCase()}]` : quote(text);
  const literal = (text: string): string =>
    method === 'ignore_case_brackets' ? [...text].map(bracket).join('') : quote(text);
  return changeTexts((pattern, item) => {
    if (pattern.length === 0) return undefined;
    if (item.expands) throw new PipelineFailure('placeholders cannot become a regular expression');
    const body = pattern
      .map((token) => {
        if (typeof token === 'string') return literal(token);
        return token === ANY ? '.*' : '.';
      })
      .join('');
    // Text is compared with the whole field, an expression is looked for in it.
    const modifiers = method === 'ignore_case_flag' ? ['re', 'i', 's'] : ['re', 's'];
    return { kind: 'opaque', modifiers, value: `^${body}$` };
  });
}

/** `set_value` */
export function setValue(params: ParamReader): Transformation {
  const value = params.scalar('value');
  const force = params.has('force_type') ? params.oneOf('force_type', ['str', 'num']) : undefined;
  if (force !== undefined && (value === null || typeof value === 'boolean'))
    params.fail('force_type', 'none for a value that is no text or number');
  const set = (): WorkValue => {
    if (force === 'num') return toNumber(String(value), () => params.fail('value', 'a number'));
    if (force === 'str' || typeof value === 'string') return toText(parsePattern(String(value)));
    return { kind: 'plain', value };
  };
  const constant = set();
  return changeValues(() => constant);
}

function toNumber(text: string, fail: () => never): WorkValue {
  const number = Number(text);
  return text.trim() === '' || !Number.isFinite(number) ? fail() : { kind: 'plain', value: number };
}

/** `convert_type` */
export function convertType(params: ParamReader): Transformation {
  const target = params.oneOf('target_type', ['str', 'num']);
  return changeValues((value) => {
    if (target === 'str')
      return value.kind === 'plain' && typeof value.value === 'number'
        ? toText([String(value.value)])
        : undefined;
    if (value.kind !== 'text') return undefined;
    const text = plainText(value.pattern);
    return toNumber(text, () => {
      throw new PipelineFailure(`"${text}" is no number`);
    });
  });
}

/** Which placeholders a transformation is about: those named by `include`, or all but those named by `exclude`. */
function placeholdersMeant(params: ParamReader): (name: string) => boolean {
  const include = params.optionalTexts('include');
  const exclude = params.optionalTexts('exclude');
  if (include !== undefined && exclude !== undefined)
    params.fail('exclude', 'not both include and exclude');
  return (name) => (include?.includes(name) ?? true) && !(exclude?.includes(name) ?? false);
}

const PLACEHOLDER = /%([^%\\]+)%/;

function namesIn(pattern: SigmaPattern): readonly string[] {
  return pattern.flatMap((token) =>
    typeof token === 'string' ? token.split(PLACEHOLDER).filter((_, index) => index % 2 === 1) : [],
  );
}

/** `value_placeholders` */
export function placeholdersToValues(params: ParamReader): Transformation {
  const isMeant = placeholdersMeant(params);
  return (work, context) =>
    changeTexts((pattern, item) => {
      const names = item.expands ? namesIn(pattern) : [];
      if (!names.some(isMeant)) return undefined;
      const values = new Map(
        names.map((name) => [
          name,
          // One that is not meant stands for itself, for what comes later.
          isMeant(name) ? valuesOf(name, context.vars) : [`%${name}%`],
        ]),
      );
      const expanded = expandPlaceholders(pattern, values);
      if (typeof expanded === 'string') throw new PipelineFailure(expanded);
      return expanded.map(toText);
    })(work, context);
}

function valuesOf(name: string, vars: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const values = vars.get(name);
  if (values !== undefined) return values;
  throw new PipelineFailure(`no variable of the pipeline is called "${name}"`);
}

/** `wildcard_placeholders` */
export function placeholdersToWildcards(params: ParamReader): Transformation {
  const isMeant = placeholdersMeant(params);
  return changeTexts((pattern, item) => {
    if (!item.expands || !namesIn(pattern).some(isMeant)) return undefined;
    return toText(
      mapLiterals(pattern, (literal) =>
        literal.split(PLACEHOLDER).map((piece, index) => wildcardOr(piece, index, isMeant)),
      ),
    );
  });
}

function wildcardOr(
  piece: string,
  index: number,
  isMeant: (name: string) => boolean,
): PatternToken {
  if (index % 2 === 0) return piece;
  return isMeant(piece) ? ANY : `%${piece}%`;
}

/** Whether a pattern has a wildcard. */
export function hasWildcard(pattern: SigmaPattern): boolean {
  return pattern.some((token) => token === ANY || token === ONE);
}
