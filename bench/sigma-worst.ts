/**
 * npm run bench:sigma -- --worst: looks for the event of at most 64 KiB that takes longest to match.
 *
 * Texts are made for every rule that cannot be answered by automata alone: repeated starts of what its regular expressions
 * match, their needles, and random letters of their alphabets. The slowest are then mixed and changed for a while.
 */

import type { RuleSetImage } from '../src/sigma/engine/rule-set-image.js';
import { type CompiledRule, createRuleEngine, type RuleEngine } from '../src/sigma/index.js';
import type { Operand } from '../src/sigma/operand.js';
import { parseRegex } from '../src/sigma/regex/parse-regex.js';
import type { RegexNode } from '../src/sigma/regex/regex-node.js';
import { Dice } from './dice.js';

const MAX_CHARACTERS = 64 * 1024;

export interface WorstEvent {
  readonly title: string;
  readonly logsource: string;
  readonly fields: number;
  /** Milliseconds of CPU of the first match and the median of five. */
  readonly firstMs: number;
  readonly medianMs: number;
  readonly tried: number;
}

interface Candidate {
  readonly rule: number;
  readonly texts: ReadonlyMap<string, string>;
}

/** The slowest event that a search of `seconds` found. */
export function searchWorstEvent(
  rules: readonly CompiledRule[],
  image: RuleSetImage,
  seconds: number,
): WorstEvent {
  const logsources = rules.map(({ rule }) => rule.logsource);
  const engine = createRuleEngine(image, logsources);
  const dice = new Dice(0xbad_5eed);
  const candidates = rules.flatMap((_, rule) => candidatesOf(rule, image, dice));
  const timed = candidates
    .map((candidate) => ({ candidate, ms: timeOf(engine, eventOf(candidate, rules)) }))
    .sort((a, b) => b.ms - a.ms);
  let tried = timed.length;
  const pool = timed.slice(0, 60);
  const endMs = performance.now() + seconds * 1_000;
  while (performance.now() < endMs) {
    const candidate = mutate(
      pool.map((one) => one.candidate),
      dice,
    );
    const ms = timeOf(engine, eventOf(candidate, rules));
    tried += 1;
    const last = pool.at(-1);
    if (last !== undefined && ms > last.ms) {
      pool[pool.length - 1] = { candidate, ms };
      pool.sort((a, b) => b.ms - a.ms);
    }
  }
  return report(
    pool.slice(0, 10).map(({ candidate }) => candidate),
    { rules, image, tried },
  );
}

/** Times the slowest again, each with an engine of its own: the first match also compiles regular expressions. */
function report(
  candidates: readonly Candidate[],
  { rules, image, tried }: { rules: readonly CompiledRule[]; image: RuleSetImage; tried: number },
): WorstEvent {
  const logsources = rules.map(({ rule }) => rule.logsource);
  const results = candidates.map((candidate): WorstEvent => {
    const engine = createRuleEngine(image, logsources);
    const event = eventOf(candidate, rules);
    const rule = rules[candidate.rule]?.rule;
    const [firstMs = 0, ...others] = Array.from({ length: 6 }, () => msOf(engine, event));
    return {
      title: rule?.title ?? '',
      logsource: Object.values(rule?.logsource ?? {})
        .filter(Boolean)
        .join('/'),
      fields: candidate.texts.size,
      firstMs,
      medianMs: others.sort((a, b) => a - b)[2] ?? 0,
      tried,
    };
  });
  return (
    results.sort((a, b) => b.medianMs - a.medianMs)[0] ?? {
      title: '',
      logsource: '',
      fields: 0,
      firstMs: 0,
      medianMs: 0,
      tried,
    }
  );
}

function eventOf({ rule, texts }: Candidate, rules: readonly CompiledRule[]) {
  const { product, category, service } = rules[rule]?.rule.logsource ?? {};
  return {
    fields: texts,
    logsource: {
      product,
      categories: category === undefined ? [] : [category],
      services: service === undefined ? [] : [service],
    },
  };
}

