import { type Issue, isRecord } from '../../model/index.js';
import { loadYaml, locateInYaml } from '../rule-yaml.js';
import { ParamReader } from './param-reader.js';
import type { Pipeline, PipelineItem } from './pipeline.js';
import { parseItemConditions } from './pipeline-conditions.js';
import { PipelineFailure, PipelineUnsupported } from './pipeline-failure.js';
import { TRANSFORMATIONS } from './transformations.js';

type Path = readonly (string | number)[];

/** What came of a pipeline's text. */
export interface ParsedPipeline {
  /** Undefined when an Issue is `PIPELINE_INVALID`: half a pipeline would make other rules than its author meant. */
  readonly pipeline: Pipeline | undefined;
  /** `PIPELINE_INVALID`, `PIPELINE_UNSUPPORTED`, with line and column. */
  readonly issues: readonly Issue[];
}

const KEYS = new Set([
  'vars',
  'transformations',
  'postprocessing',
  'finalizers',
  'priority',
  'name',
  'allowed_backends',
]);
const ITEM_KEYS = ['rule', 'detection_item', 'field_name'].flatMap((kind) => [
  `${kind}_conditions`,
  `${kind}_cond_expr`,
  `${kind}_cond_op`,
  `${kind}_cond_not`,
]);
const POSTPROCESSING = ['embed', 'simple_template', 'template', 'json', 'replace', 'nest'];
const FINALIZERS = ['concat', 'json', 'yaml', 'template', 'nested'];
const MAX_NESTING = 10;

/** Reads a processing pipeline as pySigma's YAML has it. */
export function parsePipeline(
  text: string,
  { source }: { readonly source: string },
): ParsedPipeline {
  const loaded = loadYaml(text);
  if (loaded.kind === 'problem') {
    const { message, line, column } = loaded;
    return invalidPipeline(message, { source, line, column });
  }
  const [document, second] = loaded.documents;
  if (document === undefined || !isRecord(document.value) || second !== undefined)
    return invalidPipeline('expected one document with transformations', {
      source,
      line: 1,
      column: 1,
    });
  const issues: Issue[] = [];
  const report = (failure: PipelineFailure): void => {
    const code =
      failure instanceof PipelineUnsupported ? 'PIPELINE_UNSUPPORTED' : 'PIPELINE_INVALID';
    const at = { source, ...locateInYaml(text, 0, failure.path) };
    issues.push({ kind: 'issue', code, message: failure.message, at });
  };
  const pipeline = attempt(() => readPipeline(document.value as Body, source, report), report);
  const isWhole = issues.every(({ code }) => code === 'PIPELINE_UNSUPPORTED');
  return { pipeline: isWhole ? pipeline : undefined, issues };
}

function invalidPipeline(message: string, at: Issue['at'] & object): ParsedPipeline {
  return {
    pipeline: undefined,
    issues: [{ kind: 'issue', code: 'PIPELINE_INVALID', message, at }],
  };
}

type Body = Readonly<Record<string, unknown>>;
type Report = (failure: PipelineFailure) => void;

function attempt<T>(read: () => T, report: Report): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof PipelineFailure)) throw error;
    report(error);
    return undefined;
  }
}

function readPipeline(body: Body, source: string, report: Report): Pipeline {
  for (const key of Object.keys(body))
    if (!KEYS.has(key)) report(new PipelineFailure(`unknown key "${key}"`, [key]));
  const items = listOf(body, 'transformations');
  checkQueryItems(body, report);
  const priority = body['priority'] ?? 0;
  if (typeof priority !== 'number')
    report(new PipelineFailure('priority: expected a number', ['priority']));
  return {
    kind: 'pipeline',
    source,
    name: typeof body['name'] === 'string' ? body['name'] : undefined,
    priority: typeof priority === 'number' ? priority : 0,
    items: readItems(items, { path: ['transformations'], depth: 0, report }),
    vars: readVars(body, report),
  };
}

function listOf(body: Body, key: string): readonly unknown[] {
  const value: unknown = body[key] ?? [];
  if (Array.isArray(value)) return value;
  throw new PipelineFailure(`${key}: expected a list`, [key]);
}

/** Postprocessing and finalizers change the text of queries: checked, and reported once as not applied. */
function checkQueryItems(body: Body, report: Report): void {
  for (const [key, types] of [
    ['postprocessing', POSTPROCESSING],
    ['finalizers', FINALIZERS],
  ] as const) {
    const list = listOf(body, key);
    for (const [index, item] of list.entries()) {
      const type = isRecord(item) ? item['type'] : undefined;
      if (!types.includes(String(type)))
        report(
          new PipelineFailure(`unknown type ${JSON.stringify(type)}; known: ${types.join(', ')}`, [
            key,
            index,
          ]),
        );
    }
    if (list.length > 0)
      report(
        new PipelineUnsupported(
          `${key} changes the text of queries; rules are matched here and not turned into queries`,
          [key],
        ),
      );
  }
}

function readVars(body: Body, report: Report): ReadonlyMap<string, readonly string[]> {
  const vars = new Map<string, readonly string[]>();
  const raw = body['vars'] ?? {};
  if (!isRecord(raw)) {
    report(new PipelineFailure('vars: expected a map', ['vars']));
    return vars;
  }
  for (const [name, value] of Object.entries(raw)) {
    const list: readonly unknown[] = Array.isArray(value) ? value : [value];
    if (list.every((one) => typeof one === 'string' || typeof one === 'number'))
      vars.set(name, list.map(String));
    else report(new PipelineFailure(`"${name}": expected texts or numbers`, ['vars', name]));
  }
  return vars;
}

interface ItemsContext {
  readonly path: Path;
  readonly depth: number;
  readonly report: Report;
}

function readItems(
  list: readonly unknown[],
  { path, depth, report }: ItemsContext,
): readonly PipelineItem[] {
  if (depth > MAX_NESTING) throw new PipelineFailure('items are nested too deep', path);
  return list.flatMap(
    (item, index) =>
      attempt(() => readItem(item, { path: [...path, index], depth, report }), report) ?? [],
  );
}

function readItem(item: unknown, { path, depth, report }: ItemsContext): PipelineItem {
  if (!isRecord(item)) throw new PipelineFailure('expected a transformation with a type', path);
  const { type, id } = item;
  const create = typeof type === 'string' ? TRANSFORMATIONS.get(type) : undefined;
  if (create === undefined)
    throw new PipelineFailure(`unknown transformation ${JSON.stringify(type)}`, path);
  const params = new ParamReader(item, path, ['type', 'id', ...ITEM_KEYS]);
  const transform = nameUnsupported(String(type), () =>
    create(params, (nested, nestedPath) =>
      readItems(nested, { path: nestedPath, depth: depth + 1, report }),
    ),
  );
  params.done();
  return {
    id: typeof id === 'string' && id !== '' ? id : path.join('.'),
    transform,
    ...parseItemConditions(item, path),
  };
}

function nameUnsupported<T>(type: string, create: () => T): T {
  try {
    return create();
  } catch (error) {
    if (!(error instanceof PipelineUnsupported)) throw error;
    throw new PipelineUnsupported(`${type} ${error.message}`, error.path);
  }
}
