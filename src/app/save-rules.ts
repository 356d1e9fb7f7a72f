import { openKnowledgeBase, openShipped } from '../attack/index.js';
import type { Issue } from '../model/index.js';
import { readRules } from '../sigma/index.js';
import type { EvidenceInput, ImportFile, ImportRecord, RuleInput, Store } from '../store/index.js';
import { ruleConfidence } from './map-confidence.js';
import { createTagReader } from './map-tags.js';
import { collectPack } from './rules-collect.js';
import { importFilesOf } from './save-import-files.js';

const BATCH = 2_000;

export interface SaveRulesOptions {
  readonly store: Store;
  /** A folder, archive or file of Sigma rules each. */
  readonly paths: readonly string[];
  /** For people. Default the paths. */
  readonly name?: string | undefined;
  readonly files?: readonly ImportFile[] | undefined;
  /** Default the newest that ships. */
  readonly attackVersion?: string | undefined;
  readonly userId?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What came of saving rules. */
export interface SavedRules {
  readonly import: ImportRecord;
  readonly added: number;
  readonly changed: number;
  readonly same: number;
}

/**
 * Saves Sigma rules with their texts, and what each could detect as evidence of kind `capability`.
 *
 * @throws AppError as the store throws; `NOT_FOUND` for an ATT&CK version that is not there.
 */
export async function saveRules(options: SaveRulesOptions): Promise<SavedRules> {
  const { store, paths, userId, signal } = options;
  const { attackVersion: version } = options;
  const knowledgeBase = version === undefined ? openShipped() : openKnowledgeBase({ version });
  const tagsOf = createTagReader(knowledgeBase);
  const { import: begun } = await store.imports.begin({
    kind: 'rules',
    name: options.name ?? paths.join(', '),
    files: options.files ?? (await importFilesOf(paths)),
    attackVersion: knowledgeBase.version,
    userId,
  });
  const { importId } = begun;
  const issues: Issue[] = [];
  const counts = { added: 0, changed: 0, same: 0 };
  let records = 0;
  try {
    const rules: Saved[] = [];
    for (const path of paths)
      rules.push(...(await readAll(path, { tagsOf, issues, version: knowledgeBase.version })));
    for (let at = 0; at < rules.length && signal?.aborted !== true; at += BATCH) {
      const part = rules.slice(at, at + BATCH);
      const saved = await store.rules.save(
        part.map(({ rule }) => rule),
        { importId },
      );
      counts.added += saved.added;
      counts.changed += saved.changed;
      counts.same += saved.same;
      await store.imports.addBatch(
        importId,
        part.map(({ evidence }) => evidence),
      );
      records += part.length;
    }
    const status = signal?.aborted === true ? 'cancelled' : 'finished';
    const end = { status, records, issueCount: issues.length, issues } as const;
    return { import: await store.imports.end(importId, end), ...counts };
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error);
    const end = { status: 'failed', records, issueCount: issues.length, issues, failure } as const;
    await store.imports.end(importId, end);
    throw error;
  }
}

interface Saved {
  readonly rule: RuleInput;
  readonly evidence: EvidenceInput;
}

interface ReadContext {
  readonly tagsOf: ReturnType<typeof createTagReader>;
  /** Grows. */
  readonly issues: Issue[];
  readonly version: string;
}

async function readAll(path: string, context: ReadContext): Promise<readonly Saved[]> {
  const pack = await collectPack(path);
  context.issues.push(...pack.issues);
  return [...pack.files].flatMap(([name, text]) => readOne({ source: name, text }, context));
}

function readOne(
  { source, text }: { readonly source: string; readonly text: string },
  { tagsOf, issues, version }: ReadContext,
): readonly Saved[] {
  const { rules, issues: found } = readRules(text, { source });
  issues.push(...found);
  return rules.map(({ rule }): Saved => {
    const techniques = tagsOf(rule);
    issues.push(...techniques.issues);
    const key = rule.id ?? rule.name ?? rule.title;
    const { title, level, status } = rule;
    const { techniqueIds } = techniques;
    return {
      rule: { key, title, level, status, source, text, techniqueIds },
      evidence: {
        claim: {
          reference: { kind: 'sigma', key, title, level },
          subject: { kind: 'rule', name: title },
          evidenceKind: 'capability',
          domain: 'enterprise-attack',
          attackVersion: version,
          techniqueIds,
          confidence: ruleConfidence(rule),
        },
        timeMs: undefined,
        source,
        record: String(rule.at.line ?? 1),
        identity: key,
        quote: rule.description ?? '',
        detail: { tags: rule.tags.join(', ') },
      },
    };
  });
}
