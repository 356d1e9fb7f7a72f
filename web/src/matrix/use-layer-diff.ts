import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { KnowledgeBase } from '../../../src/attack/lookup.js';
import { diffLayers, type Layer, type LayerDiff } from '../../../src/layers/index.js';
import { useLayerTabs } from '../layers/layer-tabs-store.js';
import { loadTabLayer } from '../layers/use-tab-view.js';
import type { Comparison } from './comparison-state.js';

/** Two layers and what changed between them. */
export interface ComparedLayers {
  readonly before: Layer;
  readonly after: Layer;
  readonly diff: LayerDiff;
}

const VERSION = /\d+/;

function checkAlike(before: Layer, after: Layer): void {
  if (before.domain !== after.domain) {
    throw new Error(`one layer is of ${before.domain}, the other of ${after.domain}`);
  }
  const [one, other] = [before, after].map((each) => VERSION.exec(each.versions.attack ?? '')?.[0]);
  if (one !== undefined && other !== undefined && one !== other) {
    throw new Error(
      `one layer is of ATT&CK ${one}, the other of ${other}: change the version of one first`,
    );
  }
}

/** Compares the layers of two tabs; again when one of them changes. */
export function useLayerDiff(
  wanted: Comparison | undefined,
  knowledgeBase: KnowledgeBase | undefined,
) {
  const client = useQueryClient();
  const { tabs } = useLayerTabs();
  const before = tabs.find(({ id }) => id === wanted?.beforeId);
  const after = tabs.find(({ id }) => id === wanted?.afterId);
  const higherIsBetter = wanted?.higherIsBetter ?? true;
  return useQuery({
    queryKey: ['comparison', before, after, higherIsBetter, knowledgeBase?.version],
    enabled: before !== undefined && after !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    structuralSharing: false,
    queryKeyHashFn: () =>
      JSON.stringify([
        before?.layer,
        before?.evidence,
        after?.layer,
        after?.evidence,
        higherIsBetter,
      ]),
    queryFn: async (): Promise<ComparedLayers> => {
      if (before === undefined || after === undefined) throw new Error('expected two layers');
      const one = await loadTabLayer(client, before);
      const other = await loadTabLayer(client, after);
      checkAlike(one, other);
      const diff = diffLayers(one, other, { higherIsBetter, knowledgeBase });
      return { before: one, after: other, diff };
    },
  });
}
