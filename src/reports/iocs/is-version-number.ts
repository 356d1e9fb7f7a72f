import { followsWord, type IocPlace, standsAlone, wordsAfter } from './ioc-context.js';

const setOf = (words: string): ReadonlySet<string> => new Set(words.split(' '));

const VERSION_WORDS = setOf(
  'version ver vers v release rel rev revision build firmware kernel section sec chapter clause figure fig table appendix annex paragraph rfc step item oid tag api sdk',
);
const CHANGE_WORDS = setOf(
  'updat update upgrad upgrade bump roll migrat migrate releas release port updated upgraded bumped rolled',
);
const ADDRESS_WORDS = setOf(
  'ip ips ipv4 addres address addresses host server c2 c&c from at connect node dns gateway proxy listen ping beacon network subnet traffic endpoint inet remote via',
);
const HIGHEST_OF_VERSIONS = 40;

/**
 * Whether four numbers with dots are a version, a section or the like, and no address: `version 1.2.3.4`, `v1.2.3.4`,
 * `Chrome/109.0.0.0`, `foo-1.2.3.4`, `libfoo (= 1.2.3.4)`, a heading's `3.1.2.1 Scope`.
 */
export function isVersionNumber(quad: string, place: IocPlace): boolean {
  if (isPartOfName(place) || followsWord(place, VERSION_WORDS, 1)) return true;
  const octets = quad.split('.').map(Number);
  if (octets[0] === 0) return quad !== '0.0.0.0';
  if (followsWord(place, CHANGE_WORDS, 2)) return true;
  const isAddress = followsWord(place, ADDRESS_WORDS, 4);
  if (!isAddress && followsWord(place, CHANGE_WORDS, 6)) return true;
  // A chance in thousands for an address, the rule for versions and sections.
  const isSmall = octets.every((octet) => octet <= HIGHEST_OF_VERSIONS);
  if (!isSmall || isAddress || /^(?::\d{2,5}\b|\/\d)/.test(wordsAfter(place))) return false;
  return (
    !standsAlone(place) &&
    !/[,;|\t]\s*$/.test(place.text.slice(Math.max(0, place.start - 3), place.start))
  );
}

/** Attached to a product, behind a sign of comparison, or with more of a name after it. */
function isPartOfName({ text, start, end }: IocPlace): boolean {
  const before = text.slice(Math.max(0, start - 3), start);
  if (/(?:[A-Za-z0-9+][-_/]|§\s*|\bv\.?|(?:[<>~^]=?|[(=]=)\s?)$/i.test(before)) return true;
  return /^(?:[-_+~][A-Za-z0-9]|[A-Za-z])/.test(text.slice(end, end + 2));
}
