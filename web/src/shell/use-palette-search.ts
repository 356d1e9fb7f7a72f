import { useEffect, useRef, useState } from 'react';
import { useVersions, versionFor } from '../attack/use-knowledge-base.js';
import { useActiveTab } from '../layers/layer-tabs-store.js';
import type { PaletteAnswer, PaletteHit, PaletteQuestion } from './palette-messages.js';

/** What was found, and whether everything is searched already. */
export interface PaletteSearch {
  readonly hits: readonly PaletteHit[];
  readonly isReady: boolean;
}

/** The objects that a query may mean in the version in front; other versions answer for what is gone. */
export function usePaletteSearch(query: string): PaletteSearch {
  const { layer } = useActiveTab();
  const { data: versions } = useVersions();
  const [found, setFound] = useState<PaletteSearch>({ hits: [], isReady: false });
  const [prepared, setPrepared] = useState(0);
  const worker = useRef<Worker>(undefined);
  const asked = useRef(0);

  const { domain } = layer;
  const main = versionFor(versions ?? [], domain, layer.versions.attack || undefined)?.catalogueUrl;
  const others = (versions ?? [])
    .filter((each) => each.domain === domain && each.catalogueUrl !== main)
    .map(({ catalogueUrl }) => catalogueUrl)
    .reverse();
  const urls = main === undefined ? '' : [main, ...others].join(' ');

  useEffect(() => {
    if (urls === '') return;
    const thread = new Worker(new URL('./palette-worker.ts', import.meta.url), { type: 'module' });
    worker.current = thread;
    thread.onmessage = ({ data }: MessageEvent<PaletteAnswer>) => {
      if (data.id === -1) setPrepared((count) => count + 1);
      else if (data.id === asked.current) setFound({ hits: data.hits, isReady: data.isReady });
    };
    thread.postMessage({ kind: 'prepare', urls: urls.split(' ') } satisfies PaletteQuestion);
    return () => thread.terminate();
  }, [urls]);
  useEffect(() => {
    if (worker.current === undefined || prepared === 0 || query.trim() === '') return;
    asked.current += 1;
    const question: PaletteQuestion = { kind: 'search', id: asked.current, query };
    worker.current.postMessage(question);
  }, [query, prepared]);
  return query.trim() === ''
    ? { hits: [], isReady: prepared > 0 }
    : { ...found, isReady: prepared > 0 };
}