type MadeEvent = ReturnType<typeof eventOf>;

function msOf(engine: RuleEngine, event: MadeEvent): number {
  const before = process.cpuUsage();
  engine.match(event);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

/** The better of two: the machine has other work. */
function timeOf(engine: RuleEngine, event: MadeEvent): number {
  return Math.min(msOf(engine, event), msOf(engine, event));
}

/** Texts for the special predicates that a rule asks, one candidate each. */
function candidatesOf(rule: number, image: RuleSetImage, dice: Dice): Candidate[] {
  const start = image.conditions[rule] ?? 0;
  const end = image.conditions[rule + 1] ?? image.program.length;
  const asked = new Set(image.program.subarray(start, end));
  const specials = image.specials.filter(({ id }) => asked.has(id));
  return specials.flatMap(({ field, operand }) =>
    seedsOf(operand, dice).map((seed) => {
      const name = field === 0 ? 'Message' : (image.fields[field] ?? '');
      return { rule, texts: new Map([[name, fill(seed)]]) };
    }),
  );
}

function fill(seed: string): string {
  return seed === ''
    ? ''
    : seed.repeat(Math.ceil(MAX_CHARACTERS / seed.length)).slice(0, MAX_CHARACTERS);
}

function seedsOf(operand: Operand, dice: Dice): string[] {
  if (operand.kind === 'text') {
    const literals = operand.pattern.filter((token) => typeof token === 'string');
    const all = literals.join('');
    return [all, `${all}${literals[0] ?? ''}`.repeat(3), [...literals].reverse().join('x')];
  }
  if (operand.kind !== 'regex') return [];
  const node = parseRegex(operand.pattern, operand.flags);
  if (node.kind === 'problem') return [];
  const example = () => exampleOf(node, dice);
  const cut = (text: string) => text.slice(0, Math.max(1, text.length - 1 - dice.below(4)));
  const mixed = Array.from({ length: 200 }, () => cut(example())).join('');
  const letters = [...new Set(mixed)];
  const random = Array.from({ length: 20_000 }, () => letters[dice.below(letters.length)]).join('');
  return [example(), cut(example()), mixed, random, `${example()}${random}`];
}

/** A text that a node matches. */
function exampleOf(node: RegexNode, dice: Dice): string {
  switch (node.kind) {
    case 'set': {
      const [from, to] = node.set[dice.below(Math.min(node.set.length, 3))] ?? [97, 97];
      return String.fromCharCode(from + dice.below(Math.min(to - from + 1, 90)));
    }
    case 'edge':
      return '';
    case 'sequence':
      return node.parts.map((part) => exampleOf(part, dice)).join('');
    case 'choice': {
      const part = node.parts[dice.below(node.parts.length)];
      return part === undefined ? '' : exampleOf(part, dice);
    }
    case 'repeat': {
      const most = Math.min(node.max, node.min + 3);
      const count = node.min + dice.below(most - node.min + 1);
      return Array.from({ length: Math.min(count, 300) }, () => exampleOf(node.part, dice)).join(
        '',
      );
    }
  }
}

/** Puts together parts of two texts of one field, changes a letter, or gives the room to several fields. */
function mutate(pool: readonly Candidate[], dice: Dice): Candidate {
  const one = pool[dice.below(pool.length)] ?? { rule: 0, texts: new Map<string, string>() };
  const other = pool[dice.below(pool.length)] ?? one;
  const texts = new Map(one.texts);
  const names = [...new Set([...one.texts.keys(), ...other.texts.keys()])];
  const room = Math.floor(MAX_CHARACTERS / Math.max(1, names.length));
  for (const name of names) {
    const left = one.texts.get(name) ?? '';
    const right = other.texts.get(name) ?? left;
    const at = dice.below(left.length + 1);
    const piece = right.slice(dice.below(right.length + 1));
    const joined = `${left.slice(0, at)}${piece.slice(0, 1 + dice.below(4_000))}`;
    texts.set(name, fill(joined === '' ? right : joined).slice(0, room));
  }
  return { rule: one.rule, texts };
}
