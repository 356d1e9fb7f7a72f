import { loadAll, YAMLException } from 'js-yaml';
import { isMap, isNode, isSeq, LineCounter, type Node, parseAllDocuments } from 'yaml';

/** One document of a YAML file. */
export interface YamlDocument {
  /** 0-based place in the file. */
  readonly index: number;
  /** 1-based line on which it starts. */
  readonly line: number;
  readonly value: unknown;
}

/** Why a text is not YAML, and where; 1-based. */
export interface YamlProblem {
  readonly kind: 'problem';
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

// The largest rule in use has 130 kB; aliases are not needed at all.
const MAX_CHARACTERS = 4_000_000;
const LIMITS = { maxAliases: 100, maxDepth: 50 };

/** Reads all documents of a text. Aliases and nesting are limited, so a small text cannot become a large value. */
export function loadYaml(
  text: string,
): { readonly kind: 'yaml'; readonly documents: readonly YamlDocument[] } | YamlProblem {
  if (text.length > MAX_CHARACTERS) {
    const message = `expected at most ${MAX_CHARACTERS} characters of YAML, found ${text.length}`;
    return { kind: 'problem', message, line: 1, column: 1 };
  }
  try {
    const values: readonly unknown[] = loadAll(text, LIMITS);
    const lines = values.length > 1 ? documentLines(text) : [1];
    const documents = values.map((value, index) => ({ index, line: lines[index] ?? 1, value }));
    return { kind: 'yaml', documents };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const message = `not YAML: ${error.reason}`;
    return {
      kind: 'problem',
      message,
      line: (error.mark?.line ?? 0) + 1,
      column: (error.mark?.column ?? 0) + 1,
    };
  }
}

/** Lines on which the documents after `---` start. */
function documentLines(text: string): number[] {
  const lines = text.split('\n');
  const separators = lines.flatMap((line, index) => (/^---(\s|$)/.test(line) ? [index + 1] : []));
  const first = separators[0];
  const opensWithSeparator =
    first !== undefined && lines.slice(0, first - 1).every((line) => /^\s*(#|%|$)/.test(line));
  return (opensWithSeparator ? separators : [0, ...separators]).map((line) => line + 1);
}

/**
 * Line and column, 1-based, of a key path in a document; the nearest place above when the path is not there, as with
 * keys that a merged document brought. Slow: for messages only.
 */
export function locateInYaml(
  text: string,
  documentIndex: number,
  path: readonly (string | number)[],
): YamlPlace {
  return createYamlLocator(text)(documentIndex, path);
}

/** 1-based. */
export interface YamlPlace {
  readonly line: number;
  readonly column: number;
}

/** `locateInYaml` for many places in one text, which is read when the first is asked for. */
export function createYamlLocator(
  text: string,
): (documentIndex: number, path: readonly (string | number)[]) => YamlPlace {
  const counter = new LineCounter();
  let documents: ReturnType<typeof parseAllDocuments> | undefined;
  return (documentIndex, path) => {
    documents ??= parseAllDocuments(text, { lineCounter: counter });
    const document = Array.isArray(documents) ? documents[documentIndex] : undefined;
    return locate(document, path, counter);
  };
}

function locate(
  document: { readonly contents: unknown } | undefined,
  path: readonly (string | number)[],
  counter: LineCounter,
): YamlPlace {
  let place: Node | undefined;
  let node: unknown = document?.contents;
  for (const key of path) {
    const step = stepInto(node, key);
    if (step === undefined) break;
    place = step.key ?? place;
    node = step.value;
    if (step.key === undefined && isNode(node)) place = node;
  }
  const offset =
    place?.range?.[0] ?? (isNode(document?.contents) ? document.contents.range?.[0] : 0);
  const { line, col } = counter.linePos(offset ?? 0);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}

function stepInto(
  node: unknown,
  key: string | number,
): { readonly key: Node | undefined; readonly value: unknown } | undefined {
  if (isSeq(node) && typeof key === 'number') return { key: undefined, value: node.items[key] };
  if (!isMap(node)) return undefined;
  const pair = node.items.find((item) => isNode(item.key) && String(item.key.toJSON()) === key);
  return pair === undefined || !isNode(pair.key) ? undefined : { key: pair.key, value: pair.value };
}
