/** Longest name of a host or user that is kept; Windows' are at most 255 characters. */
export const MAX_NAME_LENGTH = 256;

/** A text cut to a length, with a note of how long it was. */
export function clipText(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  // Half of a surrogate pair is no character.
  const isSplit = /[\ud800-\udbff]/.test(text.charAt(maxLength - 1));
  const start = text.slice(0, isSplit ? maxLength - 1 : maxLength);
  return `${start}… [cut: ${text.length} characters]`;
}
