/** A set of UTF-16 code units: ascending, disjoint, inclusive ranges `[from, to]`. */
export type CharSet = readonly (readonly [number, number])[];

const LAST = 0xffff;

export const DIGITS: CharSet = [[0x30, 0x39]];
export const WORD: CharSet = [
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
];
// Source: ECMA-262, WhiteSpace and LineTerminator.
export const SPACES: CharSet = [
  [0x09, 0x0d],
  [0x20, 0x20],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
];
/** What ends a line for `.`, `^` and `$`, as in PCRE. */
export const NEWLINES: CharSet = [[0x0a, 0x0a]];
export const EVERYTHING: CharSet = [[0, LAST]];

export function singleChar(code: number): CharSet {
  return [[code, code]];
}

/** Union of sets whose ranges may overlap and come in any order. */
export function unionSets(sets: readonly CharSet[]): CharSet {
  const ranges = sets.flat().sort((a, b) => a[0] - b[0]);
  const merged: [number, number][] = [];
  for (const [from, to] of ranges) {
    const last = merged.at(-1);
    if (last !== undefined && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return merged;
}

export function invertSet(set: CharSet): CharSet {
  const inverted: [number, number][] = [];
  let from = 0;
  for (const [start, end] of set) {
    if (start > from) inverted.push([from, start - 1]);
    from = end + 1;
  }
  if (from <= LAST) inverted.push([from, LAST]);
  return inverted;
}

export function setHas(set: CharSet, code: number): boolean {
  return set.some(([from, to]) => code >= from && code <= to);
}

/** Case folding of one code unit. Source: ECMA-262, Canonicalize without the `u` flag. */
function canonical(code: number): number {
  const upper = String.fromCharCode(code).toUpperCase();
  if (upper.length !== 1) return code;
  const folded = upper.charCodeAt(0);
  return code >= 128 && folded < 128 ? code : folded;
}

/** Code units that share a folded form, for every unit that has a partner. */
function buildPartners(): ReadonlyMap<number, readonly number[]> {
  const byForm = new Map<number, number[]>();
  for (let code = 0; code <= LAST; code += 1) {
    const form = canonical(code);
    if (form !== code) byForm.set(form, [...(byForm.get(form) ?? [form]), code]);
  }
  const partners = new Map<number, readonly number[]>();
  for (const group of byForm.values()) for (const code of group) partners.set(code, group);
  return partners;
}

let partnersOnce: ReadonlyMap<number, readonly number[]> | undefined;

/** The set with every code unit that differs from one of it in case only. */
export function ignoringCase(set: CharSet): CharSet {
  partnersOnce ??= buildPartners();
  const partners = partnersOnce;
  const extra: CharSet[] = [set];
  const addPartners = (group: readonly number[] | undefined): void => {
    if (group !== undefined) extra.push(group.map((partner) => [partner, partner] as const));
  };
  const size = set.reduce((sum, [from, to]) => sum + to - from + 1, 0);
  if (size <= partners.size)
    for (const [from, to] of set)
      for (let code = from; code <= to; code += 1) addPartners(partners.get(code));
  else for (const [code, group] of partners) if (setHas(set, code)) addPartners(group);
  return unionSets(extra);
}
