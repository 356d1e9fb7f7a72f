import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type KnowledgeBase, openKnowledgeBase } from '../attack/index.js';
import { AppError } from '../model/index.js';
import { formatLogsource, type SigmaCorrelation, type SigmaRule } from '../sigma/index.js';
import type { Store } from '../store/index.js';
import { isOwnRule, loadRuleSet } from './map-rules.js';
import { createTagReader } from './map-tags.js';
import type { Workspace } from './open-workspace.js';
import { checkRules, type RulesCheck } from './rules-check.js';
import { type ExplainedRule, explainFiles } from './rules-explain.js';
import { listPacks } from './rules-installed.js';
import { openRulePaths } from './serve-rule-paths.js';

/** A rule or correlation that imports run. */
export interface ShelvedRule {
  /** UUID; `file:line` for the few without. */
  readonly id: string;
  readonly pack: string;
  readonly rule: SigmaRule | SigmaCorrelation;
  /** `windows/process_creation`; empty for correlations. */
  readonly logsource: string;
  /** Of the newest version of ATT&CK. */
  readonly techniqueIds: readonly string[];
}

/** The rules that are there, Portolan's own and those of installed packs; read again when packs change. */
export interface RuleShelf {
  /** By title. */
  list(): Promise<readonly ShelvedRule[]>;
  find(id: string): Promise<ShelvedRule | undefined>;
}

export function createRuleShelf(workspace: Pick<Workspace, 'store' | 'folder'>): RuleShelf {
  let read: { readonly key: string; readonly rules: Promise<readonly ShelvedRule[]> } | undefined;
  const list = async (): Promise<readonly ShelvedRule[]> => {
    const packs = listPacks().map(({ folder }) => folder);
    const [newest] = (await workspace.store.imports.list({ kinds: ['rules'], limit: 1 })).items;
    const key = [...packs, newest?.importId, newest?.finishedMs].join('\n');
    if (read?.key !== key) {
      const rules = readShelf(workspace);
      // What could not be read is tried again when it is asked for again.
      rules.catch(() => {
        read = undefined;
      });
      read = { key, rules };
    }
    return read.rules;
  };
  return {
    list,
    find: async (id) => (await list()).find((one) => one.id.toLowerCase() === id.toLowerCase()),
  };
}

async function readShelf({
  store,
  folder: workspaceFolder,
}: Pick<Workspace, 'store' | 'folder'>): Promise<readonly ShelvedRule[]> {
  const paths = await openRulePaths(store, workspaceFolder);
  try {
    const folders = [...paths.folders.values()];
    const set = await loadRuleSet({ paths: folders, ownRules: true, minLevel: 'informational' });
    const all = [
      ...set.rules.map(({ rule }) => rule),
      ...set.correlations.map(({ correlation }) => correlation),
    ];
    const packOf = ({ at }: SigmaRule | SigmaCorrelation): string => {
      const source = at.source ?? '';
      if (isOwnRule(source)) return 'portolan';
      return [...paths.folders].find(([, folder]) => source.startsWith(folder))?.[0] ?? '';
    };
    const techniquesOf = techniqueReader(openKnowledgeBase());
    return all
      .map((rule) => ({
        id: rule.id ?? `${packOf(rule)}:${rule.title}`,
        pack: packOf(rule),
        rule,
        logsource: rule.kind === 'rule' ? formatLogsource(rule.logsource) : '',
        techniqueIds: techniquesOf(rule),
      }))
      .sort((a, b) => (a.rule.title.toLowerCase() < b.rule.title.toLowerCase() ? -1 : 1));
  } finally {
    await paths.remove();
  }
}

const ANY_LOGSOURCE = { product: undefined, category: undefined, service: undefined };

function techniqueReader(knowledgeBase: KnowledgeBase) {
  const tagsOf = createTagReader(knowledgeBase);
  return (rule: SigmaRule | SigmaCorrelation): readonly string[] => {
    if (rule.kind === 'rule') return tagsOf(rule).techniqueIds;
    return tagsOf({ ...rule, logsource: ANY_LOGSOURCE }).techniqueIds;
  };
}

/** The text of the document in its file that a rule was read from; of an imported rule as the store has it. */
export async function readRuleText({ rule, pack, id }: ShelvedRule, store: Store): Promise<string> {
  const { source, line = 1 } = rule.at;
  const text =
    pack === 'imported'
      ? ((await store.rules.findByKey(id))?.text ?? '')
      : await readFile(source ?? '', 'utf8');
  return documentAt(text.split('\n'), line);
}

/** Documents of a YAML file are set apart by lines of three dashes. */
function documentAt(lines: readonly string[], line: number): string {
  const isBreak = (index: number): boolean => /^---\s*$/.test(lines[index] ?? '');
  let start = Math.max(0, line - 1);
  while (start > 0 && !isBreak(start - 1)) start -= 1;
  let end = line;
  while (end < lines.length && !isBreak(end)) end += 1;
  return lines.slice(start, end).join('\n');
}

/**
 * Checks the text of a file of rules.
 *
 * @throws AppError `NOT_FOUND` for an ATT&CK version that is not there.
 */
export async function checkRuleText(text: string, attackVersion?: string): Promise<RulesCheck> {
  return inFolder({ 'rules.yml': text }, async (path) => {
    const check = await checkRules({ paths: [path('rules.yml')], attackVersion });
    const issues = check.issues.map((issue) => ({ ...issue, at: { source: 'rules.yml' } }));
    return { ...check, issues };
  });
}

/**
 * Asks a rule about events that are given as text, in any format that is read.
 *
 * @throws AppError `SOURCE_UNREADABLE` when there is no rule or no event; `NOT_FOUND` for a record that is not there.
 */
export async function explainRuleText(asked: {
  readonly rule: string;
  readonly events: string;
  readonly record?: string | undefined;
}): Promise<ExplainedRule> {
  return inFolder({ rule: asked.rule, events: asked.events }, (path) =>
    explainFiles({ rule: path('rule'), events: path('events'), record: asked.record }),
  );
}

/** Verbs read files; what they say of those must not tell where a server keeps its own. */
async function inFolder<T>(
  files: Readonly<Record<string, string>>,
  work: (path: (name: string) => string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'portolan-serve-'));
  try {
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    return await work((name) => join(folder, name));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw new AppError(error.code, error.message.replaceAll(`${folder}/`, 'the '), {
      cause: error,
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
