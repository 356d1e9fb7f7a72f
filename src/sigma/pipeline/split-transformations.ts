import type { ParamReader } from './param-reader.js';
import type { Transformation } from './pipeline.js';
import { PipelineFailure } from './pipeline-failure.js';
import { parsePythonRegex } from './python-regex.js';
import {
  changeItems,
  itemsIn,
  likeItem,
  textValue,
  type WorkItem,
  type WorkNode,
} from './rule-work.js';
import { plainText, type WorkValue } from './work-value.js';

/** A transformation that puts other items in the place of one. */
function replaceItems(change: (item: WorkItem) => WorkNode | undefined): Transformation {
  return (work, { item: pipelineItem }) =>
    changeItems(work, (item) => {
      const changed = pipelineItem.itemHolds(item, work) ? change(item) : undefined;
      for (const one of changed === undefined ? [] : itemsIn(changed))
        one.applied.add(pipelineItem.id);
      return changed ?? item;
    });
}

function plainTexts(item: WorkItem): readonly string[] | undefined {
  const texts = item.values.flatMap((value) =>
    value.kind === 'text' ? [plainText(value.pattern)] : [],
  );
  return texts.length === item.values.length ? texts : undefined;
}

const ALGORITHM_OF_LENGTH: ReadonlyMap<number, string> = new Map([
  [32, 'MD5'],
  [40, 'SHA1'],
  [64, 'SHA256'],
  [128, 'SHA512'],
]);

/** `hashes_fields`: `Hashes: SHA1=…` becomes a field for each algorithm. */
export function splitHashes(params: ParamReader): Transformation {
  const algorithms = params.texts('valid_hash_algos');
  const prefix = params.optionalText('field_prefix') ?? '';
  const dropsAlgorithm = params.flag('drop_algo_prefix');
  const parsed = params.optionalTexts('field_to_parse') ?? ['Hashes', 'Hash'];
  return replaceItems((item) => {
    if (!parsed.includes(item.field ?? '')) return undefined;
    const texts = plainTexts(item);
    if (texts === undefined) return undefined;
    const byField = new Map<string, WorkValue[]>();
    const known = texts.map(readHash).filter(({ algorithm }) => algorithms.includes(algorithm));
    for (const { algorithm, hash } of known) {
      const field = prefix + (dropsAlgorithm ? '' : algorithm);
      byField.set(field, [...(byField.get(field) ?? []), textValue(hash)]);
    }
    if (byField.size === 0)
      throw new PipelineFailure(`no hash of ${item.field} is one of ${algorithms.join(', ')}`);
    return { kind: 'any-of', parts: hashItems(item, byField) };
  });
}

function hashItems(
  item: WorkItem,
  byField: ReadonlyMap<string, readonly WorkValue[]>,
): readonly WorkItem[] {
  // Without prefix and algorithm no name is left: such hashes are dropped.
  return [...byField]
    .filter(([field]) => field !== '')
    .map(([field, values]) =>
      likeItem(item, { field: field === 'keyword' ? undefined : field, values }),
    );
}

function readHash(text: string): { readonly algorithm: string; readonly hash: string } {
  const parts = text.split(text.includes('|') ? '|' : '=');
  const [first = '', second] = parts;
  if (second !== undefined && parts.length === 2)
    return {
      algorithm: first.replace(/^\*+/, '').toUpperCase(),
      hash: second.replace(/^[*?]+|[*?]+$/g, ''),
    };
  const hash = first.replace(/^[*?]+|[*?]+$/g, '');
  return { algorithm: ALGORITHM_OF_LENGTH.get(hash.length) ?? '', hash };
}

/** `extract_fields`: named groups of an expression become fields. */
export function extractFields(params: ParamReader): Transformation {
  const regex = parsePythonRegex(params.text('regex'), [...params.path, 'regex']);
  if (regex.groupNames.length === 0) params.fail('regex', 'a named group');
  const prefix = params.optionalText('field_prefix');
  const keepsUnmatched = params.flag('preserve_unmatched');
  return replaceItems((item) => {
    const texts = plainTexts(item);
    if (texts === undefined) return undefined;
    const nodes = item.values.flatMap((value, index): readonly WorkNode[] => {
      const groups = regex.matchStart(texts[index] ?? '')?.groups;
      if (groups === undefined) return keepsUnmatched ? [likeItem(item, { values: [value] })] : [];
      const parts = fieldsOfGroups(groups, { item, prefix: prefix ?? '' });
      return parts.length === 0 ? [] : [{ kind: 'all-of', parts }];
    });
    const [only] = nodes;
    if (only === undefined || nodes.length === 1) return only;
    return { kind: item.linking === 'all' ? 'all-of' : 'any-of', parts: nodes };
  });
}

function fieldsOfGroups(
  groups: Readonly<Record<string, string | undefined>>,
  { item, prefix }: { readonly item: WorkItem; readonly prefix: string },
): readonly WorkItem[] {
  return Object.entries(groups).flatMap(([name, found]) => {
    if (found === undefined || found === '') return [];
    const field = prefix === '' ? name : `${prefix}.${name}`;
    return [likeItem(item, { field, values: [typedValue(found)] })];
  });
}

function typedValue(text: string): WorkValue {
  if (['null', 'none'].includes(text.toLowerCase())) return { kind: 'plain', value: null };
  if (text !== '0' && text.startsWith('0')) return textValue(text);
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text.trim())
    ? { kind: 'plain', value: Number(text) }
    : textValue(text);
}
