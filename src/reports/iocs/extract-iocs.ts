import { type FoldedText, foldText } from '../fold-text.js';
import type { Ioc } from '../mention.js';
import { defang } from './defang.js';
import { findCommandLine } from './find-command-lines.js';
import { findFileNames, findUnixPaths, findWindowsPaths } from './find-files.js';
import { findHashes, findSsdeep } from './find-hashes.js';
import { findLabelled } from './find-labelled.js';
import { findMachineIds } from './find-machine-ids.js';
import { findNetwork } from './find-network.js';
import { findRegistryKeys } from './find-registry.js';
import { findRule } from './find-rules.js';
import { findWallets } from './find-wallets.js';
import type { FoundIoc } from './found-ioc.js';
import type { IocPlace } from './ioc-context.js';
import { LEADS, leadOf, mayBeLead } from './ioc-leads.js';
import { keepLongest } from './keep-longest.js';
import { leadHash, scanTokens, TOKEN, type TokenSigns } from './scan-tokens.js';
import { warningOf } from './warning-of.js';

/**
 * Indicators of compromise in a text, refanged and checked; those that stand on a warning list stay and say so. What each type
 * is and how it is checked: docs/report-iocs.md.
 *
 * @returns in the order of the text; `text.slice(start, end)` is what stood there. None lies within another, except in
 * rules and command lines, which are indicators as a whole and hold more.
 */
export function extractIocs(text: string): readonly Ioc[] {
  const folded = foldText(text);
  const reader = new IocReader(folded.text);
  scanTokens(folded.text, (start, end, signs) => reader.add(start, end, signs));
  reader.flush();
  return keepLongest(reader.found).map((found) => toIoc(found, folded));
}

function toIoc({ type, value, start, end, wasDefanged }: FoundIoc, folded: FoldedText): Ioc {
  return {
    type,
    value,
    defanged: defang(type, value),
    start: folded.startOf(start),
    end: folded.endOf(end),
    wasDefanged,
    warning: warningOf(type, value),
  };
}

const SPLIT_START = /[[({]\s?(?:\.|dot|d0t|@|at)\s?[\])}]/iy;
const SPLIT_END = /[[({](?:\.|dot|d0t|@|at)[\])}]$/i;
const DOT_HASH = leadHash('dot');
/** Check sums of wallets cost a quarter of a millisecond: enough for any report, and a bound for what is none. */
const MOST_WALLETS = 4_000;
const MOST_RULES = 500;
/** A stretch held together by ` [.] ` is a few names long. */
const LONGEST_STRETCH = 400;

