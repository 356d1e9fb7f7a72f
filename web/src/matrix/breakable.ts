// Places in the long words of ATT&CK's names at which they may be broken: before common endings and second words.
const PLACE =
  /(?<=\p{L}{3})(?=(?:sance|tration|nication|tication|ration|lation|cation|tation|ation|tion|sion|ment|tence|mated|ating|ality|scated|fuscate|tials|ture|tures|ties|ship|phishing|visor|mains|manding)\p{L}{0,2}(?!\p{L}))|(?<=\p{Ll})(?=\p{Lu})/u;
const MARK = '\u00ad';
const LONG_WORD = /\p{L}{9,}/gu;

/** A name in the parts between which it may be broken with a hyphen, so that narrow columns hold it well. */
export function breakable(name: string): readonly string[] {
  return name.replace(LONG_WORD, (word) => word.replace(PLACE, MARK)).split(MARK);
}
