import type { TextEdit } from './apply-edits.js';
import type { SigmaTag } from './scan-sigma.js';

/** What becomes of one tag: the tags that stand in its place, none = it goes. */
export interface TagChange {
  readonly tag: SigmaTag;
  readonly replacements: readonly string[];
}

/**
 * Edits that put other tags in place of some. Only the tags' own characters change; a tag more gets a line, or a comma, like the
 * one that it stands after; a tag less takes its line along, except for a comment on it.
 *
 * @param tags all tags of the list, in its order.
 */
export function rewriteSigmaTags(
  text: string,
  tags: readonly SigmaTag[],
  changes: readonly TagChange[],
): readonly TextEdit[] {
  const gone = new Set(
    changes.filter(({ replacements }) => replacements.length === 0).map(({ tag }) => tag),
  );
  return changes.flatMap(({ tag, replacements }) => {
    const [first, ...more] = replacements;
    if (first === undefined) {
      return [
        tag.style === 'block' ? removeLine(text, tag) : removeFlow(text, { tag, tags, gone }),
      ];
    }
    const edits: TextEdit[] = [];
    if (first !== tag.text) edits.push({ start: tag.start, end: tag.end, text: first });
    if (more.length > 0) edits.push(insertAfter(text, tag, more));
    return edits;
  });
}

function insertAfter(text: string, tag: SigmaTag, more: readonly string[]): TextEdit {
  const quoted = more.map((name) => `${tag.quote}${name}${tag.quote}`);
  if (tag.style === 'flow') {
    const place = tag.end + tag.quote.length;
    return { start: place, end: place, text: quoted.map((name) => `, ${name}`).join('') };
  }
  const { line } = tag;
  const lead = text.slice(line.start, tag.start - tag.quote.length);
  // The last line of a file may have no end mark; then the one of the line before is used.
  const mark = text.slice(line.end, line.next) || markBefore(text, line.start);
  return {
    start: line.end,
    end: line.end,
    text: quoted.map((name) => `${mark}${lead}${name}`).join(''),
  };
}

function markBefore(text: string, lineStart: number): string {
  return /(?:\r\n|\n|\r)$/.exec(text.slice(Math.max(0, lineStart - 2), lineStart))?.[0] ?? '\n';
}

function removeLine(text: string, { line, start, end, quote }: SigmaTag): TextEdit {
  const rest = text.slice(end + quote.length, line.end);
  const comment = rest.indexOf('#');
  if (comment !== -1) {
    const dash = text.indexOf('-', line.start);
    return { start: dash === -1 ? start : dash, end: end + quote.length + comment, text: '' };
  }
  if (line.next > line.end) return { start: line.start, end: line.next, text: '' };
  return { start: line.start - markBefore(text, line.start).length, end: line.end, text: '' };
}

interface FlowRemoval {
  readonly tag: SigmaTag;
  readonly tags: readonly SigmaTag[];
  readonly gone: ReadonlySet<SigmaTag>;
}

/** Takes the comma before the tag along, or the one after it when nothing that stays stands before. */
function removeFlow(text: string, { tag, tags, gone }: FlowRemoval): TextEdit {
  const place = tags.indexOf(tag);
  const start = tag.start - tag.quote.length;
  const end = tag.end + tag.quote.length;
  const before = tags[place - 1];
  if (before !== undefined && tags.slice(0, place).some((other) => !gone.has(other))) {
    const gap = text.slice(before.end + before.quote.length, start);
    const comma = gap.indexOf(',');
    // A comment between the two keeps its place; YAML allows the empty place that then remains only before the bracket.
    if (!gap.includes('#') && comma !== -1) {
      return { start: before.end + before.quote.length + comma, end, text: '' };
    }
  }
  const after = /^[ \t]*,[ \t]*/.exec(text.slice(end, end + 200))?.[0].length ?? 0;
  return { start, end: end + after, text: '' };
}
