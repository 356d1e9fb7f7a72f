import { basename } from 'node:path';
import { AppError, formatIssue, parseJson } from '../model/index.js';
import type { KnowledgeBase } from './knowledge-base.js';
import { readStixBundle, type StixDocument, type StixReading } from './read-stix-bundle.js';
import { readTextFile } from './read-text-file.js';

/** `enterprise-attack-18.1.json.gz` says 18.1; a name without a number says nothing. */
export function versionInFileName(path: string): string | undefined {
  return /(?:^|[^\d.])v?(\d{1,2}\.\d{1,2})(?![\d.]*\d)/.exec(basename(path))?.[1];
}

/**
 * Parses the text of a STIX bundle.
 *
 * @throws AppError `SOURCE_UNREADABLE` with line and column when it is not JSON.
 */
export function parseBundle(text: string, source: string): StixDocument {
  const parsed = parseJson(text, { source });
  if ('value' in parsed) return { source, value: parsed.value };
  throw new AppError('SOURCE_UNREADABLE', formatIssue(parsed));
}

/** A reading that holds ATT&CK objects. */
export interface LoadedBundle extends StixReading {
  readonly knowledgeBase: KnowledgeBase;
}

/**
 * Loads STIX bundles from disk, plain or gzip, several merged into one knowledge base.
 *
 * @param version ATT&CK release; default: what the bundle's collection says, else what the first file's name says.
 * @throws AppError `SOURCE_UNREADABLE` when a file cannot be read or none holds ATT&CK objects.
 */
export function loadBundle(paths: readonly string[], version?: string): LoadedBundle {
  const documents = paths.map((path) => parseBundle(readTextFile(path), path));
  const reading = readStixBundle(documents, { version });
  const { knowledgeBase, issues } = reading;
  if (knowledgeBase === undefined) {
    const first = issues[0] === undefined ? '' : `; ${formatIssue(issues[0])}`;
    throw new AppError(
      'SOURCE_UNREADABLE',
      `expected ATT&CK objects in ${paths.join(', ')}, found none${first}`,
    );
  }
  if (knowledgeBase.version !== 'unknown') return { knowledgeBase, issues };
  const named = paths.map(versionInFileName).find((found) => found !== undefined);
  return { knowledgeBase: { ...knowledgeBase, version: named ?? 'unknown' }, issues };
}
