import type { Issue } from '../model/index.js';
import {
  SCORE_CONSTANTS,
  SCORE_FUNCTIONS,
  type Score,
  type ScoreFunction,
} from './score-functions.js';
import { type ScoreSyntaxError, type ScoreToken, tokenizeScore } from './score-tokens.js';

/** Longest expression, in UTF-16 code units. */
export const MAX_EXPRESSION_CHARS = 2_000;
/** Deepest nesting of parentheses, functions, signs and `?:`. */
export const MAX_EXPRESSION_DEPTH = 50;

/** The score of the layer with that name, or undefined when it is unscored. */
export type ScoreScope = (layerName: string) => Score;

/** A score expression, ready to be worked out for any number of techniques. */
export interface ScoreExpression {
  readonly kind: 'score-expression';
  readonly text: string;
  /** Names of layers it asks for, each once, in the order in which it names them. */
  readonly variables: readonly string[];
  /** @returns undefined = unscored; never NaN or infinite. */
  evaluate(scope: ScoreScope): Score;
}

type Evaluate = ScoreExpression['evaluate'];
type Operator = (left: number, right: number) => number;

/** Stops the parser; caught in `parseScoreExpression` only. */
class SyntaxStop extends Error {
  readonly column: number;
  constructor({ message, column }: ScoreSyntaxError) {
    super(message);
    this.column = column;
  }
}

const isTrue = (value: Score): boolean => value !== undefined && value !== 0;

// Remainder with the sign of the divisor, as mathematics (and Navigator) has it: -1 % 3 is 2.
const modulo: Operator = (left, right) => left - right * Math.floor(left / right);

const ARITHMETIC: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ['+', (left, right) => left + right],
  ['-', (left, right) => left - right],
  ['*', (left, right) => left * right],
  ['/', (left, right) => left / right],
  ['%', modulo],
  ['^', (left, right) => left ** right],
]);

const COMPARISONS: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ['<', (left, right) => Number(left < right)],
  ['>', (left, right) => Number(left > right)],
  ['<=', (left, right) => Number(left <= right)],
  ['>=', (left, right) => Number(left >= right)],
  ['==', (left, right) => Number(left === right)],
  ['!=', (left, right) => Number(left !== right)],
]);

const LOGIC: ReadonlyMap<string, (left: boolean, right: boolean) => boolean> = new Map([
  ['&&', (left: boolean, right: boolean) => left && right],
  ['||', (left: boolean, right: boolean) => left || right],
  ['xor', (left: boolean, right: boolean) => left !== right],
]);

/** Unscored when either side is, or when no number comes out (division by 0). */
function applyToScored(operator: Operator, left: Evaluate, right: Evaluate): Evaluate {
  return (scope) => {
    const [a, b] = [left(scope), right(scope)];
    return a === undefined || b === undefined ? undefined : finite(operator(a, b));
  };
}

const finite = (value: Score): Score =>
  value !== undefined && Number.isFinite(value) ? value : undefined;

/** Recursive descent; each method reads one level of precedence and leaves `next` behind it. */
class ScoreParser {
  readonly variables = new Set<string>();
  private readonly tokens: readonly ScoreToken[];
  private position = 0;
  private depth = 0;

  constructor(tokens: readonly ScoreToken[]) {
    this.tokens = tokens;
  }

  parse(): Evaluate {
    const evaluate = this.conditional();
    if (this.next.kind !== 'end') this.stop('an operator or the end');
    return evaluate;
  }

  private get next(): ScoreToken {
    // Invariant: the last token is `end`, and nothing moves past it.
    return this.tokens[this.position] ?? { kind: 'end', column: 1 };
  }

  private stop(expected: string): never {
    const { next } = this;
    const found =
      next.kind === 'end'
        ? 'the end'
        : `"${next.kind === 'number' ? next.value : next.kind === 'name' ? next.name.slice(0, 40) : next.sign}"`;
    throw new SyntaxStop({ message: `expected ${expected}, found ${found}`, column: next.column });
  }

  /** Steps over a sign if it is the next word. */
  private accept(...signs: readonly string[]): string | undefined {
    const { next } = this;
    if (next.kind !== 'sign' || !signs.includes(next.sign)) return undefined;
    this.position += 1;
    return next.sign;
  }

  private expect(sign: string): void {
    if (this.accept(sign) === undefined) this.stop(`"${sign}"`);
  }

  private nested<T>(read: () => T): T {
    this.depth += 1;
    if (this.depth > MAX_EXPRESSION_DEPTH) {
      const message = `expected at most ${MAX_EXPRESSION_DEPTH} levels of nesting, found more`;
      throw new SyntaxStop({ message, column: this.next.column });
    }
    const value = read();
    this.depth -= 1;
    return value;
  }

  private conditional(): Evaluate {
    const condition = this.logic(['||'], () =>
      this.logic(['xor'], () => this.logic(['&&'], () => this.comparison())),
    );
    if (this.accept('?') === undefined) return condition;
    const whenTrue = this.nested(() => this.conditional());
    this.expect(':');
    const whenFalse = this.nested(() => this.conditional());
    return (scope) => (isTrue(condition(scope)) ? whenTrue(scope) : whenFalse(scope));
  }

  private logic(signs: readonly string[], operand: () => Evaluate): Evaluate {
    let left = operand();
    for (let sign = this.accept(...signs); sign !== undefined; sign = this.accept(...signs)) {
      const [first, second, join] = [left, operand(), LOGIC.get(sign)];
      left = (scope) => Number(join?.(isTrue(first(scope)), isTrue(second(scope))) ?? false);
    }
    return left;
  }

