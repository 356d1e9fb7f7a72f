import type { FoldedText } from '../fold-text.js';
import type { CveMention } from '../mention.js';

// The programme began in 1999; ids of years before it were given for old weaknesses of none. Source: cve.org, CVE ID syntax.
const FIRST_YEAR = 1999;
/** Ids are reserved ahead, never by years. */
const LAST_YEAR = 2039;
const CVE = /(?<![A-Za-z0-9])C(?:VE|AN)[- _]{0,2}(\d{4})[- _]{1,2}(\d{4,10})(?![A-Za-z0-9]|-\d)/gi;
/** `CVE-2021-26855, 26857 and 27065`: the rest of a list. */
const MORE = /(?:,? ?(?:and|&|or|,|\/) ?)-?(\d{4,7})(?![A-Za-z0-9.]|-\d)/gy;

/**
 * CVE ids, with any dash or space between their parts (the text is folded), upper case and without spare zeros.
 *
 * @returns in the order of the text; an id as often as it stands there. Of a list that names the year once
 * (`CVE-2021-26855/26857`) every number is one.
 */
export function scanCves(folded: FoldedText): readonly CveMention[] {
  const found: CveMention[] = [];
  for (const match of folded.text.matchAll(CVE)) {
    const [whole, year = '', number = ''] = match;
    if (Number(year) < FIRST_YEAR || Number(year) > LAST_YEAR) continue;
    const end = match.index + whole.length;
    found.push(mentionOf(folded, { year, number, start: match.index, end }));
    found.push(...restOfList(folded, { year, number, start: end, end }));
  }
  return found;
}

interface CvePart {
  readonly year: string;
  readonly number: string;
  readonly start: number;
  readonly end: number;
}

/** Four digits at least; more than four without a zero in front. */
function mentionOf(folded: FoldedText, { year, number, start, end }: CvePart): CveMention {
  const digits = number.replace(/^0+(?=\d{4})/, '');
  return {
    cveId: `CVE-${year}-${digits}`,
    start: folded.startOf(start),
    end: folded.endOf(end),
  };
}

function restOfList(folded: FoldedText, { year, number, start }: CvePart): CveMention[] {
  const found: CveMention[] = [];
  let at = start;
  for (;;) {
    MORE.lastIndex = at;
    const match = MORE.exec(folded.text);
    const digits = match?.[1];
    // Of a like length and no year: "CVE-2021-26855 and 2019 servers" names one id.
    if (match === null || digits === undefined || digits.length !== number.length) return found;
    if (digits.length === 4 && /^(?:19|20)/.test(digits)) return found;
    at = match.index + match[0].length;
    found.push(mentionOf(folded, { year, number: digits, start: at - digits.length, end: at }));
  }
}
