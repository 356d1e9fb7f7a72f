// Endings of the long words of ATT&CK's names, before which a word may be broken.
const ENDING =
  /(?<=\p{L}{4})(?=(?:sance|tration|nication|tication|ration|lation|cation|tation|ation|tion|sion|ment|tence|mated|ating|ality|scated|tials)\p{L}{0,2}(?!\p{L}))/u;
const LONG_WORD = /\p{L}{10,}/gu;

/** A name with soft hyphens in its long words, so that they break well in narrow columns. Not for copying. */
export function breakable(name: string): string {
  return name.replace(LONG_WORD, (word) => word.split(ENDING).join('\u00ad'));
}
