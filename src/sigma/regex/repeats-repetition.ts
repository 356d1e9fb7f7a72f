import type { CharSet } from './char-set.js';
import type { RegexNode } from './regex-node.js';

/**
 * Whether a repetition within a repetition can take the characters that come after it, so that there are many ways to match, and
 * an engine that backtracks may try them all.
 */
export function repeatsRepetition(node: RegexNode): boolean {
  switch (node.kind) {
    case 'repeat':
      return (node.max > 1 && isAmbiguous(node.part)) || repeatsRepetition(node.part);
    case 'choice':
    case 'sequence':
      return node.parts.some(repeatsRepetition);
    default:
      return false;
  }
}

function isAmbiguous(body: RegexNode): boolean {
  const parts = flatParts(body);
  if (parts.length === 1 && parts[0]?.kind === 'choice') return parts[0].parts.some(isAmbiguous);
  return parts.some((part, index) => {
    if (part.kind !== 'repeat' || part.max !== Number.POSITIVE_INFINITY) return false;
    // After the last part the body begins again.
    const following = [...parts.slice(index + 1), ...parts.slice(0, index + 1)];
    return overlaps(charactersIn(part.part), firstCharacters(following));
  });
}

/** The parts of a sequence, groups in it opened. */
function flatParts(node: RegexNode): readonly RegexNode[] {
  return node.kind === 'sequence' ? node.parts.flatMap(flatParts) : [node];
}

function charactersIn(node: RegexNode): CharSet {
  switch (node.kind) {
    case 'set':
      return node.set;
    case 'repeat':
      return charactersIn(node.part);
    case 'choice':
    case 'sequence':
      return node.parts.flatMap(charactersIn);
    default:
      return [];
  }
}

/** Characters with which a sequence can begin. */
function firstCharacters(parts: readonly RegexNode[]): CharSet {
  const found: CharSet[] = [];
  for (const part of parts) {
    found.push(beginningOf(part));
    if (!canBeEmpty(part)) break;
  }
  return found.flat();
}

function beginningOf(node: RegexNode): CharSet {
  switch (node.kind) {
    case 'set':
      return node.set;
    case 'repeat':
      return beginningOf(node.part);
    case 'choice':
      return node.parts.flatMap(beginningOf);
    case 'sequence':
      return firstCharacters(node.parts);
    default:
      return [];
  }
}

function canBeEmpty(node: RegexNode): boolean {
  switch (node.kind) {
    case 'set':
      return false;
    case 'repeat':
      return node.min === 0 || canBeEmpty(node.part);
    case 'choice':
      return node.parts.some(canBeEmpty);
    case 'sequence':
      return node.parts.every(canBeEmpty);
    default:
      return true;
  }
}

function overlaps(a: CharSet, b: CharSet): boolean {
  return a.some(([from, to]) => b.some(([start, end]) => from <= end && start <= to));
}

/** Whether a repetition can take the same characters by several alternatives, which is as bad. */
export function repeatsAlternatives(node: RegexNode): boolean {
  switch (node.kind) {
    case 'repeat':
      return (
        (node.max === Number.POSITIVE_INFINITY && hasLikeAlternatives(node.part)) ||
        repeatsAlternatives(node.part)
      );
    case 'choice':
    case 'sequence':
      return node.parts.some(repeatsAlternatives);
    default:
      return false;
  }
}

function hasLikeAlternatives(node: RegexNode): boolean {
  if (node.kind === 'sequence') return node.parts.some(hasLikeAlternatives);
  if (node.kind !== 'choice') return false;
  const beginnings = node.parts.map(beginningOf);
  return beginnings.some((one, index) =>
    beginnings.slice(index + 1).some((other) => overlaps(one, other)),
  );
}
