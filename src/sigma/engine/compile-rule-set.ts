import type { Placeholders } from '../compile-item.js';
import type { SigmaRule } from '../sigma-rule.js';
import { buildAutomata } from './build-automata.js';
import { chooseWitnesses } from './choose-witnesses.js';
import { encodeCondition } from './encode-condition.js';
import { lowerRule } from './lower-rule.js';
import { ANY_FIELD, PredicateTable } from './predicate-table.js';
import type { RuleSetImage } from './rule-set-image.js';
import { charactersOf, textClasses } from './text-classes.js';

/**
 * Compiles rules to one set that is matched at once.
 *
 * @param rules in the order in which they are numbered; those that `compileRule` refuses never match.
 */
export function compileRuleSet(
  rules: readonly SigmaRule[],
  placeholders: Placeholders = new Map(),
): RuleSetImage {
  const table = new PredicateTable();
  const program: number[] = [];
  const conditions: number[] = [];
  const witnessStarts: number[] = [0];
  const witnesses: number[] = [];
  for (const rule of rules) {
    const expr = lowerRule(rule, { table, placeholders });
    conditions.push(program.length);
    encodeCondition(expr, table, program);
    // A rule that is never true has no witness and a condition that says so at once.
    for (const id of chooseWitnesses(expr, table)?.predicates ?? []) witnesses.push(id);
    witnessStarts.push(witnesses.length);
  }
  const characters = charactersOf(table.needles.map(({ text }) => text));
  const { roots, states, dense, outputs, filters } = buildAutomata(
    table.needles,
    table.fields.length,
    textClasses(characters),
  );
  return {
    keywords: table.needles
      .filter(({ field }) => field === ANY_FIELD)
      .map(({ text, predicate }) => ({ text, predicate })),
    fields: table.fields,
    characters,
    specials: table.specials,
    roots: Int32Array.from(
      roots.flatMap(({ prefix, suffix, contains, filter }) => [prefix, suffix, contains, filter]),
    ),
    states,
    dense,
    outputs,
    filters,
    present: Int32Array.from(table.present),
    exists: Int32Array.from(table.exists),
    fieldOf: Int32Array.from(table.fieldOf),
    program: Int32Array.from(program),
    conditions: Int32Array.from(conditions),
    witnessStarts: Int32Array.from(witnessStarts),
    witnesses: Int32Array.from(witnesses),
  };
}
