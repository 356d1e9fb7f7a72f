/** A stretch of the folded text that holds indicators, and the text around it. */
export interface IocPlace {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Characters before a place that may say what it is. */
const NEAR = 48;

/** The end of the line before a place: at most 48 characters. */
export function wordsBefore({ text, start }: IocPlace): string {
  const near = text.slice(Math.max(0, start - NEAR), start);
  return near.slice(near.lastIndexOf('\n') + 1);
}

/** The start of the line after a place: at most 48 characters. */
export function wordsAfter({ text, end }: IocPlace): string {
  const near = text.slice(end, end + NEAR);
  const lineEnd = near.indexOf('\n');
  return lineEnd === -1 ? near : near.slice(0, lineEnd);
}

/** Whether a place fills its line, list item or table cell. */
export function standsAlone(place: IocPlace): boolean {
  const [before, after] = [wordsBefore(place), wordsAfter(place)];
  const opens = /^[\s"'`*•▪◦·>-]*(?:\d{1,3}[.)]\s+)?$/.test(before) || /\t\s*["'`]?$/.test(before);
  const closes = /^["'`]?[,;.]?\s*(?:$|\t)/.test(after);
  return (opens && closes) || (/\|\s*`?$/.test(before) && /^`?\s*\|/.test(after));
}
