import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { DOMAINS, type Domain, isDomain } from '../../../src/model/index.js';
import type { EvidenceKind, MatrixTimeline } from '../../../src/server/api-types.js';
import { readApi } from '../api/api-client.js';
import { useVersions } from '../attack/use-knowledge-base.js';
import { EVIDENCE_KINDS, type EvidenceScope, type LayerTab } from '../layers/layer-tab.js';
import { commitTab } from '../layers/layer-tabs-store.js';
import type { TabView } from '../layers/use-tab-view.js';

const KIND_HELP: Readonly<Record<EvidenceKind, string>> = {
  observed: 'An event or alert shows that it happened',
  capability: 'A rule, control or test says that we could detect or stop it',
  exposure: 'A weakness would allow it',
  intel: 'A report or feed says that an adversary does it',
};

function changeScope(label: string, change: Partial<EvidenceScope>, merge?: string): void {
  commitTab(
    label,
    (tab) =>
      tab.evidence === undefined ? tab : { ...tab, evidence: { ...tab.evidence, ...change } },
    merge,
  );
}

function toggleKind(kinds: readonly EvidenceKind[], kind: EvidenceKind): void {
  const next = kinds.includes(kind) ? kinds.filter((each) => each !== kind) : [...kinds, kind];
  // A view of no kind would be a view of nothing: the last one stays.
  if (next.length > 0) changeScope(`show ${next.join(', ')} evidence`, { kinds: next });
}

export const DOMAIN_WORDS: Readonly<Record<Domain, string>> = {
  'enterprise-attack': 'Enterprise',
  'mobile-attack': 'Mobile',
  'ics-attack': 'ICS',
};

/** Which matrix; each has versions of its own, so that it begins with the default one. */
function DomainChooser({ domain }: { readonly domain: Domain }): ReactNode {
  const { data: versions } = useVersions();
  const known = DOMAINS.filter((each) => versions?.some((version) => version.domain === each));
  if (known.length < 2) return null;
  const choose = (next: Domain): void =>
    commitTab(`show ${DOMAIN_WORDS[next]}`, (tab) => ({
      ...tab,
      selection: new Set(),
      onlyCells: undefined,
      toggled: new Set(),
      layer: {
        ...tab.layer,
        domain: next,
        filters: { ...tab.layer.filters, platforms: undefined },
        versions: { ...tab.layer.versions, attack: undefined },
      },
    }));
  return (
    <select
      aria-label="Domain"
      className="domain"
      value={domain}
      onChange={({ target: { value } }) => isDomain(value) && choose(value)}
    >
      {known.map((each) => (
        <option key={each} value={each}>
          {DOMAIN_WORDS[each]}
        </option>
      ))}
    </select>
  );
}

/** Days of a timeline as bars, for the slider below them. */
function DayBars({ timeline }: { readonly timeline: MatrixTimeline }): ReactNode {
  const most = Math.max(1, ...timeline.days.map(({ count }) => count));
  const width = 200 / Math.max(1, timeline.days.length);
  return (
    <svg className="day-bars" viewBox="0 0 200 20" preserveAspectRatio="none" aria-hidden="true">
      {timeline.days.map(({ day, count }, index) => (
        <rect
          key={day}
          x={index * width}
          y={20 - (count / most) * 20}
          width={Math.max(0.4, width - 0.3)}
          height={(count / most) * 20}
        />
      ))}
    </svg>
  );
}

function TimeSlider({
  scope,
  tab,
}: {
  readonly scope: EvidenceScope;
  readonly tab: LayerTab;
}): ReactNode {
  const { domain } = tab.layer;
  const { data: timeline } = useQuery({
    queryKey: ['matrix', 'timeline', domain],
    queryFn: ({ signal }) => readApi('/api/matrix/timeline', { query: { domain }, signal }),
  });
  const days = timeline?.days ?? [];
  if (timeline === undefined || days.length < 2) return null;
  const last = days.length - 1;
  const found = days.findIndex(({ day }) => day === scope.until);
  const at = scope.until === undefined ? last : found === -1 ? last : found;
  const set = (index: number): void =>
    changeScope('move in time', { until: index >= last ? undefined : days[index]?.day }, 'time');
  return (
    <span className="time-slider">
      <DayBars timeline={timeline} />
      <input
        type="range"
        min={0}
        max={last}
        value={at}
        aria-label="Evidence up to"
        aria-valuetext={scope.until ?? `all, up to ${days[last]?.day ?? ''}`}
        onChange={(event) => set(Number(event.target.value))}
      />
      <output className="number">{scope.until ?? 'all days'}</output>
    </span>
  );
}

/** What an evidence tab shows: kinds, up to which day, from which confidence on. It always says so. */
export function EvidenceBar({
  tab,
  tabView,
}: {
  readonly tab: LayerTab;
  readonly tabView: TabView;
}): ReactNode {
  const { evidence } = tab;
  if (evidence === undefined) return null;
  const counts = tabView.matrix?.totals.counts;
  return (
    <div className="toolbar evidence-bar">
      <DomainChooser domain={tab.layer.domain} />
      <fieldset className="kinds">
        <legend className="visually-hidden">Kinds of evidence that are shown</legend>
        {EVIDENCE_KINDS.map((kind) => (
          <button
            key={kind}
            type="button"
            className="button"
            aria-pressed={evidence.kinds.includes(kind)}
            title={KIND_HELP[kind]}
            onClick={() => toggleKind(evidence.kinds, kind)}
          >
            {kind}{' '}
            {counts === undefined ? '' : <span className="muted number">{counts[kind]}</span>}
          </button>
        ))}
      </fieldset>
      <label className="confidence">
        Confidence from{' '}
        <select
          value={evidence.minConfidence ?? ''}
          onChange={(event) =>
            changeScope('change the least confidence', {
              minConfidence: event.target.value === '' ? undefined : Number(event.target.value),
            })
          }
        >
          <option value="">what map lists</option>
          {[0, 0.2, 0.4, 0.6, 0.8, 0.9].map((value) => (
            <option key={value} value={value}>
              {value === 0 ? 'any' : value}
            </option>
          ))}
        </select>
      </label>
      <TimeSlider scope={evidence} tab={tab} />
      {tabView.matrix !== undefined && tabView.matrix.cells.length === 0 ? (
        <span className="muted">
          Nothing of this kind yet: import logs, rules or reports, or choose another kind.
        </span>
      ) : null}
    </div>
  );
}
