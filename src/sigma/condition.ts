/** A condition as a tree; the names in it are resolved when the rule is compiled. */
export type Condition =
  | { readonly kind: 'selection'; readonly name: string }
  | { readonly kind: 'of'; readonly quantity: 'any' | 'all'; readonly pattern: string }
  | { readonly kind: 'not'; readonly part: Condition }
  | { readonly kind: 'and'; readonly parts: readonly Condition[] }
  | { readonly kind: 'or'; readonly parts: readonly Condition[] };

/** Selections that `1 of PATTERN`, `all of them` … stand for; in the order of the rule. */
export function selectionsOfPattern(pattern: string, names: Iterable<string>): string[] {
  if (pattern === 'them') return [...names].filter((name) => !name.startsWith('_'));
  const withUnderscore = pattern.startsWith('_');
  return [...names].filter(
    (name) => (withUnderscore || !name.startsWith('_')) && matchesNamePattern(pattern, name),
  );
}

/** `sel*_x`: only `*` is special, and names are case-sensitive. */
function matchesNamePattern(pattern: string, name: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  if (rest.length === 0) return name === pattern;
  if (!name.startsWith(first)) return false;
  const last = rest.pop() ?? '';
  let from = first.length;
  for (const part of rest) {
    const found = name.indexOf(part, from);
    if (found === -1) return false;
    from = found + part.length;
  }
  return name.length - last.length >= from && name.endsWith(last);
}
