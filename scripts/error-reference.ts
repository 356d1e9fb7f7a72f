/** npm run docs:errors: writes docs/reference/errors.md from the table of codes. */
import { writeFileSync } from 'node:fs';
import { ERROR_CODES, ISSUE_CODES } from '../src/model/error-codes.table.js';

const errors = Object.entries(ERROR_CODES).map(
  ([code, { exitCode, meaning }]) => `| \`${code}\` | ${exitCode} | ${meaning} |`,
);
const issues = Object.entries(ISSUE_CODES).map(([code, meaning]) => `| \`${code}\` | ${meaning} |`);

writeFileSync(
  'docs/reference/errors.md',
  `# Errors and issues

Written by \`npm run docs:errors\` from \`src/model/error-codes.table.ts\`.

## Errors

The caller or the world is wrong: the command ends with one line on standard error and the exit code.

| code | exit | meaning |
| --- | --- | --- |
${errors.join('\n')}

## Issues

The input is wrong in one place: it is counted and shown with its place, and the rest goes on.

| code | meaning |
| --- | --- |
${issues.join('\n')}
`,
);
