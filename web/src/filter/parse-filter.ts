/** Fields that a filter may ask about, with what they mean. */
export const FILTER_FIELDS = {
  id: 'id of the technique: id:T1059',
  name: 'part of the name',
  platform: 'platform of the technique or sub-technique itself',
  tactic: 'name or id of a tactic',
  group: 'used by a group: group:APT29',
  software: 'used by software',
  campaign: 'seen in a campaign',
  mitigation: 'reduced by a mitigation',
  component: 'shown by a data component',
  strategy: 'found by a detection strategy',
  logsource: 'shown by a log source: logsource:Sysmon',
  score: 'score: score>50',
  matches: 'observed matches: matches>=10',
  hosts: 'hosts with evidence: hosts>1',
  comment: 'part of its comment',
  is: 'annotated, unannotated, scored, unscored, disabled, selected, technique, sub',
} as const;

/** One of `FILTER_FIELDS`. */
export type FilterField = keyof typeof FILTER_FIELDS;

export type Comparison = '=' | '>' | '>=' | '<' | '<=';

/** A filter as it was written: and, or, not over questions about a technique. */
export type FilterExpression =
  | { readonly kind: 'all' }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly FilterExpression[] }
  | { readonly kind: 'not'; readonly part: FilterExpression }
  | { readonly kind: 'field'; readonly field: FilterField; readonly value: string }
  | {
      readonly kind: 'compare';
      readonly field: 'score' | 'matches' | 'hosts';
      readonly comparison: Comparison;
      readonly value: number;
    }
  | { readonly kind: 'text'; readonly text: string };

/** What is wrong with a filter, for people. */
export interface FilterError {
  readonly kind: 'filter-error';
  readonly message: string;
}

/** Longest filter that is read. */
const MAX_FILTER_CHARS = 1_000;
const MAX_DEPTH = 30;

// A quoted text, a bracket, or what runs up to a space or bracket; a value after a colon may be quoted.
const TOKEN = /\s*(\(|\)|-(?=\S)|(?:[a-z]+(?::|>=|<=|>|<|=))?"[^"]*"?|[^\s()]+)/giy;

class FilterFault extends Error {}

function tokensOf(text: string): readonly string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(text); match !== null; match = TOKEN.exec(text)) {
    tokens.push(match[1] ?? '');
  }
  return tokens;
}

const isField = (name: string): name is FilterField => Object.hasOwn(FILTER_FIELDS, name);

const unquoted = (text: string): string => text.replace(/^"|"$/g, '');

const QUESTION = /^([a-z]+)(:|>=|<=|>|<|=)(.*)$/is;

function toTerm(token: string): FilterExpression {
  const [, name = '', sign = '', rest = ''] = QUESTION.exec(token) ?? [];
  const field = name.toLowerCase();
  if (sign === '') return { kind: 'text', text: unquoted(token).toLowerCase() };
  if (!isField(field)) {
    throw new FilterFault(
      `expected one of ${Object.keys(FILTER_FIELDS).join(', ')} before ${sign}, found ${name}`,
    );
  }
  const value = unquoted(rest);
  if (value === '') throw new FilterFault(`expected a value after ${field}${sign}`);
  const isNumeric = field === 'score' || field === 'matches' || field === 'hosts';
  if (!isNumeric) return { kind: 'field', field, value: value.toLowerCase() };
  const number = Number(value);
  if (!Number.isFinite(number)) {
    throw new FilterFault(`expected a number after ${field}${sign}, found ${value}`);
  }
  const comparison = sign === ':' ? '=' : (sign as Comparison);
  return { kind: 'compare', field, comparison, value: number };
}

/** Reads the tokens one after the other. */
class FilterReader {
  readonly #tokens: readonly string[];
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
  }

  read(): FilterExpression {
    if (this.#tokens.length === 0) return { kind: 'all' };
    const expression = this.#or();
    const left = this.#tokens[this.#at];
    if (left !== undefined) throw new FilterFault(`expected the end, found ${left}`);
    return expression;
  }

  #word(): string | undefined {
    return this.#tokens[this.#at]?.toLowerCase();
  }

  #or(): FilterExpression {
    const parts = [this.#and()];
    while (this.#word() === 'or') {
      this.#at += 1;
      parts.push(this.#and());
    }
    const [only] = parts;
    return parts.length === 1 && only !== undefined ? only : { kind: 'or', parts };
  }

  #and(): FilterExpression {
    const parts = [this.#not()];
    for (let word = this.#word(); word !== undefined; word = this.#word()) {
      if (word === 'or' || word === ')') break;
      if (word === 'and') this.#at += 1;
      parts.push(this.#not());
    }
    const [only] = parts;
    return parts.length === 1 && only !== undefined ? only : { kind: 'and', parts };
  }

  #not(): FilterExpression {
    const word = this.#word();
    if (word !== 'not' && word !== '-') return this.#single();
    this.#at += 1;
    return { kind: 'not', part: this.#deeper(() => this.#not()) };
  }

  #single(): FilterExpression {
    const token = this.#tokens[this.#at];
    if (token === undefined) throw new FilterFault('expected something more at the end');
    if (token === ')') throw new FilterFault('expected something before )');
    this.#at += 1;
    if (token !== '(') return toTerm(token);
    const inner = this.#deeper(() => this.#or());
    if (this.#word() !== ')') throw new FilterFault('expected ) at the end');
    this.#at += 1;
    return inner;
  }

  #deeper(read: () => FilterExpression): FilterExpression {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) throw new FilterFault(`expected at most ${MAX_DEPTH} brackets`);
    const expression = read();
    this.#depth -= 1;
    return expression;
  }
}

/**
 * Reads a filter: `platform:windows and (group:APT29 or score>50) not is:disabled`.
 *
 * Words side by side must all hold; `-` stands for `not`; bare words ask for names and ids.
 */
export function parseFilter(text: string): FilterExpression | FilterError {
  if (text.length > MAX_FILTER_CHARS) {
    return { kind: 'filter-error', message: `expected at most ${MAX_FILTER_CHARS} characters` };
  }
  try {
    return new FilterReader(tokensOf(text)).read();
  } catch (error) {
    if (!(error instanceof FilterFault)) throw error;
    return { kind: 'filter-error', message: error.message };
  }
}
