import { expect, it } from 'vitest';
import { compileRule, problemOfRule } from './compile-rule.js';
import { readRules } from './read-rules.js';

it.each([
  ['a rule that can be used', { 'a|contains': 'b', 'c|re': '^d+$', 'e|cidr': '10.0.0.0/8' }, false],
  ['a modifier that there is not', { 'a|sounds': 'b' }, true],
  ['a regular expression that is none', { 'a|re': '(' }, true],
  ['look-around', { 'a|re': 'b(?=c)' }, true],
  ['a network among keywords', { '|cidr': '10.0.0.0/8' }, true],
  ['a number among keywords', { '|gt': 3 }, true],
  ['keywords that must not be there', { '|neq': 'a' }, true],
  ['a fault behind a good value', [{ a: 'b' }, { c: 'd', 'e|re': '[z-a]' }], true],
])('finds the same problem without compiling: %s', (_what, selection, isRefused) => {
  const detection = { selection, condition: 'selection' };
  const text = JSON.stringify({ title: 'made up', logsource: { product: 'windows' }, detection });
  const { rules, issues } = readRules(text, { source: 'made-up.yml' });
  expect(issues).toEqual([]);
  const [read] = rules;
  if (read === undefined) throw new Error('no rule');
  const compiled = compileRule(read.rule);
  expect(problemOfRule(read.rule)).toEqual(compiled.kind === 'problem' ? compiled : undefined);
  expect(compiled.kind === 'problem').toBe(isRefused);
});
