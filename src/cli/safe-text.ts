// C0 and C1 controls, and the marks that turn the direction of text: a terminal obeys them, whoever wrote them.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to find.
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * A text from outside made harmless for a terminal, on one line: controls show as `\x1b`, `\u202e`; a line break
 * or tab becomes a space.
 */
export function safeText(text: string): string {
  return text.replace(UNSAFE, (character) => {
    if (character === '\n' || character === '\t' || character === '\r') return ' ';
    const code = character.charCodeAt(0);
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16)}`;
  });
}
