import { type Issue, isRecord } from '../../model/index.js';
import { loadYaml, locateInYaml } from '../rule-yaml.js';

/** What came of a text of placeholders. */
export interface ParsedPlaceholders {
  /** Name → values; may hold wildcards. */
  readonly placeholders: ReadonlyMap<string, readonly string[]>;
  /** `PIPELINE_INVALID`, with line and column; the other names are used. */
  readonly issues: readonly Issue[];
}

const NAME = /^[A-Za-z_][\w.-]*$/;

/** Reads a YAML map of names to a value or a list of values; keys below `vars`, as in a pipeline, are read as well. */
export function parsePlaceholders(
  text: string,
  { source }: { readonly source: string },
): ParsedPlaceholders {
  const placeholders = new Map<string, readonly string[]>();
  const loaded = loadYaml(text);
  if (loaded.kind === 'problem') {
    const { message, line, column } = loaded;
    const at = { source, line, column };
    return { placeholders, issues: [{ kind: 'issue', code: 'PIPELINE_INVALID', message, at }] };
  }
  const issues: Issue[] = [];
  const report = (message: string, path: readonly string[]): void => {
    const at = { source, ...locateInYaml(text, 0, path) };
    issues.push({ kind: 'issue', code: 'PIPELINE_INVALID', message, at });
  };
  const body = loaded.documents[0]?.value;
  const isPipeline = isRecord(body) && isRecord(body['vars']);
  const names: unknown = isPipeline ? body['vars'] : body;
  const path = isPipeline ? ['vars'] : [];
  if (!isRecord(names)) report('expected a map of names to lists of values', []);
  for (const [name, value] of Object.entries(isRecord(names) ? names : {})) {
    const values = placeholderValues(value);
    if (!NAME.test(name)) report(`"${name}" cannot be the name of a placeholder`, [...path, name]);
    else if (values === undefined)
      report(`"${name}": expected a list of texts or numbers`, [...path, name]);
    else placeholders.set(name, values);
  }
  return { placeholders, issues };
}

function placeholderValues(value: unknown): readonly string[] | undefined {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  const values = list.filter((one) => typeof one === 'string' || typeof one === 'number');
  return values.length === list.length && values.length > 0 ? values.map(String) : undefined;
}
