import type { FoundIoc, IocType } from './found-ioc.js';

/** Indicators as a whole that hold others. */
const HOLDERS: ReadonlySet<IocType> = new Set([
  'yara-rule',
  'sigma-rule',
  'snort-rule',
  'command-line',
]);

/** Says more of the same characters, beside what they are. */
const COMPANIONS: ReadonlySet<IocType> = new Set(['github-repository']);

/** Of two readings of the same characters the one that says more, by what it was checked for. */
const RANKS: Readonly<Partial<Record<IocType, number>>> = {
  'named-pipe': 4,
  'registry-value': 4,
  'registry-key': 4,
  'x509-serial': 3,
  imphash: 3,
  vhash: 3,
  url: 2,
  hostname: 1,
  domain: 1,
  filename: 1,
};

const rankOf = ({ type }: FoundIoc): number => RANKS[type] ?? 2;

/** Drops what lies within or overlaps something longer; rules and command lines stay beside what they hold. */
export function keepLongest(found: readonly FoundIoc[]): readonly FoundIoc[] {
  const sorted = found.toSorted(
    (a, b) => a.start - b.start || b.end - a.end || rankOf(b) - rankOf(a),
  );
  const kept: FoundIoc[] = [];
  let last: FoundIoc | undefined;
  let holderEnd = 0;
  for (const one of sorted) {
    if (COMPANIONS.has(one.type)) {
      kept.push(one);
      continue;
    }
    if (HOLDERS.has(one.type)) {
      // Of two holders the first, which starts earlier, holds the other.
      if (one.start >= holderEnd) {
        holderEnd = one.end;
        kept.push(one);
      }
      continue;
    }
    if (last === undefined || one.start >= last.end) {
      kept.push(one);
      last = one;
    } else if (one.start < last.end && one.end - one.start > last.end - last.start) {
      kept[kept.lastIndexOf(last)] = one;
      last = one;
    }
  }
  return kept.toSorted((a, b) => a.start - b.start || b.end - a.end);
}
