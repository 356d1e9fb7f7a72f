import type { SectionKind, Sentence } from '../sentence.js';
import {
  ADVICE_VERBS,
  ASSERTION_CUES,
  type AssertionCue,
  type AssertionStatus,
  PSEUDO_CUES,
  TERMINATORS,
} from './assertion-cues.table.js';

/** What a sentence makes of something it mentions: did it happen, or not, perhaps, or should one guard against it? */
export interface Assertion {
  readonly status: AssertionStatus;
  /** The words or the part of the report that say so, for people; empty when asserted. */
  readonly why: readonly string[];
  /** 0..1, to multiply a confidence with; 1 when asserted. */
  readonly factor: number;
}

/** A place of the text and the sentence that it stands in. */
export interface MentionPlace {
  readonly start: number;
  readonly end: number;
  /** Undefined: the characters around the mention are the sentence, and its part of the report is not known. */
  readonly sentence: Pick<Sentence, 'start' | 'end' | 'section'> | undefined;
}

const ASSERTED: Assertion = { status: 'asserted', why: [], factor: 1 };
/** Characters read before and after a mention: a sentence of 10 MB must not be read again for every mention. */
const BEFORE = 320;
const AFTER = 200;
const LONGEST_MENTION = 2_000;

/** Parts of a report that name techniques without anyone having used them. */
const SECTIONS: Readonly<Partial<Record<SectionKind, Assertion>>> = {
  recommendations: sectionSays('advised', 'recommendations', 0.35),
  mitigations: sectionSays('advised', 'mitigations', 0.35),
  detection: sectionSays('advised', 'detection', 0.35),
  references: sectionSays('hedged', 'references', 0.3),
  boilerplate: sectionSays('hedged', 'boilerplate', 0.3),
};

function sectionSays(status: AssertionStatus, section: string, factor: number): Assertion {
  return { status, factor, why: [`it stands in the ${section} of the report`] };
}

/**
 * Reads the words around a mention, and the part of the report that it stands in: "was not observed", "may have used",
 * "block the use of", "if an attacker". A cue counts within its clause only: of "did not use Mimikatz but dumped LSASS" the
 * second is asserted. Where several count the one that leaves least wins.
 *
 * @param place a mention of a few words, or a whole sentence; of that a cue must reach over the better half.
 */
export function assertionOf(text: string, place: MentionPlace): Assertion {
  const section = place.sentence === undefined ? undefined : SECTIONS[place.sentence.section];
  const words = assertionOfWords(text, place);
  if (section === undefined) return words;
  return section.factor < words.factor
    ? section
    : { ...words, why: [...words.why, ...section.why] };
}

/** Words of which every cue has one: a sentence with none is asserted, and most have none. */
const HINT =
  /not|n't|\bno\b|never|none|nor\b|neither|without|absence|lack|unlike|rather|instead|oppose|contrast|rul(?:ed|es|ing) out|refrain|free of|avoid|nothing|zero|absent|missing|exclud|may|might|could|can\b|possib|perhaps|speculat|confidence|suspect|alleg|unverif|unable|purport|potential|appear|seem|belie|thought|likely|probabl|presum|apparent|reported|suggest|assess|unclear|unknown|uncertain|unconfirm|undetermin|unproven|should|must|need|ought|ha(?:ve|s) to|may|recommend|advis|practice|important|essential|critical|prudent|crucial|vital|consider|block|protect|defen|guard|harden|countermeasure|help|detect|alert|hunt|monitor|signature|coverage|rule|quer|analytic|mitigat|prevent|stop|exercise|simulat|if |when|once|where|would|allow|were to|in (?:the )?(?:case|event)|hypoth|suppose|theor|imagine|proof|are (?:advised|encouraged|urged)/;

function assertionOfWords(text: string, { start, end, sentence }: MentionPlace): Assertion {
  const from = Math.max(sentence?.start ?? 0, start - BEFORE);
  const until = Math.min(sentence?.end ?? text.length, end + AFTER, start + LONGEST_MENTION);
  const window = lowerSameLength(text.slice(from, until)).replace(/[\u2018\u2019]/g, "'");
  if (!HINT.test(window) && !IMPERATIVE.test(window)) return ASSERTED;
  const clip = { window, start: start - from, end: Math.min(end, until) - from };
  const isHead = from === (sentence?.start ?? 0);
  let [best, cue] = [ASSERTED, -1];
  for (const scope of scopesIn(window, isHead)) {
    if (scope.factor > best.factor || !reachesOver(scope, clip)) continue;
    // Of equal factors the later cue is the nearer.
    if (scope.factor === best.factor && scope.cueStart < cue) continue;
    cue = scope.cueStart;
    best = {
      status: scope.status,
      factor: scope.factor,
      why: [`"${scope.words}" makes it ${scope.status}`],
    };
  }
  return best;
}

/** Small letters place by place, so that the patterns need not look at case. */
function lowerSameLength(text: string): string {
  const lower = text.toLowerCase();
  return lower.length === text.length ? lower : text;
}

interface Scope {
  readonly status: AssertionStatus;
  readonly factor: number;
  /** The cue as written. */
  readonly words: string;
  readonly cueStart: number;
  readonly start: number;
  readonly end: number;
}

