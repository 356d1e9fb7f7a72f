/** A line of a text, found by offsets into it. */
export interface TextLine {
  /** First character that is no white space; `end` for an empty line. */
  readonly start: number;
  /** After the last character that is no white space. */
  readonly end: number;
  /** Columns before `start`; a tab goes to the next multiple of 4. */
  readonly indent: number;
}

const TAB_WIDTH = 4;

/** Cuts a text into lines at `\n`, `\r\n`, `\r` and form feeds. */
export function textLines(text: string): readonly TextLine[] {
  const lines: TextLine[] = [];
  const ends = /\r\n|[\n\r\f\u2028\u2029]/g;
  let from = 0;
  while (from < text.length) {
    const found = ends.exec(text);
    const to = found?.index ?? text.length;
    lines.push(lineOf(text, from, to));
    from = found === null ? text.length : to + found[0].length;
  }
  return lines;
}

function lineOf(text: string, from: number, to: number): TextLine {
  let start = from;
  let indent = 0;
  while (start < to && isBlank(text, start)) {
    indent += text.charCodeAt(start) === 9 ? TAB_WIDTH - (indent % TAB_WIDTH) : 1;
    start += 1;
  }
  let end = to;
  while (end > start && isBlank(text, end - 1)) end -= 1;
  return { start, end, indent };
}

const isBlank = (text: string, index: number): boolean => {
  const code = text.charCodeAt(index);
  return (
    code === 0x20 || (code >= 9 && code <= 13) || (code > 0x7f && /\s/.test(text.charAt(index)))
  );
};
