import type { KnowledgeBase } from '../attack/index.js';
import type { Domain, EvidenceKind, TechniqueId } from '../model/index.js';
import type { EvidenceFilter, MappingStatus, MatrixCell, Store } from '../store/index.js';
import type { KnowledgeShelf } from './serve-knowledge.js';

/** In the order in which they are shown. */
export const EVIDENCE_KINDS = [
  'observed',
  'exposure',
  'capability',
  'intel',
] as const satisfies readonly EvidenceKind[];

type Counts<K extends string> = Record<K, number>;

/** What the matrix shows in one cell. */
export interface ShownCell {
  readonly techniqueId: string;
  /** Pieces of evidence that count, by kind. */
  readonly counts: Readonly<Counts<EvidenceKind>>;
  /** Mappings, whatever their status. */
  readonly status: Readonly<Counts<MappingStatus>>;
  readonly maxConfidence: number;
  /** 0..100 */
  readonly score: number;
  /** ISO 8601 UTC. */
  readonly firstSeen: string | undefined;
  readonly lastSeen: string | undefined;
  /** Subjects: hosts, users, reports. Of the version and kind with most. */
  readonly hosts: number;
  /** Rules, reports, layers that claim it, as `hosts`. */
  readonly rules: number;
  /** One sentence with the formula. */
  readonly why: string;
}

/** Which mappings count; what is left out does not narrow. */
export interface MatrixQuestion {
  readonly domain: Domain;
  /** ATT&CK version that is shown; mappings of others are moved to it. Default the newest. */
  readonly version?: string | undefined;
  /** Empty: all. */
  readonly kinds: readonly EvidenceKind[];
  /** Empty: proposed and accepted. */
  readonly statuses: readonly MappingStatus[];
  readonly fromMs?: number | undefined;
  /** Exclusive. */
  readonly toMs?: number | undefined;
  readonly minConfidence: number;
}

export interface ShownMatrix {
  readonly domain: Domain;
  readonly attackVersion: string;
  readonly formula: string;
  /** By technique id; techniques without evidence are left out. */
  readonly cells: readonly ShownCell[];
  readonly totals: {
    readonly techniques: number;
    readonly mappings: number;
    readonly counts: Readonly<Counts<EvidenceKind>>;
    readonly status: Readonly<Counts<MappingStatus>>;
    /** Mappings of techniques that this version has not, and nothing stands for. */
    readonly otherVersions: number;
  };
}

const FORMULA = 'score = 100 × the highest confidence of the mappings that count';

const noKinds = (): Counts<EvidenceKind> => ({ observed: 0, exposure: 0, capability: 0, intel: 0 });
const noStatuses = (): Counts<MappingStatus> => ({ proposed: 0, accepted: 0, rejected: 0 });

/** What a cell adds up from: one for each kind and ATT&CK version. */
interface Sum {
  readonly counts: Counts<EvidenceKind>;
  readonly status: Counts<MappingStatus>;
  surest: { readonly kind: EvidenceKind; readonly confidence: number } | undefined;
  firstMs: number | undefined;
  lastMs: number | undefined;
  hosts: number;
  rules: number;
  mappings: number;
}

/** The evidence of a workspace, technique by technique, on one version of ATT&CK. */
export async function showMatrix(
  store: Store,
  shelf: KnowledgeShelf,
  question: MatrixQuestion,
): Promise<ShownMatrix> {
  const knowledgeBase = shelf.open(question.domain, question.version);
  const statuses = statusesOf(question.statuses);
  const found = await store.mappings.aggregate(toFilter(question));
  const shown = sumCells(found, { knowledgeBase, shelf, statuses });
  const cells = [...shown.sums]
    .filter(([, sum]) => sum.surest !== undefined)
    .map(([techniqueId, sum]) => toCell(techniqueId, sum))
    .sort((a, b) => (a.techniqueId < b.techniqueId ? -1 : 1));
  const totals = { counts: noKinds(), status: noStatuses(), mappings: 0 };
  for (const { counts, status } of cells) {
    for (const kind of EVIDENCE_KINDS) totals.counts[kind] += counts[kind];
    for (const one of ['proposed', 'accepted', 'rejected'] as const)
      totals.status[one] += status[one];
  }
  totals.mappings = statuses.reduce((sum, status) => sum + totals.status[status], 0);
  return {
    domain: question.domain,
    attackVersion: knowledgeBase.version,
    formula: FORMULA,
    cells,
    totals: { ...totals, techniques: cells.length, otherVersions: shown.lost },
  };
}

/**
 * What the workspace holds about techniques, by id; those without evidence are left out.
 *
 * @param techniqueIds of `knowledgeBase`; mappings of other versions with other ids are left out.
 */
export async function summariseEvidence(
  store: Store,
  knowledgeBase: KnowledgeBase,
  techniqueIds: readonly TechniqueId[],
): Promise<ReadonlyMap<string, ShownCell>> {
  if (techniqueIds.length === 0) return new Map();
  const domains = knowledgeBase.domains;
  const found = await store.mappings.aggregate({ techniqueIds, domains });
  const sums = new Map<string, Sum>();
  for (const cell of found) addCell(sumOf(sums, cell.techniqueId), cell, statusesOf([]));
  const known = [...sums].filter(([, sum]) => sum.surest !== undefined);
  return new Map(known.map(([techniqueId, sum]) => [techniqueId, toCell(techniqueId, sum)]));
}

