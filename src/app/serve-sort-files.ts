import { readFile } from 'node:fs/promises';
import { detectCollector, openFile } from '../collectors/index.js';
import { MAX_LAYER_CHARS } from '../layers/index.js';
import { isIssue, isRecord, parseJson } from '../model/index.js';
import type { StagedFile, StagedKind } from './serve-import.js';

const RULE_NAME = /\.ya?ml$/i;
const REPORT_NAME = /\.(pdf|docx|html?|md|markdown|rss|atom)$/i;
const JSON_NAME = /\.json(\.gz)?$/i;

/** Files by what they are taken for, in their order. */
export type SortedFiles = Readonly<Record<StagedKind, readonly StagedFile[]>>;

/** Tells files apart by their content, and by their names where the content says nothing. What nothing knows is a log. */
export async function sortFiles(files: readonly StagedFile[]): Promise<SortedFiles> {
  const sorted: Record<StagedKind, StagedFile[]> = {
    logs: [],
    rules: [],
    layers: [],
    reports: [],
    findings: [],
  };
  for (const file of files) sorted[await kindOf(file)].push(file);
  return sorted;
}

async function kindOf(file: StagedFile): Promise<StagedKind> {
  const { name, path } = file;
  if (RULE_NAME.test(name)) return 'rules';
  if (JSON_NAME.test(name) && (await isLayer(file))) return 'layers';
  if (REPORT_NAME.test(name)) return 'reports';
  // Plain text may be either.
  return name.toLowerCase().endsWith('.txt') && !(await isLog(path)) ? 'reports' : 'logs';
}

async function isLog(path: string): Promise<boolean> {
  try {
    const file = await openFile(path);
    return detectCollector(path, file.head) !== undefined;
  } catch {
    // Whoever reads it says what is wrong with it.
    return true;
  }
}

/** Layers say so: techniques, and versions or a domain of ATT&CK. Packed ones are told by their name alone. */
async function isLayer({ path, sizeBytes, name }: StagedFile): Promise<boolean> {
  if (sizeBytes > MAX_LAYER_CHARS || name.toLowerCase().endsWith('.gz')) return false;
  const text = await readFile(path, 'utf8').catch(() => '');
  if (!text.includes('"techniques"')) return false;
  const parsed = parseJson(text, { source: name });
  if (isIssue(parsed)) return false;
  const { value } = parsed;
  const first: unknown = Array.isArray(value) ? value[0] : value;
  if (!isRecord(first) || !Array.isArray(first['techniques'])) return false;
  return 'versions' in first || 'version' in first || 'domain' in first;
}
