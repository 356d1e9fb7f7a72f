import { expect, it } from 'vitest';
import { fixLintedText } from './lint-edit.js';
import type { LintEdit, LintFinding } from './lint-finding.js';

function finding(line: number, column: number, edit: LintEdit | undefined): LintFinding {
  const at = { source: 'a.yml', line, column };
  return {
    kind: 'lint-finding',
    code: 'TAG_FORM',
    severity: 'error',
    message: '',
    fix: '',
    edit,
    at,
  };
}
const replace = (found: string, replacement: string): LintEdit => ({
  kind: 'replace',
  found,
  replacement,
});

it.each([
  {
    name: 'replaces the value and leaves the comment',
    text: 'tags:\n  - T1 # T1\n',
    findings: [finding(2, 5, replace('T1', 't1'))],
    fixed: 'tags:\n  - t1 # T1\n',
  },
  {
    name: 'does not look before the column',
    text: 'a: T1\n',
    findings: [finding(1, 5, replace('T1', 't1'))],
    fixed: 'a: T1\n',
  },
  {
    name: 'removes an item with its comment',
    text: 'tags:\r\n  - a # twice\r\n  - b\r\n',
    findings: [finding(2, 5, { kind: 'remove-item' })],
    fixed: 'tags:\r\n  - b\r\n',
  },
  {
    name: 'adds an item below, as deep and with the same line end',
    text: 'tags:\r\n    - a\r\n    - b\r\n',
    findings: [finding(2, 7, { kind: 'add-item', item: 'c' })],
    fixed: 'tags:\r\n    - a\r\n    - c\r\n    - b\r\n',
  },
  {
    name: 'leaves a list in brackets alone',
    text: 'tags: [a, a]\n',
    findings: [finding(1, 11, { kind: 'remove-item' })],
    fixed: 'tags: [a, a]\n',
  },
  {
    name: 'changes a line once, and the lines above it rightly',
    text: 'x: A\ny:\n  - b\n  - b\n',
    findings: [
      finding(1, 1, replace('A', 'a')),
      finding(4, 5, { kind: 'remove-item' }),
      finding(4, 5, replace('b', 'c')),
    ],
    fixed: 'x: a\ny:\n  - b\n',
  },
  {
    name: 'leaves what has no edit',
    text: 'x: A\n',
    findings: [finding(1, 1, undefined)],
    fixed: 'x: A\n',
  },
])('$name', ({ text, findings, fixed }) => {
  const result = fixLintedText(text, findings);
  expect(result.text).toBe(fixed);
  expect(result.fixed.length > 0).toBe(text !== fixed);
});
