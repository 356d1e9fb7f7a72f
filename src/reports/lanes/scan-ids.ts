/** What an ATT&CK id names, by its letters. */
export type IdFamily =
  | 'technique'
  | 'tactic'
  | 'group'
  | 'software'
  | 'campaign'
  | 'mitigation'
  | 'detection-strategy'
  | 'analytic'
  | 'data-component'
  | 'data-source';

/** Characters that look like an ATT&CK id, and how far their surroundings say that they are one. */
export interface IdCandidate {
  readonly family: IdFamily;
  /** As ATT&CK writes it: `T1059.001`. */
  readonly attackId: string;
  readonly start: number;
  readonly end: number;
  /**
   * `certain`: a link, a tag or the form of a sub-technique, which nothing else has. `bracketed`: alone in brackets. `bare`:
   * anything else. `attached`: joined to other letters by a dash, or in small letters, as part numbers are.
   */
  readonly form: 'certain' | 'bracketed' | 'bare' | 'attached';
}

const FAMILIES: Readonly<Record<string, IdFamily>> = {
  T: 'technique',
  TA: 'tactic',
  G: 'group',
  S: 'software',
  C: 'campaign',
  M: 'mitigation',
  DET: 'detection-strategy',
  AN: 'analytic',
  DC: 'data-component',
  DS: 'data-source',
};

// The number of a sub-technique after any mark that reports, links, file names and bad line breaks put there.
const ID =
  /(?<![A-Za-z0-9])(TA|DET|AN|DC|DS|[TGSCM])(\d{4})(?:(?: ?[.] ?|[/_:]|-)(\d{3}))?(?![A-Za-z0-9])/gi;

/**
 * Everything in a text that has the form of an ATT&CK id, dirty forms too: `T1059/001`, `T1059-001`, `T1059 .001`, `[t1059]`,
 * `attack.t1059.001`, `https://attack.mitre.org/techniques/T1059/001/`.
 *
 * @param text folded: without invisible or full-width characters.
 * @returns in the order of the text, without overlap.
 */
export function scanIds(text: string): readonly IdCandidate[] {
  const found: IdCandidate[] = [];
  for (const match of text.matchAll(ID)) {
    const [whole, letters = '', digits = '', sub] = match;
    const family = FAMILIES[letters.toUpperCase()];
    if (family === undefined) continue;
    // Only techniques have parts: `S0154-001` is something else's number.
    if (sub !== undefined && family !== 'technique') continue;
    const [start, end] = [match.index, match.index + whole.length];
    const attackId = `${letters.toUpperCase()}${digits}${sub === undefined ? '' : `.${sub}`}`;
    found.push({ family, attackId, start, end, form: formOf({ text, start, end, sub }) });
  }
  return found;
}

interface Surroundings {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly sub: string | undefined;
}

const LINK_OR_TAG =
  /(?:attack\.mitre\.org\/[a-z]{1,20}\/|attack[./:]|mitre[-_./:]|mitre-attack[/:])$/i;

function formOf({ text, start, end, sub }: Surroundings): IdCandidate['form'] {
  if (LINK_OR_TAG.test(text.slice(Math.max(0, start - 45), start))) return 'certain';
  const [before, after] = [text[start - 1] ?? ' ', text[end] ?? ' '];
  const isAttached = '-_/\\.@#$%&=+'.includes(before) && !endsWithId(text, start - 1);
  if (isAttached || isJoinedAfter(text, end)) return 'attached';
  if (sub !== undefined) return 'certain';
  if ('[({'.includes(before) && '])},;:'.includes(after)) return 'bracketed';
  return /[A-Z]/.test(text[start] ?? '') ? 'bare' : 'attached';
}

/** `T1003-T1005`: a dash between two ids joins no part number. */
function endsWithId(text: string, end: number): boolean {
  return /(?:^|[^A-Za-z0-9])T[A]?\d{4}(?:\.\d{3})?$/.test(text.slice(Math.max(0, end - 12), end));
}

function isJoinedAfter(text: string, end: number): boolean {
  const mark = text[end] ?? ' ';
  if (!'-_/\\@+'.includes(mark)) return false;
  const next = text.slice(end + 1, end + 7);
  return /^[A-Za-z0-9]/.test(next) && !/^TA?\d{4}/i.test(next);
}
