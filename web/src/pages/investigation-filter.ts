import type { EvidenceKind, MappingStatus } from '../../../src/server/api-types.js';

/** What an investigation is narrowed to; it stands in the address, so that a view can be passed on. */
export interface InvestigationFilter {
  readonly subject: string | undefined;
  readonly technique: string | undefined;
  readonly tactic: string | undefined;
  readonly rule: string | undefined;
  readonly kind: EvidenceKind | undefined;
  readonly status: MappingStatus | undefined;
}

export const FILTER_NAMES = ['subject', 'tactic', 'technique', 'rule', 'kind', 'status'] as const;
export type FilterName = (typeof FILTER_NAMES)[number];

/** From the words behind the `?` of an address. */
export function readFilter(search: string): InvestigationFilter {
  const words = new URLSearchParams(search);
  const value = (name: FilterName): string | undefined => words.get(name) ?? undefined;
  return {
    subject: value('subject'),
    technique: value('technique'),
    tactic: value('tactic'),
    rule: value('rule'),
    kind: value('kind') as EvidenceKind | undefined,
    status: value('status') as MappingStatus | undefined,
  };
}

/** The address of the page with one value set, or taken out when undefined. */
export function addressWith(search: string, name: FilterName, value: string | undefined): string {
  const words = new URLSearchParams(search);
  if (value === undefined) words.delete(name);
  else words.set(name, value);
  const text = words.toString();
  return `/investigation${text === '' ? '' : `?${text}`}`;
}

/** The same as the query of the API. */
export function toQuery(filter: InvestigationFilter) {
  const { kind, status, subject, technique, tactic, rule } = filter;
  return {
    subject,
    technique,
    tactic,
    rule,
    kinds: kind === undefined ? undefined : [kind],
    status: status === undefined ? undefined : [status],
  };
}
