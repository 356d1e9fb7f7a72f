import type { AttackKind, AttackObject, AttackStatus } from '../attack-object.js';
import type { KnowledgeBase } from '../knowledge-base.js';
import { currentEntries } from './current-entries.js';
import { formerEntries } from './former-entries.js';
import { parseKindQuery } from './kind-words.js';
import { createLeadFinder, findSuccessors } from './result-links.js';
import { createDescriptionSearch } from './search-descriptions.js';
import { searchIds } from './search-ids.js';
import type {
  AttackSearch,
  Candidate,
  SearchOptions,
  SearchResult,
  SearchSources,
} from './search-result.js';
import { searchTexts } from './search-texts.js';
import { createTextIndex, type TextIndex } from './text-index.js';

const MAX_QUERY = 500;
const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 1000;
/** Below it a text has too little of the query to be meant. */
const LOWEST_SCORE = 0.42;
/** The same where nothing else is found: part of an answer is better than none. */
const LOWEST_ALONE = 0.25;
/** From it on the query names an object; names of other versions cannot be meant. */
const CERTAIN = 0.9;

const BARE_NUMBER = /^\s*\d+\s*$/;

/** Kinds in the order in which equally good results come; the number is taken off the score. */
const KIND_COST: Readonly<Record<AttackKind, number>> = {
  technique: 0,
  tactic: 0.001,
  group: 0.002,
  software: 0.003,
  campaign: 0.004,
  mitigation: 0.005,
  'data-component': 0.006,
  asset: 0.007,
  'data-source': 0.008,
  matrix: 0.009,
  'detection-strategy': 0.08,
  analytic: 0.09,
};
const STATUS_COST: Readonly<Record<AttackStatus, number>> = {
  active: 0,
  revoked: 0.04,
  deprecated: 0.12,
};

/** Makes one version of ATT&CK searchable; nothing is indexed before the first query. */
export function createAttackSearch({ knowledgeBase, otherVersions }: SearchSources): AttackSearch {
  let others: readonly KnowledgeBase[] | undefined;
  let current: TextIndex | undefined;
  let former: TextIndex | undefined;
  let sortedIds: readonly string[] | undefined;
  const askOthers = (): readonly KnowledgeBase[] => {
    others ??= otherVersions?.() ?? [];
    return others;
  };
  const searchDescriptions = createDescriptionSearch(knowledgeBase);
  const findLeads = createLeadFinder(knowledgeBase);

  const findCandidates = (query: string): Ranking => {
    const ranking = createRanking();
    sortedIds ??= [...knowledgeBase.byAttackId.keys()].sort();
    ranking.add(searchIds({ knowledgeBase, sortedIds, otherVersions: askOthers }, query));
    // Who types a whole id wants no more; a bare number may also be an event's.
    if (ranking.best() === 1 || (ranking.best() > CERTAIN && !BARE_NUMBER.test(query))) {
      return ranking;
    }
    current ??= createTextIndex(currentEntries(knowledgeBase));
    ranking.add(searchTexts(current, query));
    const ofKind = parseKindQuery(query);
    if (ofKind !== undefined) {
      const found = searchTexts(current, ofKind.rest);
      ranking.add(found.filter(({ object }) => object.kind === ofKind.kind));
    }
    if (ranking.best() < CERTAIN) {
      former ??= createTextIndex(formerEntries(knowledgeBase, askOthers()));
      ranking.add(searchTexts(former, query));
    }
    if (ranking.best() === 0) ranking.add(searchTexts(current, query), LOWEST_ALONE);
    return ranking;
  };

  const toResult = (candidate: Candidate): SearchResult => ({
    ...candidate,
    score: Math.round(candidate.score * 1000) / 1000,
    successors: findSuccessors(candidate, knowledgeBase, askOthers),
    leadsTo: findLeads(candidate.object),
  });

  return {
    search(query, options = {}) {
      const start = query.slice(0, MAX_QUERY);
      const limit = Math.max(1, Math.min(MAX_LIMIT, Math.trunc(options.limit ?? DEFAULT_LIMIT)));
      const ranking = findCandidates(start);
      let ranked = pick(ranking.ranked(), options);
      if (ranked.length < limit) {
        ranking.add(searchDescriptions(start));
        ranked = pick(ranking.ranked(), options);
      }
      return ranked.slice(0, limit).map(toResult);
    },
  };
}

function pick(ranked: readonly Candidate[], { kinds }: SearchOptions): readonly Candidate[] {
  return kinds === undefined ? ranked : ranked.filter(({ object }) => kinds.includes(object.kind));
}

/** The best candidate of each object. */
interface Ranking {
  /** @param lowest score below which a candidate is passed over. */
  add(candidates: readonly Candidate[], lowest?: number): void;
  /** Score of the best, before costs; 0 when there is none. */
  best(): number;
  ranked(): readonly Candidate[];
}

function createRanking(): Ranking {
  const byObject = new Map<string, Candidate>();
  let best = 0;
  return {
    add(candidates, lowest = LOWEST_SCORE) {
      for (const candidate of candidates) {
        const { object, score, why } = candidate;
        if (score < lowest && why !== 'description') continue;
        best = Math.max(best, score);
        const known = byObject.get(object.stixId);
        const cost = costOf(object, why === 'id' || why === 'old-id' || why === 'stix-id');
        const net = Math.max(0, Math.min(1, score) - cost);
        if (known === undefined || net > known.score) {
          byObject.set(object.stixId, { ...candidate, score: net });
        }
      }
    },
    best: () => best,
    ranked: () => [...byObject.values()].sort(compareCandidates),
  };
}

// Who types an id means it, whatever has become of the object.
function costOf({ kind, status }: AttackObject, isById: boolean): number {
  return isById ? 0 : KIND_COST[kind] + STATUS_COST[status];
}

function compareCandidates(a: Candidate, b: Candidate): number {
  if (a.score !== b.score) return b.score - a.score;
  const [left, right] = [a.object.attackId ?? '~', b.object.attackId ?? '~'];
  if (left !== right) return left < right ? -1 : 1;
  return a.object.stixId < b.object.stixId ? -1 : 1;
}