/** Joins tokens that defanging split (`example [.] com`) and gives each stretch to the readers that its characters call for. */
class IocReader {
  readonly found: FoundIoc[] = [];
  readonly #text: string;
  readonly #sink = (found: FoundIoc): void => {
    this.found.push(found);
  };
  #start = 0;
  #end = 0;
  #mask = 0;
  #isOpen = false;
  #isJoined = false;
  #wallets = 0;
  /** Heads of rules that came to nothing. */
  #rules = 0;
  /** Where the last path ends: a path in a path is none of its own. */
  #pathEnd = 0;

  constructor(text: string) {
    this.#text = text;
  }

  add(start: number, end: number, { mask, hash }: TokenSigns): void {
    const isDot = hash === DOT_HASH && end - start === 3;
    if (this.#joins(start, mask, isDot)) {
      this.#end = end;
      this.#mask |= mask;
      this.#isJoined = true;
    } else {
      if (this.#mask !== 0 || this.#isJoined) this.#read();
      this.#start = start;
      this.#end = end;
      this.#mask = mask;
      this.#isJoined = false;
    }
    this.#isOpen = isDot
      ? this.#start !== start
      : (mask & TOKEN.bracket) !== 0 && this.#endsOpen(start, end);
    if (mayBeLead(hash)) this.#readLead(start, hash);
  }

  flush(): void {
    if (this.#mask !== 0 || this.#isJoined) this.#read();
    this.#mask = 0;
    this.#isJoined = false;
  }

  #joins(start: number, mask: number, isDot: boolean): boolean {
    if (start !== this.#end + 1 || this.#end - this.#start > LONGEST_STRETCH) return false;
    if (!this.#isOpen && !isDot && (mask & TOKEN.bracket) === 0) return false;
    if (this.#text.charCodeAt(start - 1) !== 32) return false;
    if (this.#isOpen) return true;
    if (isDot) return /[A-Za-z0-9-]/.test(this.#text.charAt(this.#end - 1));
    SPLIT_START.lastIndex = start;
    return SPLIT_START.test(this.#text);
  }

  /** Whether a token ends in a bracketed dot or at, so that the next belongs to it. */
  #endsOpen(start: number, end: number): boolean {
    return SPLIT_END.test(this.#text.slice(Math.max(start, end - 5), end));
  }

  /** Words that announce an indicator: their hash may be that of another word, so that they are read again. */
  #readLead(start: number, hash: number): void {
    const kinds = LEADS.get(hash);
    if (kinds === undefined || kinds.word !== leadOf(this.#text, start)) return;
    if (kinds.isLabel) findLabelled(this.#text, start, this.#sink);
    if (kinds.isCommand) findCommandLine(this.#text, start, this.#sink);
    if (kinds.isRule) this.#readRule(start);
  }

  /** Each may be read over 64 kB in vain, so that a text of nothing but heads of rules is left at some point. */
  #readRule(start: number): void {
    if (this.#rules >= MOST_RULES) return;
    const count = this.found.length;
    if (findRule(this.#text, start, this.#sink) && this.found.length === count) this.#rules += 1;
  }

  #read(): void {
    const place = { text: this.#text, start: this.#start, end: this.#end };
    if (this.#isJoined) {
      findNetwork(place, this.#sink);
      return;
    }
    const mask = innerMask(place, this.#mask);
    if (mask === 0) return;
    const has = (bits: number): boolean => (mask & bits) !== 0;
    if (has(TOKEN.backslash)) {
      findRegistryKeys(place, this.#sink);
      const from = Math.max(place.start, this.#pathEnd);
      if (from < place.end) this.#pathEnd = findWindowsPaths({ ...place, start: from }, this.#sink);
    }
    if (mayBeNetwork(place, mask)) findNetwork(place, this.#sink);
    if (has(TOKEN.longRun)) this.#readLongRun(place);
    if (has(TOKEN.slash)) findUnixPaths(place, this.#sink);
    if (has(TOKEN.dot)) findFileNames(place, this.#sink);
    if (hasAll(mask, TOKEN.colon | TOKEN.digit)) findSsdeep(place, this.#sink);
    if (place.end - place.start >= SHORTEST_MACHINE_ID) findMachineIds(place, this.#sink);
  }

  #readLongRun(place: IocPlace): void {
    findHashes(place, this.#sink);
    if (this.#wallets < MOST_WALLETS) this.#wallets += findWallets(place, this.#sink);
  }
}

/** `001a.2b3c.4d5e` */
const SHORTEST_MACHINE_ID = 14;

const hasAll = (mask: number, bits: number): boolean => (mask & bits) === bits;

/** The mask without a dot or colon that only ends the word; 0 when nothing is left that an indicator has. */
function innerMask(place: IocPlace, mask: number): number {
  let inner = mask;
  if ((inner & TOKEN.dot) !== 0 && !isInner(place, DOT)) inner &= ~TOKEN.dot;
  if ((inner & TOKEN.colon) !== 0 && !isInner(place, COLON)) inner &= ~TOKEN.colon;
  const marks = TOKEN.digit | TOKEN.other | TOKEN.dash;
  return (inner & ~marks) === 0 && !hasAll(inner, TOKEN.dash | TOKEN.digit) ? 0 : inner;
}

/** Looks within the stretch only: a search in the whole text would go on to its end for every word without the mark. */
function isInner({ text, start, end }: IocPlace, mark: number): boolean {
  for (let at = start; at < end - 1; at += 1) if (text.charCodeAt(at) === mark) return true;
  return false;
}

function mayBeNetwork(place: IocPlace, mask: number): boolean {
  if ((mask & (TOKEN.dot | TOKEN.at)) !== 0 || hasAll(mask, TOKEN.colon | TOKEN.slash)) return true;
  if ((mask & TOKEN.bracket) !== 0 && SPELLED.test(place.text.slice(place.start, place.end)))
    return true;
  return hasAll(mask, TOKEN.colon | TOKEN.digit) && hasColons(place);
}

const SPELLED = /[[({](?:d[o0]t|at)[\])}]/i;

/** Two colons at least: addresses and fingerprints. */
function hasColons({ text, start, end }: IocPlace): boolean {
  let count = 0;
  for (let at = start; at < end; at += 1) if (text.charCodeAt(at) === COLON) count += 1;
  return count > 1;
}

const DOT = 46;
const COLON = 58;
