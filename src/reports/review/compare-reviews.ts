import { type KnowledgeBase, tacticsOf } from '../../attack/lookup.js';
import { parentTechniqueId, type TechniqueId } from '../../model/index.js';
import type { ReviewRecord } from './review-record.js';

/** Cohen's kappa over the items that both decided. */
export interface Agreement {
  /** Items that both decided. */
  readonly items: number;
  /** Of them, decided the same way. */
  readonly agreed: number;
  /** At most 1, which is full agreement; 0 is what chance gives. Undefined without items, or when chance alone gives 1. */
  readonly kappa: number | undefined;
}

/** Two decisions on the same words. */
export interface Disagreement {
  readonly first: ReviewRecord;
  readonly second: ReviewRecord;
}

/** How far two people agree. */
export interface ReviewComparison {
  readonly overall: Agreement;
  /** By tactic of the technique that was proposed, in matrix order; an item counts for each of its tactics. */
  readonly tactics: readonly (Agreement & { readonly name: string })[];
  /** Reports that both reviewed. */
  readonly reports: number;
  /** Mean over those reports of the F1 of the two sets of techniques; two empty sets agree. Undefined without reports. */
  readonly exactF1: number | undefined;
  /** The same of parent techniques. */
  readonly parentF1: number | undefined;
  readonly disagreements: readonly Disagreement[];
  /** Items that only one decided. */
  readonly onlyFirst: number;
  readonly onlySecond: number;
}

/**
 * Compares the decisions of two people. An item is a technique that was proposed for some words of a report; of several
 * decisions of a person on one item the last counts. Two edits agree when they name the same technique.
 *
 * Cohen's kappa = (o − e) / (1 − e): o the share of items on which both agree, e what two people with these same habits
 * would agree on by chance, the sum over categories of the product of their shares.
 */
export function compareReviews(
  first: readonly ReviewRecord[],
  second: readonly ReviewRecord[],
  knowledgeBase: KnowledgeBase,
): ReviewComparison {
  const [mine, theirs] = [lastDecisions(first), lastDecisions(second)];
  const pairs = [...mine].flatMap(([key, record]): readonly Disagreement[] => {
    const other = theirs.get(key);
    return other === undefined ? [] : [{ first: record, second: other }];
  });
  const documents = documentScores(mine, theirs);
  return {
    overall: agreementOf(pairs),
    tactics: agreementByTactic(pairs, knowledgeBase),
    ...documents,
    disagreements: pairs.filter((pair) => categoryOf(pair.first) !== categoryOf(pair.second)),
    onlyFirst: mine.size - pairs.length,
    onlySecond: theirs.size - pairs.length,
  };
}

type Decided = ReadonlyMap<string, ReviewRecord>;

function lastDecisions(records: readonly ReviewRecord[]): Decided {
  const last = new Map<string, ReviewRecord>();
  for (const record of records) {
    const { reportSha256, techniqueId, start, end } = record;
    const key = `${reportSha256} ${techniqueId} ${start}-${end}`;
    if (record.status === 'proposed') last.delete(key);
    else last.set(key, record);
  }
  return last;
}

function categoryOf({ status, editedTo }: ReviewRecord): string {
  return status === 'edited' ? `edited to ${editedTo}` : status;
}

function agreementOf(pairs: readonly Disagreement[]): Agreement {
  const items = pairs.length;
  const [firsts, seconds] = [new Map<string, number>(), new Map<string, number>()];
  let agreed = 0;
  for (const { first, second } of pairs) {
    const [mine, theirs] = [categoryOf(first), categoryOf(second)];
    if (mine === theirs) agreed += 1;
    firsts.set(mine, (firsts.get(mine) ?? 0) + 1);
    seconds.set(theirs, (seconds.get(theirs) ?? 0) + 1);
  }
  let byChance = 0;
  for (const [category, count] of firsts)
    byChance += (count / items) * ((seconds.get(category) ?? 0) / items);
  // Exact for whole counts: 1 only when both used one and the same category.
  const isChanceAlone = items === 0 || byChance === 1;
  const kappa = isChanceAlone ? undefined : (agreed / items - byChance) / (1 - byChance);
  return { items, agreed, kappa };
}

function agreementByTactic(
  pairs: readonly Disagreement[],
  knowledgeBase: KnowledgeBase,
): ReviewComparison['tactics'] {
  return knowledgeBase.tactics.flatMap(({ shortname, name }) => {
    const own = pairs.filter(({ first }) => {
      const technique = knowledgeBase.byAttackId.get(first.techniqueId);
      if (technique?.kind !== 'technique') return false;
      return tacticsOf(knowledgeBase, technique).some((tactic) => tactic.shortname === shortname);
    });
    return own.length === 0 ? [] : [{ name, ...agreementOf(own) }];
  });
}

function documentScores(
  mine: Decided,
  theirs: Decided,
): Pick<ReviewComparison, 'reports' | 'exactF1' | 'parentF1'> {
  const [mineByReport, theirsByReport] = [keptByReport(mine), keptByReport(theirs)];
  const exact: number[] = [];
  const parent: number[] = [];
  for (const [report, ids] of mineByReport) {
    const others = theirsByReport.get(report);
    if (others === undefined) continue;
    exact.push(f1(ids, others));
    parent.push(f1(parentsOf(ids), parentsOf(others)));
  }
  return { reports: exact.length, exactF1: mean(exact), parentF1: mean(parent) };
}

/** Techniques that a person lets stand, by report; a report on which all was rejected has none. */
function keptByReport(decided: Decided): ReadonlyMap<string, ReadonlySet<TechniqueId>> {
  const kept = new Map<string, Set<TechniqueId>>();
  for (const { reportSha256, status, techniqueId, editedTo } of decided.values()) {
    const ids = kept.get(reportSha256) ?? new Set();
    kept.set(reportSha256, ids);
    if (status === 'accepted') ids.add(techniqueId);
    if (status === 'edited' && editedTo !== undefined) ids.add(editedTo);
  }
  return kept;
}

function parentsOf(ids: ReadonlySet<TechniqueId>): ReadonlySet<TechniqueId> {
  return new Set([...ids].map(parentTechniqueId));
}

function f1(a: ReadonlySet<TechniqueId>, b: ReadonlySet<TechniqueId>): number {
  if (a.size + b.size === 0) return 1;
  const common = [...a].filter((id) => b.has(id)).length;
  return (2 * common) / (a.size + b.size);
}

function mean(values: readonly number[]): number | undefined {
  if (values.length === 0) return undefined;
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
