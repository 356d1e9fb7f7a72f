import { escapeXml } from '../clean-text.js';

// Controls, half characters and marks that turn the direction of text or take no room: shown by their number, so that no
// log can hide or turn what a person reads.
const HIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Any text as it may stand in HTML content and in attribute values in quotes. What cannot be seen shows as `\u202e`. */
export function htmlText(text: string): string {
  return escapeXml(
    text.replace(HIDDEN, (character) => {
      const code = character.charCodeAt(0).toString(16).padStart(4, '0');
      return `\\u${code}`;
    }),
  );
}

/** `2026-03-03 08:42:10.123` of an ISO time; a dash without one. */
export function htmlTime(time: string | null | undefined): string {
  if (time === null || time === undefined) return '–';
  const shown = time.replace('T', ' ').replace(/(?:\.000)?Z$/, '');
  return `<time datetime="${htmlText(time)}">${htmlText(shown)}</time>`;
}

/** One time, or two of them; the second without the date when it is the same. */
export function htmlSpan(first: string | null, last: string | null): string {
  if (first === null || last === null || first === last) return htmlTime(first);
  const end =
    first.slice(0, 10) === last.slice(0, 10)
      ? last.slice(11).replace(/(?:\.000)?Z$/, '')
      : undefined;
  if (end === undefined) return `${htmlTime(first)} – ${htmlTime(last)}`;
  return `${htmlTime(first)} – <time datetime="${htmlText(last)}">${htmlText(end)}</time>`;
}

/** `1,234` */
export function htmlCount(count: number): string {
  return count.toLocaleString('en-US');
}

/** `1 file`, `2 files` */
export function htmlCounted(count: number, one: string, many = `${one}s`): string {
  return `${htmlCount(count)} ${count === 1 ? one : many}`;
}
