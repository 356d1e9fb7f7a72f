import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { listFiles } from '../collectors/index.js';
import { AppError, type Issue } from '../model/index.js';
import {
  type CompiledRule,
  type CorrelationInput,
  compileRuleSet,
  type LinkedCorrelation,
  type LoadedRules,
  lazyCompiledRule,
  linkCorrelations,
  type Pipeline,
  prepareRules,
  type RulePack,
  type RuleSetImage,
  readRules,
  SIGMA_LEVELS,
  type SigmaCorrelation,
  type SigmaLevel,
} from '../sigma/index.js';
import { cachedRulePack, type RuleText } from './rule-pack-cache.js';
import { ruleFolderOf } from './rules-installed.js';

/** Rules ready to run. */
export interface RuleSet {
  /** In the order of the folders and files; ids do not repeat. */
  readonly rules: readonly CompiledRule[];
  /** The same rules compiled together, when the pack of them is whole. */
  readonly image: RuleSetImage | undefined;
  /** The pack of just these rules, for other threads. */
  readonly pack: Uint8Array | undefined;
  /** What is built on others comes after those. */
  readonly correlations: readonly LinkedCorrelation[];
  /** Rules and correlations that only feed correlations. */
  readonly silent: ReadonlySet<CorrelationInput>;
  readonly issues: readonly Issue[];
  /** Rules that were refused. */
  readonly skipped: number;
  /** Rules and correlations left out because of the minimum level. */
  readonly belowMinLevel: number;
}

export interface RuleSetOptions {
  /** Folders or files of Sigma rules, or names of installed packs. */
  readonly paths: readonly string[];
  /** Whether the rules that ship with Portolan run too. */
  readonly ownRules: boolean;
  readonly minLevel: SigmaLevel;
  /** Applied to all rules, Portolan's own too: they use Sigma's names of fields as others do. Default none. */
  readonly pipelines?: readonly Pipeline[] | undefined;
  /** Values for the placeholders of `expand`. Default none. */
  readonly placeholders?: ReadonlyMap<string, readonly string[]> | undefined;
  /** The texts of pipelines and placeholders: rules compiled with others are not those of the cache. */
  readonly variant?: string | undefined;
}

// From src/app and from dist/cli alike.
const OWN_RULES = fileURLToPath(new URL('../../rules/', import.meta.url));
// Beside each own rule lie the events that test it.
const RULE_FILE = /\.ya?ml$/i;
const TEST_EVENTS = /\.events\.ya?ml$/i;

/** Whether a rule in this file ships with Portolan. */
export function isOwnRule(path: string): boolean {
  return path.startsWith(OWN_RULES);
}

/**
 * Loads Portolan's own rules and those under the paths, own ones first. Filters and correlations may be in other files than the
 * rules that they name.
 *
 * @throws AppError `SOURCE_UNREADABLE` for a path that does not exist or holds no YAML file: whoever names rules wants
 *   them to run.
 */
export async function loadRuleSet(options: RuleSetOptions): Promise<RuleSet> {
  const { paths, ownRules, minLevel, variant } = options;
  const listed = await listRuleFiles([...(ownRules ? [OWN_RULES] : []), ...paths]);
  const texts = readAll(listed.files);
  const pack = await cachedRulePack(texts, () => buildPack(texts, options), { variant });
  const linked = linkCorrelations(pack.correlations, pack.rules);
  const rules = pack.rules.map((rule) => lazyCompiledRule(rule));
  const kept = keepLevel(rules, { ...linked, minLevel });
  const issues = [listed, pack, linked].flatMap((one) => one.issues);
  const skipped = pack.refused + linked.issues.length;
  // The pack numbers all of its rules: where some are left out, those that stay are compiled anew.
  const isWhole = kept.rules.length === rules.length;
  const whole = isWhole ? { image: pack.image, pack: pack.bytes } : NO_PACK;
  return { ...kept, ...whole, issues, skipped };
}

const NO_PACK = { image: undefined, pack: undefined } as const;

/** Reads and compiles rules of every level. */
function buildPack(
  texts: readonly RuleText[],
  { pipelines, placeholders }: RuleSetOptions,
): RulePack {
  const decoder = new TextDecoder();
  const read = texts.map(({ source, bytes }) => readRules(decoder.decode(bytes), { source }));
  const loaded = prepareRules(read, { pipelines, placeholders });
  const unique = dropTwins(loaded);
  const rules = unique.rules.map(({ rule }) => rule);
  return {
    rules,
    correlations: unique.correlations,
    issues: [...loaded.issues, ...unique.issues],
    refused: loaded.refused + unique.issues.length,
    image: compileRuleSet(rules),
  };
}

