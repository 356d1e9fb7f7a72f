import type { SectionKind } from '../sentence.js';
import { ADVERSARY_TITLES, SECTION_TITLES } from './section-titles.table.js';

const MAX_TITLE_LENGTH = 120;
const ABOUT = /^about .{1,60}$/;

/** A heading as the table of titles has it: lower case, without numbering, marks and punctuation at the ends. */
export function titleWords(heading: string): string {
  return heading
    .slice(0, MAX_TITLE_LENGTH * 2)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[*_`#®™©]+/g, '')
    .replace(/(?<=att&ck)\(r\)/g, '')
    .replace(/[‐‑‒–—-]/g, ' ')
    .replace(/[’‘]/g, "'")
    .replace(/^[\s\p{P}\p{S}]*(?:(?:appendix|annex|section|part|chapter)\s+)?/u, '')
    .replace(/^(?:\d{1,3}(?:\.\d{1,3})*|[ivx]{1,5}|[a-z])[.):]\s*/, '')
    .replace(/^\d{1,2}\s+/, '')
    .replace(/^[\s:]+|[\s:.!?,;]+$/g, '')
    .replace(/\s+/g, ' ');
}

/**
 * What kind of section a heading begins.
 *
 * @param isLate whether it stands in the last quarter of its report: `About Example` is about the publisher there, and
 *   about what is reported elsewhere.
 * @returns undefined when the heading says nothing about its kind.
 */
export function classifySection(heading: string, isLate: boolean): SectionKind | undefined {
  const words = titleWords(heading);
  if (words === '' || words.length > MAX_TITLE_LENGTH) return undefined;
  if (isLate && ABOUT.test(words)) return 'boilerplate';
  const found = SECTION_TITLES.find(([, titles]) => titles.test(words))?.[0];
  const isAdvice = found === 'detection' || found === 'mitigations' || found === 'recommendations';
  return isAdvice && ADVERSARY_TITLES.test(words) ? undefined : found;
}
