import { writeFileSync } from 'node:fs';
import { LINT_CODES } from '../src/sigma/index.js';

const rows = Object.entries(LINT_CODES).map(
  ([code, { severity, meaning }]) =>
    `| \`${code}\` | ${severity} | ${meaning.replaceAll('|', '\\|')} |`,
);

writeFileSync(
  'docs/reference/rule-checks.md',
  `# What \`portolan rules check\` finds

Written by \`npx tsx scripts/rule-check-reference.ts\` from \`src/sigma/lint/lint-codes.table.ts\`.

An \`error\` keeps a rule from running or makes it wrong, a \`warning\` most likely does, a \`note\` is advice.

| code | severity | meaning |
| --- | --- | --- |
${rows.join('\n')}
`,
);
