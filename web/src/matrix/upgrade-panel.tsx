import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useMemo, useState } from 'react';
import type { VersionDiff } from '../../../src/attack/lookup.js';
import type { LayerMigrationStep } from '../../../src/layers/index.js';
import { loadKnowledgeBase, useVersions } from '../attack/use-knowledge-base.js';
import type { LayerTab } from '../layers/layer-tab.js';
import { commitTab } from '../layers/layer-tabs-store.js';
import { saveFile } from '../shell/save-file.js';
import type { PanelProps } from './panel-props.js';
import { VersionChanges } from './version-changes.js';

const DECISIONS = ['automatic', 'suggested', 'needs-person'] as const;
const DECISION_WORDS = {
  automatic: 'Automatic',
  suggested: 'Suggested',
  'needs-person': 'For you to decide',
} as const;

function useMigration(tab: LayerTab, to: string, shown: string | undefined) {
  const versions = useVersions();
  const ofDomain = (versions.data ?? []).filter(({ domain }) => domain === tab.layer.domain);
  const query = useQuery({
    queryKey: ['migration', tab.layer.domain, to, shown, tab.id],
    queryKeyHashFn: () => JSON.stringify([tab.layer, to, shown]),
    enabled: to !== '' && ofDomain.length > 0,
    structuralSharing: false,
    gcTime: 0,
    queryFn: async () => {
      const [code, ...knowledgeBases] = await Promise.all([
        import('../layers/migrate-tab.js'),
        ...ofDomain.map(({ catalogueUrl }) => loadKnowledgeBase(catalogueUrl)),
      ]);
      const migration =
        tab.evidence === undefined ? code.migrateTo(tab.layer, knowledgeBases, to) : undefined;
      const older = knowledgeBases.find(({ version }) => version === (migration?.from ?? shown));
      const newer = knowledgeBases.find(({ version }) => version === to);
      const diff: VersionDiff | undefined =
        older === undefined || newer === undefined || older === newer
          ? undefined
          : code.explainVersions(older, newer);
      return { code, knowledgeBases, migration, diff };
    },
  });
  return { query, versions: ofDomain };
}

function auditCsv(steps: readonly LayerMigrationStep[]): string {
  const cell = (text: string): string =>
    `"${text.replace(/^(?=[=+\-@\t\r])/, "'").replaceAll('"', '""')}"`;
  const lines = steps.map(({ path, from, to, decision, reason }) =>
    [path, from, to, decision, reason].map(cell).join(','),
  );
  return ['path,from,to,decision,reason', ...lines, ''].join('\r\n');
}

function StepList({
  steps,
  refused,
  onRefuse,
}: {
  readonly steps: readonly LayerMigrationStep[];
  readonly refused: ReadonlySet<string>;
  readonly onRefuse: (paths: readonly string[], isRefused: boolean) => void;
}): ReactNode {
  return DECISIONS.map((decision) => {
    const some = steps.filter((step) => step.decision === decision);
    if (some.length === 0) return null;
    const paths = some.map(({ path }) => path);
    const accepted = some.filter(({ path }) => !refused.has(path)).length;
    return (
      <section key={decision} className="stack tight">
        <div className="row">
          <h3>
            {DECISION_WORDS[decision]}: {accepted} of {some.length} accepted
          </h3>
          <button type="button" className="button" onClick={() => onRefuse(paths, false)}>
            Accept all
          </button>
          <button type="button" className="button" onClick={() => onRefuse(paths, true)}>
            None
          </button>
        </div>
        <ul className="plain-list steps">
          {some.slice(0, 200).map((step) => (
            <li key={`${step.path} ${step.to}`}>
              <label className="check">
                <input
                  type="checkbox"
                  checked={!refused.has(step.path)}
                  onChange={(event) => onRefuse([step.path], !event.target.checked)}
                />
                <span>
                  {step.from} → <strong>{step.to}</strong>
                  <br />
                  <span className="muted small">{step.reason}</span>
                </span>
              </label>
            </li>
          ))}
        </ul>
      </section>
    );
  });
}

function StepSummary({ steps }: { readonly steps: readonly LayerMigrationStep[] }): ReactNode {
  return (
    <p className="muted">
      {steps.length === 0
        ? 'Every entry is the same in that version.'
        : `${steps.length === 1 ? 'One entry changes or needs you' : `${steps.length} entries change or need you`}; the others stay. What you do not accept stays as it is.`}
    </p>
  );
}

/** The version that the domain of a tab has by default. */
function useNewest({ layer: { domain } }: LayerTab): string {
  const { data } = useVersions();
  return useMemo(() => {
    const ofDomain = (data ?? []).filter((each) => each.domain === domain);
    return ofDomain.find(({ isDefault }) => isDefault)?.version ?? ofDomain.at(-1)?.version ?? '';
  }, [data, domain]);
}

/** Moves a layer to another version of ATT&CK, step by step, and says what the versions differ in. */
export function UpgradePanel({ tab, tabView }: PanelProps): ReactNode {
  const shown = tabView.knowledgeBase?.version;
  const newest = useNewest(tab);
  const [chosen, setChosen] = useState<string>();
  const [refused, setRefused] = useState<ReadonlySet<string>>(new Set());
  const to = chosen ?? newest;
  const { query, versions: ofDomain } = useMigration(tab, to, shown);
  const { data } = query;
  const steps = data?.migration?.steps ?? [];

  const refuse = (paths: readonly string[], isRefused: boolean): void => {
    const next = new Set(refused);
    for (const path of paths) {
      if (isRefused) next.add(path);
      else next.delete(path);
    }
    setRefused(next);
  };
  const apply = (): void => {
    if (data === undefined) return;
    commitTab(`change to ATT&CK ${to}`, (each) => {
      const layer =
        each.evidence === undefined
          ? data.code.migrateAccepted(each.layer, data.knowledgeBases, { to, refused })
          : { ...each.layer, versions: { ...each.layer.versions, attack: to } };
      return { ...each, layer, selection: new Set(), onlyCells: undefined };
    });
  };
  return (
    <>
      <p>
        Shown on ATT&amp;CK {shown ?? '…'}
        {data?.migration === undefined
          ? ''
          : `; its content is of ${data.migration.detection.version}`}
        .
      </p>
      <label className="field">
        <span>Change to</span>
        <select value={to} onChange={(event) => setChosen(event.target.value)}>
          {ofDomain.map(({ version, released }) => (
            <option key={version} value={version}>
              {version} {released === undefined ? '' : `(${released})`}
            </option>
          ))}
        </select>
      </label>
      {query.isError ? (
        <p className="notice bad" role="alert">
          {query.error.message}
        </p>
      ) : null}
      {query.isFetching ? <p className="muted">Reading the versions …</p> : null}
      {data === undefined ? null : (
        <>
          <div className="row">
            <button type="button" className="button primary" onClick={apply}>
              Change to {to}
            </button>
            {steps.length === 0 ? null : (
              <button
                type="button"
                className="button"
                onClick={() => saveFile('migration.csv', auditCsv(steps), 'text/csv')}
              >
                Save the list of steps
              </button>
            )}
          </div>
          {data.migration === undefined ? null : <StepSummary steps={steps} />}
          <StepList steps={steps} refused={refused} onRefuse={refuse} />
          {data.diff === undefined ? null : <VersionChanges diff={data.diff} />}
        </>
      )}
    </>
  );
}
