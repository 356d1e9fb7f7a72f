import { readFile } from 'node:fs/promises';
import { AppError, formatIssue, type Issue } from '../model/index.js';
import { type Pipeline, parsePipeline, parsePlaceholders } from '../sigma/index.js';

/** What changes rules before they are compiled. */
export interface RuleChanges {
  readonly pipelines: readonly Pipeline[];
  readonly placeholders: ReadonlyMap<string, readonly string[]>;
  /** The texts of all of it, for keys of caches. */
  readonly text: string;
  readonly issues: readonly Issue[];
}

/**
 * Reads processing pipelines and values of placeholders. Who names them wants them applied: what cannot be read whole is an
 * error, not an Issue.
 *
 * @param options.placeholders files; of a name that several have, the last one's values count.
 * @throws AppError `SOURCE_UNREADABLE` for a file that cannot be read or holds no pipeline, with the first thing that is wrong.
 */
export async function readRuleChanges(options: {
  readonly pipelines: readonly string[];
  readonly placeholders: readonly string[];
}): Promise<RuleChanges> {
  const pipelines: Pipeline[] = [];
  const placeholders = new Map<string, readonly string[]>();
  const issues: Issue[] = [];
  const texts: string[] = [];
  for (const source of options.pipelines) {
    const text = await readText(source);
    const parsed = parsePipeline(text, { source });
    if (parsed.pipeline === undefined) throw unusable(parsed.issues);
    pipelines.push(parsed.pipeline);
    issues.push(...parsed.issues);
    texts.push(text);
  }
  for (const source of options.placeholders) {
    const text = await readText(source);
    const parsed = parsePlaceholders(text, { source });
    if (parsed.issues.length > 0) throw unusable(parsed.issues);
    for (const [name, values] of parsed.placeholders) placeholders.set(name, values);
    texts.push(text);
  }
  return { pipelines, placeholders, text: JSON.stringify(texts), issues };
}

const MAX_BYTES = 8 * 1024 * 1024;

async function readText(path: string): Promise<string> {
  try {
    const bytes = await readFile(path);
    if (bytes.length > MAX_BYTES)
      throw new AppError('SOURCE_UNREADABLE', `expected at most ${MAX_BYTES} bytes in ${path}`);
    return bytes.toString('utf8');
  } catch (error) {
    if (error instanceof AppError) throw error;
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    throw new AppError('SOURCE_UNREADABLE', `cannot read ${path}${code}`, { cause: error });
  }
}

function unusable(issues: readonly Issue[]): AppError {
  const [first] = issues;
  const more = issues.length > 1 ? ` and ${issues.length - 1} more` : '';
  return new AppError(
    'SOURCE_UNREADABLE',
    `${first === undefined ? 'nothing to read' : formatIssue(first)}${more}`,
  );
}