// At once, as thousands of small files take three times as long one promise after the other.
function readAll(files: Iterable<string>): readonly RuleText[] {
  return [...files].map((source) => ({ source, bytes: readFileSync(source) }));
}

async function listRuleFiles(paths: readonly string[]) {
  const files = new Set<string>();
  const issues: Issue[] = [];
  for (const path of paths) {
    const listed = await listFiles([ruleFolderOf(path)]);
    const rules = listed.files.filter((file) => RULE_FILE.test(file) && !TEST_EVENTS.test(file));
    if (rules.length === 0) {
      const reason = listed.issues[0]?.message ?? 'holds no YAML file';
      throw new AppError('SOURCE_UNREADABLE', `expected Sigma rules: ${path} ${reason}`);
    }
    for (const rule of rules) files.add(rule);
    issues.push(...listed.issues);
  }
  return { files, issues };
}

/** Rules and correlations without those that have the id of an earlier one, or are not meant to run. */
function dropTwins({ rules, correlations }: Pick<LoadedRules, 'rules' | 'correlations'>) {
  const byId = new Map<string, CorrelationInput>();
  const issues: Issue[] = [];
  const isKept = (rule: CorrelationInput): boolean => {
    const key = rule.id?.toLowerCase() ?? `${rule.at.source}:${rule.at.line}`;
    const problem = problemOf(rule, byId.get(key));
    if (problem === undefined) byId.set(key, rule);
    else issues.push(problem);
    return problem === undefined;
  };
  return {
    rules: rules.filter(({ rule }) => isKept(rule)),
    correlations: correlations.filter(isKept),
    issues,
  };
}

/** Why a rule that compiles is not run all the same. */
function problemOf(rule: CorrelationInput, twin: CorrelationInput | undefined): Issue | undefined {
  if (rule.status === 'unsupported') {
    const message = `rule "${rule.title}" is marked unsupported by its author`;
    return { kind: 'issue', code: 'RULE_UNSUPPORTED', message, at: rule.at };
  }
  if (twin === undefined) return undefined;
  const message = `rule "${rule.title}" has the id of a rule in ${twin.at.source}`;
  return { kind: 'issue', code: 'RULE_INVALID', message, at: rule.at };
}

interface LevelOptions {
  readonly correlations: readonly LinkedCorrelation[];
  readonly silent: ReadonlySet<CorrelationInput>;
  readonly minLevel: SigmaLevel;
}

/** Leaves out what is below a level, but for what correlations that stay are built on, which becomes silent. */
function keepLevel(
  rules: readonly CompiledRule[],
  { correlations, silent, minLevel }: LevelOptions,
): Pick<RuleSet, 'rules' | 'correlations' | 'silent' | 'belowMinLevel'> {
  const lowest = SIGMA_LEVELS.indexOf(minLevel);
  const isHigh = ({ level }: CorrelationInput): boolean => SIGMA_LEVELS.indexOf(level) >= lowest;
  const needed = new Set<CorrelationInput>();
  // From the top: what a correlation needs comes before it.
  for (const { correlation, inputs } of [...correlations].reverse())
    if (isHigh(correlation) || needed.has(correlation))
      for (const input of inputs) needed.add(input);
  const stays = (input: CorrelationInput): boolean => isHigh(input) || needed.has(input);
  const quiet = new Set<CorrelationInput>(silent);
  for (const input of needed) if (!isHigh(input)) quiet.add(input);
  const keptRules = rules.filter(({ rule }) => stays(rule));
  const isUsed = (input: SigmaCorrelation): boolean => stays(input);
  const keptCorrelations = correlations.filter(({ correlation }) => isUsed(correlation));
  // A rule that only a correlation left out would have silenced speaks for itself.
  const silencers = new Set(keptCorrelations.flatMap(({ inputs }) => inputs));
  for (const input of quiet) if (isHigh(input) && !silencers.has(input)) quiet.delete(input);
  const hidden = [...needed].filter((input) => !isHigh(input)).length;
  return {
    rules: keptRules,
    correlations: keptCorrelations,
    silent: quiet,
    belowMinLevel:
      rules.length - keptRules.length + (correlations.length - keptCorrelations.length) + hidden,
  };
}
