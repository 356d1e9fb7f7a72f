import { hash } from 'node:crypto';
import { clip, encodeText } from '../sql/encode-text.js';

const MAX_INDEXED_LENGTH = 256;
const MAX_SEARCH_LENGTH = 120;

/** A text, already encoded, as an index can hold it: long ones as their SHA-256. PostgreSQL indexes 2,704 bytes at most. */
export function indexKey(text: string): string {
  if (text.length <= MAX_INDEXED_LENGTH) return text;
  return `sha256:${hash('sha256', text)}`;
}

/** What lists are sorted by and searched in: lower case, clipped. */
export function searchText(...parts: readonly string[]): string {
  return encodeText(clip(parts.join(' ').toLowerCase(), MAX_SEARCH_LENGTH));
}

const HEX_DIGITS = 13;

/** 52 bits of a SHA-256, which a number holds exactly. Only unique together with claim and time, and enough for that. */
export function eventKey(identity: string): number {
  return Number.parseInt(hash('sha256', identity).slice(0, HEX_DIGITS), 16);
}
