import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { type KnowledgeBase, relatedObjects, type Technique } from '../../../src/attack/lookup.js';
import type { MatrixCell } from '../../../src/server/api-types.js';
import { readApi } from '../api/api-client.js';
import { scopePhrase } from '../layers/evidence-layer.js';
import { EVIDENCE_KINDS, type EvidenceScope } from '../layers/layer-tab.js';
import { openTechnique } from '../matrix/side-state.js';
import { EvidencePiece } from './evidence-piece.js';

interface TechniqueDrawerProps {
  readonly techniqueId: string;
  /** Which evidence the matrix shows; undefined beside a layer of the user's, where all kinds are asked for. */
  readonly scope: EvidenceScope | undefined;
  /** What the matrix shows, by technique; those without evidence are not in it. */
  readonly evidenceOf: ReadonlyMap<string, MatrixCell>;
  readonly knowledgeBase: KnowledgeBase | undefined;
}

/** Sub-techniques with evidence, the surest first. */
function subtechniquesIn(
  techniqueId: string,
  evidenceOf: ReadonlyMap<string, MatrixCell>,
): readonly MatrixCell[] {
  const cells = [...evidenceOf.values()].filter((cell) =>
    cell.techniqueId.startsWith(`${techniqueId}.`),
  );
  return cells.sort((a, b) => b.score - a.score);
}

/** Why the cell has its colour, in one sentence. */
function whyPhrase(
  techniqueId: string,
  scope: EvidenceScope,
  evidenceOf: ReadonlyMap<string, MatrixCell>,
): string {
  const own = evidenceOf.get(techniqueId);
  if (own !== undefined) return own.why;
  const [best] = subtechniquesIn(techniqueId, evidenceOf);
  const none = `No ${scopePhrase(scope)} evidence`;
  if (best === undefined) return `${none}, so the cell has no colour.`;
  return `${none} of its own; the cell has the highest score of its sub-techniques, that of ${best.techniqueId}: ${best.why}`;
}

function EvidenceList({
  techniqueId,
  scope,
  evidenceOf,
}: Pick<TechniqueDrawerProps, 'techniqueId' | 'scope' | 'evidenceOf'>): ReactNode {
  const kinds = scope?.kinds ?? EVIDENCE_KINDS;
  const query = {
    technique: techniqueId,
    includeSubtechniques: !evidenceOf.has(techniqueId),
    kinds,
    minConfidence: scope?.minConfidence,
    limit: 50,
  };
  const pages = useInfiniteQuery({
    queryKey: ['evidence', query],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor, signal }) =>
      readApi('/api/evidence', { query: { ...query, cursor }, signal }),
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  if (pages.isPending) return <p className="muted">Reading the evidence …</p>;
  if (pages.isError) {
    return (
      <p className="notice bad" role="alert">
        {pages.error.message}
      </p>
    );
  }
  const items = pages.data.pages.flatMap((page) => page.items);
  if (items.length === 0) {
    return (
      <p className="muted">
        No {kinds.join(', ')} evidence here. Import logs, rules, reports or findings that show it.
      </p>
    );
  }
  return (
    <>
      <ul className="plain-list evidence-list">
        {items.map((item) => (
          <EvidencePiece key={item.id} item={item} />
        ))}
      </ul>
      {pages.hasNextPage ? (
        <button
          type="button"
          className="button"
          disabled={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
        >
          More evidence
        </button>
      ) : null}
    </>
  );
}

function Facts({
  technique,
  knowledgeBase,
}: {
  readonly technique: Technique;
  readonly knowledgeBase: KnowledgeBase;
}): ReactNode {
  const related = (kind: 'group' | 'software' | 'mitigation' | 'detection-strategy') =>
    relatedObjects(knowledgeBase, technique.stixId, kind).map(({ object }) => object);
  const parent = knowledgeBase.byAttackId.get(technique.parentId ?? '');
  const subs = relatedObjects(knowledgeBase, technique.stixId, 'sub-technique');
  return (
    <dl className="facts">
      {parent === undefined ? null : (
        <div>
          <dt>Sub-technique of</dt>
          <dd>
            <button
              type="button"
              className="link"
              onClick={() => openTechnique(parent.attackId ?? '')}
            >
              {parent.attackId} {parent.name}
            </button>
          </dd>
        </div>
      )}
      <div>
        <dt>Platforms</dt>
        <dd>{technique.platforms.join(', ') || 'none named'}</dd>
      </div>
      <div>
        <dt>ATT&amp;CK</dt>
        <dd>
          {knowledgeBase.version} · {subs.length} sub-techniques · {related('group').length} groups
          · {related('software').length} software · {related('mitigation').length} mitigations ·{' '}
          {related('detection-strategy').length} detection strategies
        </dd>
      </div>
    </dl>
  );
}

/** Why a cell has its colour, every piece of evidence for it, and what ATT&CK says of the technique. */
export function TechniqueDrawer(props: TechniqueDrawerProps): ReactNode {
  const { techniqueId, scope, evidenceOf, knowledgeBase } = props;
  const object = knowledgeBase?.byAttackId.get(techniqueId);
  return (
    <>
      {scope === undefined ? null : (
        <p className="notice">{whyPhrase(techniqueId, scope, evidenceOf)}</p>
      )}
      {object?.kind === 'technique' && knowledgeBase !== undefined ? (
        <Facts technique={object} knowledgeBase={knowledgeBase} />
      ) : null}
      <p>
        <Link href={`/techniques/${techniqueId}`}>Page of {techniqueId}</Link>
      </p>
      <section className="stack tight">
        <h3>Evidence{scope === undefined ? ', all kinds' : `: ${scopePhrase(scope)}`}</h3>
        <EvidenceList techniqueId={techniqueId} scope={scope} evidenceOf={evidenceOf} />
      </section>
    </>
  );
}
