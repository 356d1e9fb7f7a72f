/** Where a name ends in the text, and what was stored under it. */
export interface NameMatch<T> {
  readonly end: number;
  readonly entry: T;
}

const WIDTH = 65_536;

/**
 * Names by their letters and digits, in small letters; what stands between their words is left open, so that `Cobalt Strike`,
 * `cobalt-strike` and `CobaltStrike` are one name. A space may stand only where the name has one, changes case or begins a number.
 */
export class NameTrie<T> {
  readonly #children = new Map<number, number>();
  readonly #entries = new Map<number, T>();
  /** Nodes after which a word of some name ends. */
  readonly #breaks = new Set<number>();
  #count = 1;

  /** Stores `entry` under a name; `merge` decides where one is there already. */
  add(name: string, entry: T, merge: (old: T, added: T) => T): void {
    const node = this.#grow(name);
    const old = this.#entries.get(node);
    this.#entries.set(node, old === undefined ? entry : merge(old, entry));
  }

  #grow(name: string): number {
    const lower = name.toLowerCase();
    let node = 0;
    for (let at = 0; at < name.length; at += 1) {
      if (!isWordUnit(lower.charCodeAt(at))) continue;
      if (node !== 0 && isBreak(name, at)) this.#breaks.add(node);
      const key = node * WIDTH + lower.charCodeAt(at);
      let next = this.#children.get(key);
      if (next === undefined) {
        next = this.#count;
        this.#count += 1;
        this.#children.set(key, next);
      }
      node = next;
    }
    return node;
  }

  /**
   * The longest name that begins at `at` and ends with its word; a plural "s" after it belongs to it.
   *
   * @param lower the text in small letters.
   */
  longestAt(lower: string, at: number): NameMatch<T> | undefined {
    let found: NameMatch<T> | undefined;
    let node = 0;
    for (let place = at; place < lower.length; ) {
      const unit = lower.charCodeAt(place);
      if (!isWordUnit(unit)) {
        const gap = this.#breaks.has(node) ? gapAt(lower, place) : 0;
        if (gap === 0) return found;
        place += gap;
        continue;
      }
      const next = this.#children.get(node * WIDTH + unit);
      if (next === undefined) return found;
      node = next;
      place += 1;
      found = this.#endingAt(node, lower, place) ?? found;
    }
    return found;
  }

  #endingAt(node: number, lower: string, place: number): NameMatch<T> | undefined {
    const entry = this.#entries.get(node);
    const end = entry === undefined ? undefined : wordEnd(lower, place);
    return entry === undefined || end === undefined ? undefined : { end, entry };
  }
}

/** Letters and digits of any alphabet. */
export function isWordUnit(unit: number): boolean {
  if (unit < 128)
    return (unit >= 97 && unit <= 122) || (unit >= 48 && unit <= 57) || (unit >= 65 && unit <= 90);
  return unit >= 0xc0 && unit !== 0xd7 && unit !== 0xf7 && !(unit >= 0x2000 && unit <= 0x2bff);
}

function isBreak(name: string, at: number): boolean {
  const [before, here] = [name.charAt(at - 1), name.charAt(at)];
  if (!isWordUnit(before.charCodeAt(0))) return true;
  return (/[a-z]/.test(before) && /[A-Z]/.test(here)) || /\d/.test(before) !== /\d/.test(here);
}

/** Where the word ends that a name ended in: there, after a plural "s", or nowhere when it goes on. */
function wordEnd(lower: string, place: number): number | undefined {
  if (!isWordUnit(lower.charCodeAt(place))) return place;
  return lower.charCodeAt(place) === 115 && !isWordUnit(lower.charCodeAt(place + 1))
    ? place + 1
    : undefined;
}

const GAP = /(?:[ \t]?[-_/:.'\u2019+&][ \t]?|[ \t]?\n?[ \t]?)(?=[a-z0-9\u00c0-\uffff])/y;

/** Length of what stands between two words of a name: a space, a dash, a colon with a space, one line end. 0 for anything else. */
function gapAt(lower: string, place: number): number {
  GAP.lastIndex = place;
  return GAP.exec(lower)?.[0].length ?? 0;
}
