const CHUNK_CHARACTERS = 64 * 1024;
const SPECIAL = /[\\\n\r\t]/g;
const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** Rows in the text form of PostgreSQL's COPY, made as they are sent. */
export class CopyRows {
  readonly #rows: Iterable<readonly (string | number | null)[]>;

  /** @param rows texts already encoded by `encodeText`: COPY takes no NUL. */
  constructor(rows: Iterable<readonly (string | number | null)[]>) {
    this.#rows = rows;
  }

  *chunks(): Generator<Buffer> {
    let text = '';
    for (const row of this.#rows) {
      for (const [place, value] of row.entries())
        text += `${place === 0 ? '' : '\t'}${toField(value)}`;
      text += '\n';
      if (text.length < CHUNK_CHARACTERS) continue;
      yield Buffer.from(text, 'utf8');
      text = '';
    }
    if (text !== '') yield Buffer.from(text, 'utf8');
  }
}

function toField(value: string | number | null): string {
  if (value === null) return '\\N';
  if (typeof value === 'number') return String(value);
  return value.replace(SPECIAL, (one) => ESCAPES[one] ?? one);
}
