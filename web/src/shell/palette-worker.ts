import {
  type AttackObject,
  type AttackSearch,
  createAttackSearch,
  type KnowledgeBase,
  parseCatalogue,
  type SearchResult,
} from '../../../src/attack/lookup.js';
import type { PaletteAnswer, PaletteHit, PaletteQuestion } from './palette-messages.js';

// A thread of its own: the index takes longer to make than a frame may last.

const MAX_HITS = 12;

let search: AttackSearch | undefined;
let last: Promise<void> = Promise.resolve();

async function readCatalogue(url: string): Promise<KnowledgeBase | undefined> {
  const response = await fetch(url, { credentials: 'same-origin' });
  if (!response.ok) return undefined;
  return parseCatalogue(await response.text(), { source: url }).knowledgeBase;
}

/** Reads the version that is searched, then the others, whose ids and names lead to it. */
async function prepare(urls: readonly string[]): Promise<void> {
  const [first = '', ...rest] = urls;
  const knowledgeBase = await readCatalogue(first);
  if (knowledgeBase === undefined) return;
  search = createAttackSearch({ knowledgeBase });
  search.search('a');
  const others = await Promise.all(rest.map(readCatalogue));
  const otherVersions = others.filter((each) => each !== undefined);
  search = createAttackSearch({ knowledgeBase, otherVersions: () => otherVersions });
  // An id of no version makes the index of the others too, before someone waits for it.
  search.search('T0000');
}

const idsOf = (objects: readonly AttackObject[]): readonly { id: string; name: string }[] =>
  objects.map(({ attackId, name }) => ({ id: attackId ?? '', name }));

function toHit({ object, why, matched, successors, attackVersion }: SearchResult): PaletteHit {
  return {
    kind: object.kind,
    id: object.attackId ?? '',
    name: object.name,
    status: object.status,
    why,
    matched,
    attackVersion,
    successors: idsOf(successors),
  };
}

function answer({ id, query }: Extract<PaletteQuestion, { kind: 'search' }>): PaletteAnswer {
  const start = performance.now();
  const hits = search?.search(query, { limit: MAX_HITS }).map(toHit) ?? [];
  return { id, hits, isReady: search !== undefined, tookMs: performance.now() - start };
}

addEventListener('message', ({ data }: MessageEvent<PaletteQuestion>) => {
  if (data.kind === 'prepare') {
    last = prepare(data.urls);
    last.then(
      () => postMessage({ id: -1, hits: [], isReady: search !== undefined, tookMs: 0 }),
      () => postMessage({ id: -1, hits: [], isReady: false, tookMs: 0 }),
    );
    return;
  }
  postMessage(answer(data));
});
