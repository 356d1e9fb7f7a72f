/**
 * tsx scripts/ordinary-words.ts FOLDER…: writes src/reports/lanes/ordinary-words.table.ts.
 *
 * Ordinary words are those that many documents of ordinary technical text have, in small letters or with one capital (names of
 * people among them): a group or tool of that name ("play", "net", "Kevin") needs more than the word. Folders of Debian: /usr/share/doc. Only the words are kept,
 * no text.
 */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const MOST_WORDS = 9_000;
const LARGEST_FILE = 400_000;
const LINE = 118;

function textsIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return textsIn(path);
    if (!entry.isFile() || !/(?:\.md|\.txt|README|NEWS|FAQ|TODO)[^/]*$/i.test(entry.name))
      return [];
    if (statSync(path).size > LARGEST_FILE) return [];
    const bytes = readFileSync(path);
    return [(path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')];
  });
}

function wordsOf(text: string): ReadonlySet<string> {
  const words = text.match(/(?<![A-Za-z0-9_./-])[A-Za-z][a-z]{1,13}(?![A-Za-z0-9_/-])/g) ?? [];
  return new Set(words.map((word) => word.toLowerCase()));
}

const documents = new Map<string, number>();
for (const text of process.argv.slice(2).flatMap(textsIn))
  for (const word of wordsOf(text)) documents.set(word, (documents.get(word) ?? 0) + 1);
const words = [...documents]
  .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
  .slice(0, MOST_WORDS)
  .map(([word]) => word)
  .sort();

const lines = [''];
for (const word of words) {
  const last = lines.at(-1) ?? '';
  if (last.length + word.length >= LINE) lines.push(word);
  else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
}
writeFileSync(
  'src/reports/lanes/ordinary-words.table.ts',
  `// Written by scripts/ordinary-words.ts from the documentation of Debian 12 (/usr/share/doc): the ${words.length} words that most of its
// documents have. Words alone; no text of any source.
const WORDS = \`
${lines.join('\n')}\`;

/** Words of ordinary technical text, in small letters. */
export const ORDINARY_WORDS: ReadonlySet<string> = new Set(WORDS.trim().split(/\\s+/));
`,
);
console.log(
  `${words.length} words; the last stands in ${documents.get(words.at(-1) ?? '') ?? 0} documents`,
);
