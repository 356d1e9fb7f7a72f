import { type CharSet, setHas } from '../regex/char-set.js';
import type { RegexNode } from '../regex/regex-node.js';
import { joinExprs, type RuleExpr, TRUE } from './rule-expr.js';

/** Makes the formula "the field contains this text, in any case". */
export type ContainsExpr = (foldedText: string) => RuleExpr;

const MAX_RUNS = 4;
const TELLING_LENGTH = 4;
const MAX_CHOICES = 40;
// Beyond that a gate costs more than what it spares.
const MAX_REPEATS = 3;

/**
 * What must hold for a regular expression to match: the texts that every match contains. True when there is none.
 * Only ASCII texts count, since their lower case does not depend on what is beside them.
 */
export function gateOfRegex(node: RegexNode, contains: ContainsExpr): RuleExpr {
  return gateOf(node, contains);
}

/** The gate of literal pieces that all have to be in the text, each in any case. */
export function gateOfLiterals(literals: readonly string[], contains: ContainsExpr): RuleExpr {
  const runs = literals.flatMap((literal) => literal.toLowerCase().match(ASCII_RUN) ?? []);
  return joinExprs('and', longestFirst(runs).filter(isTelling).slice(0, MAX_RUNS).map(contains));
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII.
const ASCII_RUN = /[\x00-\x7f]+/g;

/** Whether a text is rare enough to be worth looking for: not a letter or two, nor what stands in most command lines. */
function isTelling(text: string): boolean {
  return text.length > 2 || /[`^{}$|<>~+@#&*!;()[\]=]/.test(text);
}

function longestFirst(runs: readonly string[]): string[] {
  return [...new Set(runs)].sort((a, b) => b.length - a.length);
}

function gateOf(node: RegexNode, contains: ContainsExpr): RuleExpr {
  switch (node.kind) {
    case 'set': {
      const character = onlyCharacter(node.set);
      return character === undefined || !isTelling(character) ? TRUE : contains(character);
    }
    case 'edge':
      return TRUE;
    case 'sequence':
      return gateOfSequence(node.parts, contains);
    case 'choice':
      return node.parts.length > MAX_CHOICES
        ? TRUE
        : joinExprs(
            'or',
            node.parts.map((part) => gateOf(part, contains)),
          );
    case 'repeat':
      return node.min === 0 ? TRUE : gateOf(node.part, contains);
  }
}

function gateOfSequence(parts: readonly RegexNode[], contains: ContainsExpr): RuleExpr {
  const runs: string[] = [];
  const others: RuleExpr[] = [];
  let run = '';
  const endRun = () => {
    if (run !== '') runs.push(run);
    run = '';
  };
  for (const part of parts.flatMap(spread)) {
    const character = part.kind === 'set' ? onlyCharacter(part.set) : undefined;
    if (character !== undefined) run += character;
    else if (part.kind !== 'edge') {
      endRun();
      others.push(gateOf(part, contains));
    }
  }
  endRun();
  const [longest = ''] = longestFirst(runs);
  // Short texts are in many events; they count only for want of better ones.
  if (longest.length >= TELLING_LENGTH) {
    const telling = longestFirst(runs).filter((one) => one.length >= TELLING_LENGTH);
    return joinExprs('and', telling.slice(0, MAX_RUNS).map(contains));
  }
  const gates = others.filter((gate) => gate.kind !== 'constant');
  return joinExprs('and', isTelling(longest) ? [contains(longest), ...gates] : gates);
}

/** Sequences within a sequence and `a{2}` as their parts. */
function spread(node: RegexNode): readonly RegexNode[] {
  if (node.kind === 'sequence') return node.parts.flatMap(spread);
  if (node.kind !== 'repeat' || node.min === 0 || node.min > MAX_REPEATS) return [node];
  const copies = Array.from({ length: node.min }, () => spread(node.part)).flat();
  // What may follow ends the run.
  return node.max === node.min ? copies : [...copies, { ...node, min: 0 }];
}

/** The ASCII character that a set stands for in either case, in lower case. */
function onlyCharacter(set: CharSet): string | undefined {
  const size = set.reduce((sum, [from, to]) => sum + to - from + 1, 0);
  const code = set.at(-1)?.[1] ?? 0;
  if (code > 127 || size > 2) return undefined;
  const character = String.fromCharCode(code).toLowerCase();
  if (size === 1) return character;
  const isPair =
    setHas(set, character.toUpperCase().charCodeAt(0)) && character !== character.toUpperCase();
  return isPair && setHas(set, character.charCodeAt(0)) ? character : undefined;
}
