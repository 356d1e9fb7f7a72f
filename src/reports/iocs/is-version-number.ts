import { type IocPlace, standsAlone, wordsAfter, wordsBefore } from './ioc-context.js';

const VERSION_WORDS =
  /(?:\b(?:versions?|ver|vers|v|releases?|rel|rev|revision|builds?|firmware|kernel|sections?|sec|chapters?|clauses?|figures?|fig|tables?|appendix|annex|paragraphs?|rfc ?\d*|steps?|items?|oid|upgrade(?:d)? to|update(?:d)? to|tag|api|sdk)\b[\s.:(=]*|§\s*)$/i;
const CHANGE_WORDS = /\b(?:updat|upgrad|bump|roll|migrat|releas|port)\w*\b[^.\n]{0,40}$/i;
const PRODUCT = /(?:[A-Za-z][A-Za-z0-9+]*[-_/]|\bv\.?|(?:[<>~^]=?|[(=]=)\s?)$/;
const ADDRESS_WORDS =
  /\b(?:ips?|ipv4|address(?:es)?|hosts?|servers?|c2|c&c|from|at|connect\w*|nodes?|dns|gateway|proxy|listen\w*|ping\w*|beacon\w*|network|subnet|traffic|endpoint|inet|remote|via)\b[^.!?]{0,24}$/i;
const HIGHEST_OF_VERSIONS = 40;

/**
 * Whether four numbers with dots are a version, a section or the like, and no address: `version 1.2.3.4`, `v1.2.3.4`,
 * `Chrome/109.0.0.0`, `foo-1.2.3.4`, `libfoo (= 1.2.3.4)`, a heading's `3.1.2.1 Scope`.
 */
export function isVersionNumber(quad: string, place: IocPlace): boolean {
  const [before, after] = [wordsBefore(place), wordsAfter(place)];
  if (VERSION_WORDS.test(before) || PRODUCT.test(before)) return true;
  // More follows: a file name, a product, a range of versions.
  if (/^(?:[-_+~][A-Za-z0-9]|[A-Za-z])/.test(after)) return true;
  if (CHANGE_WORDS.test(before) && !ADDRESS_WORDS.test(before)) return true;
  const octets = quad.split('.').map(Number);
  if (octets[0] === 0) return quad !== '0.0.0.0';
  // A chance in thousands for an address, the rule for versions and sections.
  const isSmall = octets.every((octet) => octet <= HIGHEST_OF_VERSIONS);
  if (!isSmall || ADDRESS_WORDS.test(before) || /^:\d{2,5}\b|^\/\d/.test(after)) return false;
  return !standsAlone(place) && !/[,;|\t]\s*$/.test(before);
}