  /** `a < b < c` asks for `a < b and b < c`. */
  private comparison(): Evaluate {
    let left = this.arithmetic(['+', '-'], () =>
      this.arithmetic(['*', '/', '%'], () => this.unary()),
    );
    const parts: Evaluate[] = [];
    for (
      let sign = this.accept(...COMPARISONS.keys());
      sign;
      sign = this.accept(...COMPARISONS.keys())
    ) {
      const right = this.arithmetic(['+', '-'], () =>
        this.arithmetic(['*', '/', '%'], () => this.unary()),
      );
      const operator = COMPARISONS.get(sign);
      if (operator !== undefined) parts.push(applyToScored(operator, left, right));
      left = right;
    }
    const [only] = parts;
    if (only === undefined) return left;
    return parts.length === 1 ? only : (scope) => allTrue(parts, scope);
  }

  private arithmetic(signs: readonly string[], operand: () => Evaluate): Evaluate {
    let left = operand();
    for (let sign = this.accept(...signs); sign !== undefined; sign = this.accept(...signs)) {
      const right = operand();
      const operator = ARITHMETIC.get(sign);
      if (operator !== undefined) left = applyToScored(operator, left, right);
    }
    return left;
  }

  private unary(): Evaluate {
    const sign = this.accept('-', '+', '!');
    if (sign === undefined) return this.power();
    const operand = this.nested(() => this.unary());
    if (sign === '!') return (scope) => Number(!isTrue(operand(scope)));
    if (sign === '+') return operand;
    return (scope) => {
      const value = operand(scope);
      return value === undefined ? undefined : 0 - value;
    };
  }

  /** Binds to the right and before a sign on its left: -2^2 is -4, 2^-1 is 0.5, 2^3^2 is 2^9. */
  private power(): Evaluate {
    const base = this.primary();
    if (this.accept('^') === undefined) return base;
    const exponent = this.nested(() => this.unary());
    return applyToScored((left, right) => left ** right, base, exponent);
  }

  private primary(): Evaluate {
    const { next } = this;
    if (next.kind === 'number') {
      this.position += 1;
      const { value } = next;
      return () => finite(value);
    }
    if (next.kind === 'name') return this.named(next.name);
    if (this.accept('(') === undefined) this.stop('a number, layer or "("');
    const inner = this.nested(() => this.conditional());
    this.expect(')');
    return inner;
  }

  private named(name: string): Evaluate {
    const after = this.tokens[this.position + 1];
    if (after?.kind === 'sign' && after.sign === '(') return this.call(name);
    this.position += 1;
    if (SCORE_CONSTANTS.has(name)) {
      const constant = SCORE_CONSTANTS.get(name);
      return () => constant;
    }
    this.variables.add(name);
    return (scope) => finite(scope(name));
  }

  private call(name: string): Evaluate {
    const called = SCORE_FUNCTIONS.get(name);
    if (called === undefined) this.stop(`one of ${[...SCORE_FUNCTIONS.keys()].join(', ')}`);
    const { column } = this.next;
    this.position += 2;
    const values: Evaluate[] = [];
    if (this.accept(')') === undefined) {
      do values.push(this.nested(() => this.conditional()));
      while (this.accept(',') !== undefined);
      this.expect(')');
    }
    checkCount({ name, called, column, count: values.length });
    return (scope) => finite(called.apply(values.map((value) => value(scope))));
  }
}

function allTrue(parts: readonly Evaluate[], scope: ScoreScope): Score {
  const values = parts.map((part) => part(scope));
  if (values.includes(0)) return 0;
  return values.includes(undefined) ? undefined : 1;
}

function checkCount(call: {
  readonly name: string;
  readonly called: ScoreFunction;
  readonly column: number;
  readonly count: number;
}): void {
  const { minArguments: least, maxArguments: most } = call.called;
  if (call.count >= least && call.count <= most) return;
  const range =
    least === most ? `${least}` : most === Infinity ? `${least} or more` : `${least} to ${most}`;
  const message = `expected ${range} values in ${call.name}(…), found ${call.count}`;
  throw new SyntaxStop({ message, column: call.column });
}

/**
 * Parses an expression over the scores of layers: `a`, `b`, `c` …; docs/layers.md has the language.
 *
 * Unscored is not 0: arithmetic and comparison with it are unscored, `and`, `or`, `not` and `?:` take it as false, `min`, `max`, `avg`
 * … leave it out, and `or0(a)`, `default(a, 5)` and `scored(a)` say what is wanted instead.
 *
 * @returns an Issue (`LAYER_EXPRESSION`) with the column when it cannot be read.
 */
export function parseScoreExpression(text: string): ScoreExpression | Issue {
  if (text.length > MAX_EXPRESSION_CHARS) {
    const message = `expected an expression of at most ${MAX_EXPRESSION_CHARS} characters, found ${text.length}`;
    return expressionIssue({ message, column: MAX_EXPRESSION_CHARS + 1 });
  }
  const tokens = tokenizeScore(text);
  if ('message' in tokens) return expressionIssue(tokens);
  const parser = new ScoreParser(tokens);
  try {
    const evaluate = parser.parse();
    return { kind: 'score-expression', text, variables: [...parser.variables], evaluate };
  } catch (error) {
    if (error instanceof SyntaxStop) return expressionIssue(error);
    throw error;
  }
}

function expressionIssue({ message, column }: ScoreSyntaxError): Issue {
  const at = { source: 'expression', line: 1, column };
  return { kind: 'issue', code: 'LAYER_EXPRESSION', message, at };
}
