// Places in the long words of ATT&CK's names at which they may be broken: before common endings and second words.
const PLACE =
  /(?<=\p{L}{3})(?=(?:sance|tration|nication|tication|ration|lation|cation|tation|ation|tion|sion|ment|tence|mated|ating|ality|scated|fuscate|tials|ture|tures|ties|ship|phishing|visor|mains|manding)\p{L}{0,2}(?!\p{L}))|(?<=\p{Ll})(?=\p{Lu})/gu;
const LONG_WORD = /\p{L}{9,}/gu;

/** A name with soft hyphens in its long words, so that they break well in narrow columns. Not for copying. */
export function breakable(name: string): string {
  return name.replace(LONG_WORD, (word) => word.replace(PLACE, '\u00ad'));
}
