import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = 'src/behaviors';
const LITERAL = /'([A-Za-z@_][\w.@-]*)'/g;

/** Texts in the source of the behaviours that look like names of fields; more than are fields, and all that are. */
export function readWatchedNames(): readonly string[] {
  const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
  );
  const names = files.flatMap((name) =>
    [...readFileSync(join(FOLDER, name), 'utf8').matchAll(LITERAL)].map(([, text = '']) => text),
  );
  return [...new Set(names)].sort();
}

export function watchedFieldsModule(names: readonly string[]): string {
  return `// Made by scripts/watched-fields.ts from the source of the behaviours.

/** Names that behaviours may read of an event: other fields do not go to them. */
export const WATCHED_FIELDS: ReadonlySet<string> = new Set(
  \`
${names.join('\n')}
\`.trim().split('\\n'),
);
`;
}
