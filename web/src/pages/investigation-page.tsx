import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import type { ApiMapping, MappingFacets } from '../../../src/server/api-types.js';
import { readApi } from '../api/api-client.js';
import { sendReview } from '../review/last-review.js';
import { AnswerOf } from './answer-of.js';
import { countOf } from './format-values.js';
import {
  addressWith,
  FILTER_NAMES,
  type FilterName,
  type InvestigationFilter,
  readFilter,
  toQuery,
} from './investigation-filter.js';
import { MappingTable } from './mapping-table.js';
import { TimeLine } from './time-line.js';

const TITLES: Readonly<Record<FilterName, string>> = {
  subject: 'Host, user, report',
  tactic: 'Tactic',
  technique: 'Technique',
  rule: 'Rule',
  kind: 'Kind of evidence',
  status: 'Status',
};
const LISTED = 8;

function valuesOf(facets: MappingFacets, name: FilterName) {
  if (name !== 'status') return facets[name];
  return Object.entries(facets.status).map(([value, count]) => ({ value, count }));
}

function FacetValues({
  name,
  facets,
  filter,
}: {
  readonly name: FilterName;
  readonly facets: MappingFacets;
  readonly filter: InvestigationFilter;
}): ReactNode {
  const search = useSearch();
  const [, navigate] = useLocation();
  const [isLong, setLong] = useState(false);
  const chosen = filter[name];
  const values = valuesOf(facets, name).filter(({ count, value }) => count > 0 || value === chosen);
  if (values.length === 0) return null;
  const shown = isLong ? values : values.slice(0, LISTED);
  return (
    <section className="stack tight" aria-label={TITLES[name]}>
      <h2 className="facet-title">{TITLES[name]}</h2>
      <ul className="plain-list facet">
        {shown.map(({ value, count }) => (
          <li key={value}>
            <button
              type="button"
              className="facet-value"
              aria-pressed={chosen === value}
              onClick={() =>
                navigate(addressWith(search, name, chosen === value ? undefined : value))
              }
            >
              <span>{value === '' ? '(none)' : value}</span>
              <span className="muted number">{count}</span>
            </button>
          </li>
        ))}
      </ul>
      {values.length > LISTED ? (
        <button type="button" className="link small" onClick={() => setLong(!isLong)}>
          {isLong ? 'Fewer' : `${values.length - LISTED} more`}
        </button>
      ) : null}
    </section>
  );
}

function BulkReview({
  chosen,
  onDone,
}: {
  readonly chosen: ReadonlySet<string>;
  readonly onDone: () => void;
}): ReactNode {
  const client = useQueryClient();
  const decide = async (decision: 'accept' | 'reject' | 'reset'): Promise<void> => {
    await sendReview(client, { mappingIds: [...chosen], decision });
    onDone();
  };
  return (
    <div className="row" role="toolbar" aria-label="Review what is chosen">
      <span className="muted">{countOf(chosen.size, 'mapping')} chosen</span>
      {(['accept', 'reject', 'reset'] as const).map((decision) => (
        <button
          key={decision}
          type="button"
          className="button"
          disabled={chosen.size === 0}
          onClick={() => void decide(decision)}
        >
          {decision === 'accept' ? 'Accept' : decision === 'reject' ? 'Reject' : 'Back to proposed'}
        </button>
      ))}
    </div>
  );
}

function Mappings({ filter }: { readonly filter: InvestigationFilter }): ReactNode {
  const query = { ...toQuery(filter), limit: 200 };
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [opened, setOpened] = useState<string | undefined>();
  const pages = useInfiniteQuery({
    queryKey: ['mappings', query],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor, signal }) =>
      readApi('/api/mappings', { query: { ...query, cursor }, signal }),
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  if (pages.isPending) return <p className="muted">Reading the mappings …</p>;
  if (pages.isError)
    return (
      <p className="notice bad" role="alert">
        {pages.error.message}
      </p>
    );
  const mappings = pages.data.pages.flatMap(({ items }) => items);
  if (mappings.length === 0)
    return (
      <p className="muted">
        No mapping is like that. Take out a filter, or <a href="/imports">bring in files</a>.
      </p>
    );
  const toggle = (id: string): void => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  const open = (mapping: ApiMapping): void =>
    setOpened(mapping.id === opened ? undefined : mapping.id);
  return (
    <div className="stack">
      <TimeLine
        mappings={mappings}
        onChoose={(mapping) => {
          setOpened(mapping.id);
          document.getElementById(`mapping-${mapping.id}`)?.scrollIntoView({ block: 'center' });
        }}
      />
      <BulkReview chosen={chosen} onDone={() => setChosen(new Set())} />
      <MappingTable
        mappings={mappings}
        chosen={chosen}
        opened={opened}
        onToggle={toggle}
        onToggleAll={(all) => setChosen(new Set(all ? mappings.map(({ id }) => id) : []))}
        onOpen={open}
      />
      {pages.hasNextPage ? (
        <p>
          <button
            type="button"
            className="button"
            disabled={pages.isFetchingNextPage}
            onClick={() => void pages.fetchNextPage()}
          >
            More mappings
          </button>
        </p>
      ) : null}
    </div>
  );
}

/** What happened, where and when: mappings with facets, a time line, and review of many at once. */
export function InvestigationPage(): ReactNode {
  const filter = readFilter(useSearch());
  const query = toQuery(filter);
  const facets = useQuery({
    queryKey: ['facets', query],
    queryFn: ({ signal }) => readApi('/api/mappings/facets', { query, signal }),
    placeholderData: (before) => before,
  });
  return (
    <main className="page wide">
      <h1>Investigation</h1>
      <div className="with-aside">
        <aside className="stack" aria-label="Narrow down">
          <AnswerOf query={facets} what="what there is">
            {(answer) => (
              <>
                <p className="muted">{countOf(answer.total, 'mapping')}</p>
                {FILTER_NAMES.map((name) => (
                  <FacetValues key={name} name={name} facets={answer} filter={filter} />
                ))}
              </>
            )}
          </AnswerOf>
        </aside>
        {/* Another filter is another list: nothing stays chosen. */}
        <Mappings key={JSON.stringify(filter)} filter={filter} />
      </div>
    </main>
  );
}
