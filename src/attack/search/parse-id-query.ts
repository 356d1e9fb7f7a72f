/** What a query that looks like an id asks for. */
export interface IdQuestion {
  /** Ids that are meant as a whole, likeliest first. */
  readonly exact: readonly string[];
  /** Beginnings of ids. */
  readonly prefixes: readonly string[];
}

/** Letters that ids begin with, techniques first; the order decides between ids of one number. */
const LETTERS = ['T', 'TA', 'G', 'S', 'C', 'M', 'A', 'DC', 'DS', 'DET', 'AN'] as const;

const WHOLE_ID = /^(TA|T|G|S|C|M|A|DC|DS|DET|AN)(\d{4})(?:[./_-](\d{3}))?$/;
const TYPED_ID = /^(TA|T|G|S|C|M|A|DC|DS|DET|AN)?[ -]?(\d{1,4})(?:[./_ -](\d{0,3}))?$/;
// Source: addresses of attack.mitre.org.
const ADDRESS =
  /\/(?:techniques|tactics|groups|software|campaigns|mitigations|assets|datasources|datacomponents|detectionstrategies|analytics)\/([a-z]{1,3}\d{4})(?:\/(\d{3}))?/gi;
const SIGMA_TAG = /^attack\./i;

/**
 * Reads a query that is an id or the beginning of one: `t1059.1`, `T1059/001`, `1059`, `G16`, `T10`.
 *
 * @returns undefined when it is none of these.
 */
export function parseTypedId(query: string): IdQuestion | undefined {
  const trimmed = query.trim().replace(SIGMA_TAG, '').toUpperCase();
  const [whole, letters, digits = '', sub] = TYPED_ID.exec(trimmed) ?? [];
  if (whole === undefined) return undefined;
  if (letters === undefined) return digits.length < 3 ? undefined : bareNumber(digits, sub);
  if (sub !== undefined && letters !== 'T') return undefined;
  return numbered(letters, digits, sub);
}

function bareNumber(digits: string, sub: string | undefined): IdQuestion {
  if (sub !== undefined) return numbered('T', digits, sub);
  if (digits.length < 4) return { exact: [], prefixes: [`T${digits}`] };
  return { exact: LETTERS.map((letters) => `${letters}${digits}`), prefixes: [`T${digits}.`] };
}

function numbered(letters: string, digits: string, sub: string | undefined): IdQuestion {
  const id = `${letters}${digits}`;
  if (sub === undefined || sub === '') {
    const isWhole = digits.length === 4;
    // `G16` is G0016, but `C2` and `S3` are words.
    const padded = digits.length > 1 ? [`${letters}${digits.padStart(4, '0')}`] : [];
    const prefixes = isWhole && sub === undefined ? [`${id}.`] : [`${id}${sub === '' ? '.' : ''}`];
    return { exact: isWhole ? [id] : padded, prefixes };
  }
  const exact = [`${id}.${sub.padStart(3, '0')}`];
  return sub.startsWith('0') && sub.length < 3
    ? { exact: [], prefixes: [`${id}.${sub}`] }
    : { exact, prefixes: [] };
}

/** Whole ids that a longer query names: `T1059.001 PowerShell`, `attack.t1003`, an address of attack.mitre.org. */
export function findIds(query: string): readonly string[] {
  const found = new Set<string>();
  for (const [, id = '', sub] of query.matchAll(ADDRESS)) {
    found.add(`${id.toUpperCase()}${sub === undefined ? '' : `.${sub}`}`);
  }
  for (const word of query.split(/[\s,;:|"'()[\]{}<>]+/)) {
    const [, letters, digits, sub] = WHOLE_ID.exec(word.replace(SIGMA_TAG, '').toUpperCase()) ?? [];
    if (letters === undefined || (sub !== undefined && letters !== 'T')) continue;
    found.add(`${letters}${digits}${sub === undefined ? '' : `.${sub}`}`);
  }
  return [...found];
}
