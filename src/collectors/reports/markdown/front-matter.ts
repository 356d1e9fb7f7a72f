import { toIsoDate } from '../to-iso-date.js';

/** What stands above the text of a Markdown file, between lines of `---`. */
export interface FrontMatter {
  /** Where the text begins; 0 without front matter. */
  readonly end: number;
  readonly title: string | undefined;
  /** ISO 8601 */
  readonly date: string | undefined;
}

const MAX_LENGTH = 64 * 1024;
const FENCED = /^(---|\+\+\+)[ \t]*\r?\n([\s\S]*?)\r?\n\1[ \t]*(?:\r?\n|$)/;
const FIELD = /^(title|date|published|published_at|publishdate|created)[ \t]*[:=][ \t]*(\S.*)$/gim;

/** Reads title and date of front matter in YAML or TOML; nothing else of it is used, so neither is parsed in full. */
export function frontMatter(text: string): FrontMatter {
  const found = FENCED.exec(text.slice(0, MAX_LENGTH));
  if (found === null) return { end: 0, title: undefined, date: undefined };
  const fields = new Map<string, string>();
  for (const [, name = '', value = ''] of (found[2] ?? '').matchAll(FIELD)) {
    const key = name.toLowerCase();
    if (!fields.has(key)) fields.set(key, plainValue(value));
  }
  const date = ['date', 'published', 'published_at', 'publishdate', 'created']
    .map((name) => toIsoDate(fields.get(name)))
    .find((value) => value !== undefined);
  const title = fields.get('title');
  return { end: found[0].length, title: title === '' ? undefined : title, date };
}

/** A value without quotation marks or the comment after it. */
function plainValue(value: string): string {
  const trimmed = value.trim();
  const quoted = /^(["'])(.*?)\1/.exec(trimmed);
  if (quoted !== null) return (quoted[2] ?? '').replaceAll('\\"', '"');
  return trimmed.replace(/\s+#.*$/, '');
}
