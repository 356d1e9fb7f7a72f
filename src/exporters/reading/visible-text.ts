import { cleanText } from '../clean-text.js';

// Marks that turn the direction of text or take no room would hide what a person reads.
const HIDDEN = /[\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/** Text of a report for people: marks that cannot be seen show as `\u202e`, characters that XML forbids are gone. */
export function visibleText(text: string): string {
  return cleanText(text).replace(
    HIDDEN,
    (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** `visibleText` on one line. */
export function visibleLine(text: string): string {
  return visibleText(text).replace(/\s+/g, ' ').trim();
}
