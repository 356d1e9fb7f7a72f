/** Characters of a sentence that the model reads: the longest real sentence of a report is under 2,000. */
const READ_CHARS = 4_000;
const CITATION = /\(citation:[^)]{0,200}\)/gi;
const MARKDOWN_LINK = /\[([^\][]{1,200})\]\([^()\s]{0,500}\)/g;
const TAG = /<\/?[a-z][^<>]{0,200}>/gi;
const URL_LIKE = /\b(?:h(?:tt|xx)ps?|ftp)(?::|\[:\])\/\/\S{1,2000}/gi;
const HASH_LIKE = /\b[0-9a-f]{32,128}\b/gi;
const TECHNIQUE_ID = /\bT\d{4}(?:\.\d{3})?\b/g;
// Zero-width characters, joiners and marks of direction, which hide words from a reader that compares letters.
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g;
const SPACE = /\s+/g;

/**
 * Text as the model reads it: one case, one kind of space, without what says nothing of behaviour: citations, targets of
 * links, tags, URLs, hashes, technique ids (those are the explicit lane's).
 *
 * @param text a sentence; what stands after 4,000 characters is not read.
 */
export function cleanSentence(text: string): string {
  let clean = text.length > READ_CHARS ? text.slice(0, READ_CHARS) : text;
  if (!isPlain(clean)) clean = clean.normalize('NFKC').replace(INVISIBLE, '');
  if (clean.includes('(')) clean = clean.replace(CITATION, ' ').replace(MARKDOWN_LINK, '$1');
  if (clean.includes('<')) clean = clean.replace(TAG, ' ');
  if (clean.includes('://') || clean.includes(']//')) clean = clean.replace(URL_LIKE, ' ');
  if (clean.length >= 32) clean = clean.replace(HASH_LIKE, ' ');
  return clean.replace(TECHNIQUE_ID, ' ').toLowerCase().replace(SPACE, ' ').trim();
}

/** ASCII alone, which is most sentences. */
function isPlain(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 0x7e) return false;
  return true;
}
