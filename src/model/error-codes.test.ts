import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ERROR_CODES, EXIT_CODES, ISSUE_CODES } from './error-codes.table.js';

const rows = (text: string): string[][] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| ---'))
    .map((line) => line.slice(2, -2).split(' | '));

describe('docs/reference/errors.md', () => {
  const documented = rows(readFileSync('docs/reference/errors.md', 'utf8'));

  it('lists every error code with its exit code and meaning, and no other', () => {
    const errors = Object.entries(ERROR_CODES).map(([code, { exitCode, meaning }]) => [
      `\`${code}\``,
      String(exitCode),
      meaning,
    ]);
    expect(documented.filter((row) => row.length === 3 && row[0]?.startsWith('`'))).toEqual(errors);
  });

  it('lists every issue code with its meaning, and no other', () => {
    const issues = Object.entries(ISSUE_CODES).map(([code, meaning]) => [`\`${code}\``, meaning]);
    expect(documented.filter((row) => row.length === 2 && row[0]?.startsWith('`'))).toEqual(issues);
  });
});

it('documents every exit code', () => {
  const codes = rows(readFileSync('docs/reference/exit-codes.md', 'utf8')).map(([code]) => code);
  expect(codes.slice(1)).toEqual(Object.values(EXIT_CODES).map(String));
});
