/** A string value of a JSON object; offsets are UTF-16 and leave the quotes out. */
export interface JsonStringField {
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** One object of a JSON text and those of its own fields that hold strings. */
export interface JsonObjectFields {
  readonly start: number;
  readonly end: number;
  /** 1-based line on which it begins. */
  readonly line: number;
  readonly fields: ReadonlyMap<string, JsonStringField>;
}

interface OpenObject {
  readonly start: number;
  readonly isObject: boolean;
  readonly fields: Map<string, JsonStringField>;
  key: string | undefined;
}

// A string that is not closed is taken to the end of its line, so that no text is read twice and the next line of NDJSON is whole.
const TOKEN = /(?<string>"[^"\\\r\n]*(?:\\[^\r\n][^"\\\r\n]*)*")|(?<rest>"[^\r\n]*)|[{}[\]:,]/g;

/**
 * Every object of a JSON text, of one value or of many (NDJSON), with the places of its string fields, so that one can be changed
 * and all else stay. Objects come in the order in which they end. What is no JSON gives what objects it has, never an error.
 */
export function scanJsonFields(text: string): readonly JsonObjectFields[] {
  const scan: Scan = { open: [], objects: [], lastString: undefined };
  for (const { 0: token, index, groups } of text.matchAll(TOKEN)) {
    if (groups?.['rest'] === undefined) takeToken(scan, token, index);
  }
  return withLines(text, scan.objects);
}

/** Grows with every token. */
interface Scan {
  readonly open: OpenObject[];
  readonly objects: JsonObjectFields[];
  lastString: JsonStringField | undefined;
}

function takeToken(scan: Scan, token: string, index: number): void {
  const current = scan.open.at(-1);
  if (token.startsWith('"')) {
    const end = index + token.length - 1;
    scan.lastString = { value: token.slice(1, -1), start: index + 1, end };
    if (current?.key !== undefined) current.fields.set(current.key, scan.lastString);
  }
  if (current !== undefined) {
    current.key = token === ':' && current.isObject ? scan.lastString?.value : undefined;
  }
  if (token === '{' || token === '[') {
    scan.open.push({ start: index, isObject: token === '{', fields: new Map(), key: undefined });
  } else if (token === '}' || token === ']') {
    const { start, isObject, fields } = scan.open.pop() ?? {};
    if (isObject !== true || start === undefined || fields === undefined) return;
    scan.objects.push({ start, end: index + 1, line: 0, fields });
  }
}

function withLines(
  text: string,
  objects: readonly JsonObjectFields[],
): readonly JsonObjectFields[] {
  let line = 1;
  let place = 0;
  const lineOf = new Map<number, number>();
  for (const start of objects.map((object) => object.start).sort((a, b) => a - b)) {
    for (
      let at = text.indexOf('\n', place);
      at !== -1 && at < start;
      at = text.indexOf('\n', place)
    ) {
      line += 1;
      place = at + 1;
    }
    lineOf.set(start, line);
  }
  return objects.map((object) => ({ ...object, line: lineOf.get(object.start) ?? 1 }));
}