interface Clip {
  readonly window: string;
  readonly start: number;
  readonly end: number;
}

/** A mention counts as within reach when the better half of it is. */
function reachesOver(scope: Scope, { start, end }: Clip): boolean {
  const shared = Math.min(scope.end, end) - Math.max(scope.start, start);
  return shared > 0 && shared * 2 >= end - start;
}

interface CueGroup {
  readonly cue: Omit<AssertionCue, 'pattern'>;
  readonly pattern: RegExp;
}

const CUE_GROUPS: readonly CueGroup[] = groupCues();
const PSEUDO = new RegExp(`\\b(?:${PSEUDO_CUES.join('|')})`, 'g');
const TERMINATOR = new RegExp(TERMINATORS, 'g');
const IMPERATIVE = new RegExp(`^[\\s•▪◦*·–>\\d.)\\]-]{0,8}${ADVICE_VERBS}`);

/** One pattern for the cues that differ in their words alone. */
function groupCues(): readonly CueGroup[] {
  const groups = new Map<string, { cue: AssertionCue; patterns: string[] }>();
  for (const cue of ASSERTION_CUES) {
    const key = [cue.status, cue.factor, cue.reaches, cue.words].join(' ');
    const group = groups.get(key) ?? { cue, patterns: [] };
    group.patterns.push(cue.pattern);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ cue, patterns }) => ({
    cue,
    pattern: new RegExp(`\\b(?:${patterns.join('|')})(?![a-z])`, 'g'),
  }));
}

function scopesIn(window: string, isHead: boolean): readonly Scope[] {
  const ends = [...window.matchAll(TERMINATOR)].map(spanOf);
  const scopes = longestCues(window).map((found) => scopeOf({ ...found, ends, window }));
  const imperative = isHead ? IMPERATIVE.exec(window) : null;
  if (imperative === null) return scopes;
  const span = { start: 0, end: imperative[0].length };
  const words = imperative[0].trim();
  return [scopeOf({ cue: ADVICE, span, words, ends, window }), ...scopes];
}

const ADVICE: CueGroup['cue'] = {
  status: 'advised',
  factor: 0.35,
  reaches: 'after',
  words: undefined,
};

interface Span {
  readonly start: number;
  readonly end: number;
}

const spanOf = (match: RegExpExecArray): Span => ({
  start: match.index,
  end: match.index + match[0].length,
});

interface FoundCue {
  readonly cue: CueGroup['cue'];
  readonly span: Span;
  /** As written. */
  readonly words: string;
}

/** Of cues that overlap the longest says most: "cannot rule out" is no "cannot", and "not only" is no "not". */
function longestCues(window: string): readonly FoundCue[] {
  const found: (Omit<FoundCue, 'cue'> & { readonly cue: CueGroup['cue'] | undefined })[] = [];
  for (const { cue, pattern } of CUE_GROUPS)
    for (const match of window.matchAll(pattern))
      found.push({ cue, span: spanOf(match), words: match[0] });
  if (found.length === 0) return [];
  for (const match of window.matchAll(PSEUDO))
    found.push({ cue: undefined, span: spanOf(match), words: match[0] });
  found.sort((a, b) => b.words.length - a.words.length);
  const kept: typeof found = [];
  for (const one of found)
    if (!kept.some(({ span }) => span.start < one.span.end && one.span.start < span.end))
      kept.push(one);
  return kept.flatMap(({ cue, span, words }) => (cue === undefined ? [] : [{ cue, span, words }]));
}

interface ScopeParts {
  readonly cue: Omit<AssertionCue, 'pattern'>;
  readonly span: Span;
  readonly words: string;
  readonly ends: readonly Span[];
  readonly window: string;
}

function scopeOf({ cue, span, words, ends, window }: ScopeParts): Scope {
  const base = { status: cue.status, factor: cue.factor, words, cueStart: span.start };
  if (cue.reaches === 'after') {
    const clauseEnd = ends.find(({ start }) => start >= span.end)?.start ?? window.length;
    return {
      ...base,
      start: span.end,
      end: wordsAfter({ window, span, words: cue.words, clauseEnd }),
    };
  }
  const clauseStart = ends.findLast(({ end }) => end <= span.start)?.end ?? 0;
  return {
    ...base,
    start: wordsBefore({ window, span, words: cue.words, clauseStart }),
    end: span.start,
  };
}

interface Reach {
  readonly window: string;
  readonly span: Span;
  readonly words: number | undefined;
}

function wordsAfter({ window, span, words, clauseEnd }: Reach & { clauseEnd: number }): number {
  let at = span.end;
  for (let count = 0; at < clauseEnd && count < (words ?? Number.MAX_SAFE_INTEGER); count += 1) {
    const next = window.indexOf(' ', at + 1);
    at = next === -1 ? clauseEnd : next;
  }
  return Math.min(at, clauseEnd);
}

function wordsBefore({
  window,
  span,
  words,
  clauseStart,
}: Reach & { clauseStart: number }): number {
  let at = span.start;
  for (let count = 0; at > clauseStart && count <= (words ?? Number.MAX_SAFE_INTEGER); count += 1) {
    const next = at < 2 ? -1 : window.lastIndexOf(' ', at - 2);
    at = next === -1 ? clauseStart : next + 1;
  }
  return Math.max(at, clauseStart);
}
