import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { AppError, DOMAINS, type Domain, formatIssue, type Issue } from '../model/index.js';

/** What `portolan.yaml` says. Source: docs/workspace.md. */
export interface WorkspaceConfig {
  /** Default the folder's name. */
  readonly name: string | undefined;
  /** ATT&CK version that results are shown in; undefined: the newest that ships. */
  readonly attackVersion: string | undefined;
  /** `postgres://…` instead of the database in the folder. */
  readonly store: string | undefined;
  readonly scope: WorkspaceScope;
  readonly sector: string | undefined;
  readonly region: string | undefined;
  readonly standards: MappingStandards;
}

/** What the workspace is about. */
export interface WorkspaceScope {
  readonly systems: readonly string[];
  readonly segments: readonly string[];
  readonly businessUnits: readonly string[];
  /** ATT&CK's names: `Windows`, `Linux`, `IaaS`. */
  readonly platforms: readonly string[];
  /** Default `enterprise-attack`. */
  readonly domains: readonly Domain[];
}

/** How mappings are made here. */
export interface MappingStandards {
  /** 0..1; mappings below are saved and not shown at first. Undefined: as each import found. */
  readonly minConfidence: number | undefined;
  /** For people who review. */
  readonly note: string | undefined;
}

export interface ReadConfig {
  readonly config: WorkspaceConfig;
  /** Entries that are not used, each with its line and column. */
  readonly issues: readonly Issue[];
}

const MAX_LENGTH = 1024 * 1024;
// Each round drops what is wrong; more entries than that are wrong only in a file that was made to be.
const MAX_ROUNDS = 20;

const name = z.string().trim().min(1).max(200);
const names = z.array(name).max(10_000).optional();
const schema = z.strictObject({
  name: name.optional(),
  'attack-version': z
    .union([z.string(), z.number()])
    .transform(String)
    .pipe(z.string().regex(/^\d{1,3}(\.\d{1,3})?$/, 'expected a version like 19.0'))
    .optional(),
  store: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'expected postgres://host/database')
    .optional(),
  scope: z
    .strictObject({
      systems: names,
      segments: names,
      'business-units': names,
      platforms: names,
      domains: z.array(z.enum(DOMAINS)).min(1).optional(),
    })
    .nullish(),
  sector: name.nullish(),
  region: name.nullish(),
  standards: z
    .strictObject({
      'min-confidence': z.number().min(0).max(1).optional(),
      note: z.string().trim().max(10_000).optional(),
    })
    .nullish(),
});

/**
 * Reads the text of `portolan.yaml`. An entry that is wrong is an Issue and is not used.
 *
 * @throws AppError `SOURCE_UNREADABLE` when it is no YAML, and `USAGE` when `store` is wrong or holds a password: the
 *   results would go to a place that nobody meant.
 */
export function readWorkspaceConfig(text: string, source: string): ReadConfig {
  const lines = new LineCounter();
  const document = parseDocument(text.slice(0, MAX_LENGTH), { lineCounter: lines });
  const at = (offset: number, path?: string): Issue['at'] => {
    const { line, col } = lines.linePos(offset);
    return { source, line, column: col, ...(path === undefined ? {} : { path }) };
  };
  const [error] = document.errors;
  if (error !== undefined) {
    const message = error.message.split('\n')[0]?.replace(/ at line \d+.*$/, '') ?? '';
    throw new AppError(
      'SOURCE_UNREADABLE',
      formatIssue(issueOf(`expected YAML: ${message}`, at(error.pos[0]))),
    );
  }
  const issues: Issue[] = [];
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const result = schema.safeParse(toPlain(document) ?? {});
    if (result.success) return { config: toConfig(result.data), issues };
    for (const { path, message } of result.error.issues.flatMap(unrecognised)) {
      const offset = offsetOf(document, path);
      const issue = issueOf(message, at(offset, formatPath(path)));
      if (path[0] === 'store') throw new AppError('USAGE', formatIssue(issue));
      issues.push(issue);
      if (path.length === 0) return { config: toConfig({}), issues };
      document.deleteIn(path);
    }
  }
  return { config: toConfig({}), issues };
}

type Path = (string | number)[];

/** Zod names unknown keys in the issue of their parent. */
function unrecognised(issue: z.core.$ZodIssue): readonly { path: Path; message: string }[] {
  const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ path: [...path, key], message: 'unknown entry' }));
  const message = issue.message.replace(/^Invalid (input|option): /, '');
  return [{ path, message: message.charAt(0).toLowerCase() + message.slice(1) }];
}

function issueOf(message: string, at: Issue['at']): Issue {
  return { kind: 'issue', code: 'WORKSPACE_INVALID', message, ...(at === undefined ? {} : { at }) };
}

type YamlDocument = ReturnType<typeof parseDocument>;

function toPlain(document: YamlDocument): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch {
    throw new AppError('SOURCE_UNREADABLE', 'portolan.yaml repeats itself too often');
  }
}

function offsetOf(document: YamlDocument, path: Path): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true) as
      | { readonly range?: readonly [number, number, number] | null }
      | undefined;
    if (node?.range != null) return node.range[0];
  }
  return 0;
}

function formatPath(path: Path): string {
  return path
    .map((part, place) =>
      typeof part === 'number' ? `[${part}]` : `${place === 0 ? '' : '.'}${part}`,
    )
    .join('');
}

function toConfig(parsed: z.infer<typeof schema>): WorkspaceConfig {
  const scope = parsed.scope ?? {};
  const { store } = parsed;
  if (store !== undefined && hasPassword(store))
    throw new AppError(
      'USAGE',
      'portolan.yaml holds a password: leave it out of `store` and give it in PGPASSWORD or a password file',
    );
  return {
    name: parsed.name,
    attackVersion: parsed['attack-version'],
    store,
    scope: {
      systems: scope.systems ?? [],
      segments: scope.segments ?? [],
      businessUnits: scope['business-units'] ?? [],
      platforms: scope.platforms ?? [],
      domains: scope.domains ?? ['enterprise-attack'],
    },
    sector: parsed.sector ?? undefined,
    region: parsed.region ?? undefined,
    standards: {
      minConfidence: parsed.standards?.['min-confidence'],
      note: parsed.standards?.note,
    },
  };
}

function hasPassword(url: string): boolean {
  return URL.canParse(url) && new URL(url).password !== '';
}
