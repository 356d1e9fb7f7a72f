import { type QueryClient, queryOptions, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { KnowledgeBase } from '../../../src/attack/lookup.js';
import {
  buildMatrixView,
  type MatrixView,
  resolveRenderOptions,
} from '../../../src/exporters/index.js';
import type { Layer } from '../../../src/layers/index.js';
import type { MatrixAggregate, MatrixCell } from '../../../src/server/api-types.js';
import { readApi } from '../api/api-client.js';
import { useKnowledgeBase } from '../attack/use-knowledge-base.js';
import { useColorScheme } from '../shell/theme.js';
import { evidenceLayer } from './evidence-layer.js';
import type { LayerTab } from './layer-tab.js';

let learned: Promise<number> | undefined;

/** The confidence from which `portolan map` lists a technique; it changes with the release alone. */
function learnedThreshold(): Promise<number> {
  learned ??= readApi('/api/workspace').then(({ minConfidence }) => minConfidence);
  learned.catch(() => {
    learned = undefined;
  });
  return learned;
}

/** How the server is asked for the evidence of a tab. */
function matrixQuery({ evidence, layer }: LayerTab) {
  const query = {
    domain: layer.domain,
    version: layer.versions.attack || undefined,
    kinds: evidence?.kinds ?? [],
    since: evidence?.since === undefined ? undefined : `${evidence.since}T00:00:00Z`,
    until: evidence?.until === undefined ? undefined : dayAfter(evidence.until),
    minConfidence: evidence?.minConfidence,
  };
  return queryOptions({
    queryKey: ['matrix', query],
    queryFn: async ({ signal }) => {
      const minConfidence = query.minConfidence ?? (await learnedThreshold());
      return readApi('/api/matrix', { query: { ...query, minConfidence }, signal });
    },
  });
}

/** The layer of a tab with its entries, those of evidence asked for. */
export async function loadTabLayer(client: QueryClient, tab: LayerTab): Promise<Layer> {
  if (tab.evidence === undefined) return tab.layer;
  const matrix = await client.fetchQuery(matrixQuery(tab));
  return evidenceLayer(withVersion(tab.layer, matrix.attackVersion), matrix);
}

/** A layer that names its version of ATT&CK; one that does is left alone. */
function withVersion(layer: Layer, attack: string | undefined): Layer {
  if (layer.versions.attack || attack === undefined) return layer;
  return { ...layer, versions: { ...layer.versions, attack } };
}

/** The instant at which a day ends, which the server takes as not in. */
function dayAfter(day: string): string {
  const start = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(start) ? day : new Date(start + 86_400_000).toISOString();
}

/** A tab as it is drawn. */
export interface TabView {
  readonly layer: Layer;
  readonly knowledgeBase: KnowledgeBase | undefined;
  readonly view: MatrixView | undefined;
  readonly matrix: MatrixAggregate | undefined;
  readonly evidenceOf: ReadonlyMap<string, MatrixCell>;
  readonly error: Error | undefined;
}

const NO_EVIDENCE: ReadonlyMap<string, MatrixCell> = new Map();

/** Everything that is needed to draw a tab; made again only when its parts change. */
export function useTabView(tab: LayerTab): TabView {
  const knowledge = useKnowledgeBase(tab.layer.domain, tab.layer.versions.attack || undefined);
  const evidence = useQuery({
    ...matrixQuery(tab),
    enabled: tab.evidence !== undefined,
    placeholderData: (previous) => previous,
  });
  const scheme = useColorScheme();
  const knowledgeBase = knowledge.data;
  const matrix = tab.evidence === undefined ? undefined : evidence.data;
  const version = knowledgeBase?.version;
  const layer = useMemo(() => {
    const settings = tab.evidence === undefined ? tab.layer : withVersion(tab.layer, version);
    return matrix === undefined ? settings : evidenceLayer(settings, matrix);
  }, [tab.layer, tab.evidence, matrix, version]);
  const view = useMemo(() => {
    if (knowledgeBase?.domains.includes(layer.domain) !== true) return undefined;
    return buildMatrixView(layer, knowledgeBase, resolveRenderOptions({ theme: scheme }));
  }, [layer, knowledgeBase, scheme]);
  const evidenceOf = useMemo(
    () =>
      matrix === undefined
        ? NO_EVIDENCE
        : new Map(matrix.cells.map((cell) => [cell.techniqueId, cell])),
    [matrix],
  );
  const error = knowledge.error ?? evidence.error ?? undefined;
  return { layer, knowledgeBase, view, matrix, evidenceOf, error };
}