export function toFilter(question: MatrixQuestion): EvidenceFilter {
  const { domain, kinds, statuses, fromMs, toMs, minConfidence } = question;
  const isUsual = statuses.length === 0;
  return {
    domains: [domain],
    evidenceKinds: kinds.length === 0 ? undefined : kinds,
    // Without a word on status all are asked for, so that the rejected ones can be counted beside.
    statuses: isUsual ? undefined : statuses,
    fromMs,
    toMs,
    minConfidence: minConfidence > 0 ? minConfidence : undefined,
  };
}

function statusesOf(statuses: readonly MappingStatus[]): readonly MappingStatus[] {
  return statuses.length === 0 ? ['proposed', 'accepted'] : statuses;
}

interface Placing {
  readonly knowledgeBase: KnowledgeBase;
  readonly shelf: KnowledgeShelf;
  readonly statuses: readonly MappingStatus[];
}

function sumCells(
  found: readonly MatrixCell[],
  { knowledgeBase, shelf, statuses }: Placing,
): { readonly sums: ReadonlyMap<string, Sum>; readonly lost: number } {
  const sums = new Map<string, Sum>();
  let lost = 0;
  for (const cell of found) {
    const techniqueId = shelf.successor(cell.techniqueId, cell.attackVersion, knowledgeBase);
    if (techniqueId === undefined)
      lost += statuses.reduce((sum, status) => sum + cell.mappings[status], 0);
    else addCell(sumOf(sums, techniqueId), cell, statuses);
  }
  return { sums, lost };
}

function sumOf(sums: Map<string, Sum>, techniqueId: string): Sum {
  const sum = sums.get(techniqueId) ?? {
    counts: noKinds(),
    status: noStatuses(),
    surest: undefined,
    firstMs: undefined,
    lastMs: undefined,
    hosts: 0,
    rules: 0,
    mappings: 0,
  };
  sums.set(techniqueId, sum);
  return sum;
}

function addCell(sum: Sum, cell: MatrixCell, statuses: readonly MappingStatus[]): void {
  const { evidenceKind: kind } = cell;
  for (const status of ['proposed', 'accepted', 'rejected'] as const)
    sum.status[status] += cell.mappings[status];
  const counting = statuses.reduce((all, status) => all + cell.mappings[status], 0);
  if (counting === 0) return;
  sum.mappings += counting;
  for (const status of statuses) sum.counts[kind] += cell.evidence[status];
  sum.hosts = Math.max(sum.hosts, cell.subjects);
  sum.rules = Math.max(sum.rules, cell.references);
  if (sum.surest === undefined || cell.confidence > sum.surest.confidence)
    sum.surest = { kind, confidence: cell.confidence };
  sum.firstMs = least(sum.firstMs, cell.firstSeenMs);
  sum.lastMs = greatest(sum.lastMs, cell.lastSeenMs);
}

function least(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);
}

function greatest(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);
}

function toCell(techniqueId: string, sum: Sum): ShownCell {
  const { counts, status, surest, firstMs, lastMs, hosts, rules } = sum;
  const maxConfidence = Math.round((surest?.confidence ?? 0) * 1000) / 1000;
  const score = Math.round(maxConfidence * 100);
  return {
    techniqueId,
    counts,
    status,
    maxConfidence,
    score,
    firstSeen: firstMs === undefined ? undefined : new Date(firstMs).toISOString(),
    lastSeen: lastMs === undefined ? undefined : new Date(lastMs).toISOString(),
    hosts,
    rules,
    why: whyOf(sum, { score, maxConfidence }),
  };
}

const NOUNS: Readonly<Record<EvidenceKind, readonly [string, string]>> = {
  observed: ['observed event', 'observed events'],
  exposure: ['exposure', 'exposures'],
  capability: ['capability', 'capabilities'],
  intel: ['piece of intelligence', 'pieces of intelligence'],
};

function counted(count: number, [one, many]: readonly [string, string]): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;
}

function whyOf(
  { counts, surest, hosts, rules, status }: Sum,
  { score, maxConfidence }: { readonly score: number; readonly maxConfidence: number },
): string {
  const parts = EVIDENCE_KINDS.filter((kind) => counts[kind] > 0).map((kind) =>
    counted(counts[kind], NOUNS[kind]),
  );
  const claims = parts.length === 0 ? 'No evidence of its own' : parts.join(', ');
  const by = `by ${counted(rules, ['source', 'sources'])} on ${counted(hosts, ['subject', 'subjects'])}`;
  const rejected = status.rejected > 0 ? `; ${status.rejected} rejected and not counted` : '';
  const kind = surest?.kind ?? 'observed';
  return `${claims} ${by}; the surest mapping is ${kind} with confidence ${maxConfidence}, so score = 100 × ${maxConfidence} = ${score}${rejected}.`;
}
