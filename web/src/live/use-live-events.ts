import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { ApiImport } from '../../../src/server/api-types.js';
import { createStore } from '../state/create-store.js';

/** Imports that have moved since the page was opened, newest state of each. */
export const liveImports = createStore<ReadonlyMap<string, ApiImport>>(new Map());

// What the workspace holds; catalogues and versions of ATT&CK do not change with it.
const CHANGING = new Set([
  'matrix',
  'evidence',
  'mappings',
  'facets',
  'workspace',
  'imports',
  'layers',
  'rules',
  'reports',
  'reviews',
  'object',
]);

/** Asks again for all that follows from what the workspace holds. */
export function refreshWorkspace(client: QueryClient): void {
  void client.invalidateQueries({
    predicate: ({ queryKey }) => CHANGING.has(String(queryKey[0])),
  });
}

/** Listens to the server: what changed is asked for again, imports show how far they are. */
export function useLiveEvents(): void {
  const client = useQueryClient();
  useEffect(() => {
    const source = new EventSource('/api/events');
    let known: number | undefined;
    source.addEventListener('change', (event: MessageEvent<string>) => {
      const { changeCounter } = JSON.parse(event.data) as { readonly changeCounter: number };
      // The first only says where the workspace stands.
      if (known !== undefined && known !== changeCounter) refreshWorkspace(client);
      known = changeCounter;
    });
    source.addEventListener('import', (event: MessageEvent<string>) => {
      const moved = JSON.parse(event.data) as ApiImport;
      liveImports.set(new Map(liveImports.current()).set(moved.id, moved));
    });
    return () => source.close();
  }, [client]);
}
