import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useRef, useState } from 'react';
import {
  emptyLayer,
  type Layer,
  MAX_LAYER_CHARS,
  readLayer,
  readLayers,
  safeGradient,
} from '../../../src/layers/index.js';
import { formatIssue } from '../../../src/model/index.js';
import type { AttackVersion } from '../../../src/server/api-types.js';
import { readApi, writeApi } from '../api/api-client.js';
import { useVersions } from '../attack/use-knowledge-base.js';
import { activeTab, freeTabName, openLayers } from '../layers/edit-tabs.js';
import { layerTabs } from '../layers/layer-tabs-store.js';
import { DialogBox } from '../shell/dialog-box.js';
import { DOMAIN_WORDS } from './evidence-bar.js';

/** A new layer, by default of the domain and version in front. */
function createLayer(of?: Pick<AttackVersion, 'domain' | 'version'>): void {
  const state = layerTabs.present();
  const { layer: front } = activeTab(state);
  const domain = of?.domain ?? front.domain;
  const attackVersion = of?.version ?? (front.versions.attack || undefined);
  const name = freeTabName(state, 'New layer');
  const empty = emptyLayer({ name, domain, attackVersion });
  const layer = { ...empty, gradient: safeGradient(0, 100) };
  layerTabs.commit(`create ${name}`, openLayers(state, [layer]));
}

/** Opens layers in tabs as one step. */
export function commitOpened(layers: readonly Layer[], what: string): void {
  layerTabs.commit(`open ${what}`, openLayers(layerTabs.present(), layers));
}

/** What came of opening: problems to show; none when all is well. */
type Problems = readonly string[];

async function openFiles(files: readonly File[]): Promise<Problems> {
  const problems: string[] = [];
  const opened: Layer[] = [];
  for (const file of files) {
    if (file.size > MAX_LAYER_CHARS) {
      problems.push(`${file.name}: larger than a layer can be`);
      continue;
    }
    const { layers, issues } = readLayers(await file.text(), { source: file.name });
    opened.push(...layers);
    problems.push(...issues.map(formatIssue));
    if (layers.length === 0 && issues.length === 0) problems.push(`${file.name}: holds no layer`);
  }
  if (opened.length > 0) commitOpened(opened, files.map(({ name }) => name).join(', '));
  return problems;
}

/** Layers from an address, fetched by the server, which refuses addresses inside its network. */
export async function openFromUrl(url: string): Promise<Problems> {
  const { items, issues } = await writeApi('POST /api/layers/from-url', {
    json: { url },
    query: { save: false },
  });
  const readings = items.map(({ layer }) => readLayer(layer, { source: url }));
  const layers = readings.flatMap(({ layer }) => layer ?? []);
  if (layers.length > 0) commitOpened(layers, url);
  return [
    ...issues.map(({ message }) => message),
    ...readings.flatMap((r) => r.issues.map(formatIssue)),
  ];
}

async function openStored(id: string): Promise<Problems> {
  const { layer: document, name } = await readApi('/api/layers/{id}', { names: { id } });
  const { layer, issues } = readLayer(document, { source: name });
  if (layer !== undefined) commitOpened([layer], name);
  return issues.map(formatIssue);
}

function StoredLayers({ onOpen }: { readonly onOpen: (id: string) => void }): ReactNode {
  const { data } = useQuery({
    queryKey: ['layers'],
    queryFn: ({ signal }) => readApi('/api/layers', { signal }),
  });
  if (data === undefined || data.items.length === 0) return null;
  return (
    <section className="stack tight">
      <h3>In the workspace</h3>
      <ul className="plain-list">
        {data.items.map(({ id, name, attackVersion, by }) => (
          <li key={id}>
            <button type="button" className="link" onClick={() => onOpen(id)}>
              {name}
            </button>{' '}
            <span className="muted">
              ATT&amp;CK {attackVersion}, by {by}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function EmptyLayer({ onDone }: { readonly onDone: () => void }): ReactNode {
  const { data: versions = [] } = useVersions();
  const [chosen, setChosen] = useState(0);
  const version = versions[chosen];
  return (
    <form
      className="stack tight"
      onSubmit={(event) => {
        event.preventDefault();
        if (version === undefined) return;
        createLayer(version);
        onDone();
      }}
    >
      <h3>An empty layer</h3>
      <div className="row">
        <select
          aria-label="Domain and version"
          className="version-choice"
          value={chosen}
          onChange={(event) => setChosen(Number(event.target.value))}
        >
          {versions.map((each, index) => (
            <option key={each.catalogueUrl} value={index}>
              {DOMAIN_WORDS[each.domain]} {each.version}
            </option>
          ))}
        </select>
        <button type="submit" className="button">
          Create
        </button>
      </div>
    </form>
  );
}

function OpenDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const [url, setUrl] = useState('');
  const [problems, setProblems] = useState<Problems>([]);
  const input = useRef<HTMLInputElement>(null);
  const run = (opening: Promise<Problems>): void => {
    opening.then(
      (found) => (found.length === 0 ? onClose() : setProblems(found)),
      (cause: unknown) => setProblems([cause instanceof Error ? cause.message : String(cause)]),
    );
  };
  return (
    <DialogBox title="Open layers" onClose={onClose}>
      <section className="stack tight">
        <h3>From a file</h3>
        <p className="muted">
          Navigator layers of any version, one or a list in a file; several files at once.
        </p>
        <input
          ref={input}
          type="file"
          accept=".json,application/json"
          multiple
          aria-label="Layer files"
          onChange={(event) => run(openFiles([...(event.target.files ?? [])]))}
        />
      </section>
      <form
        className="stack tight"
        onSubmit={(event) => {
          event.preventDefault();
          if (url.trim() !== '') run(openFromUrl(url.trim()));
        }}
      >
        <h3>From an address</h3>
        <div className="row">
          <input
            type="url"
            aria-label="Address of a layer"
            placeholder="https://example.com/layer.json"
            value={url}
            onChange={(event) => setUrl(event.target.value)}
          />
          <button type="submit" className="button">
            Fetch
          </button>
        </div>
        <p className="muted small">Your Portolan server fetches it; nothing else is asked.</p>
      </form>
      <EmptyLayer onDone={onClose} />
      <StoredLayers onOpen={(id) => run(openStored(id))} />
      {problems.length === 0 ? null : (
        <ul className="notice issue-list" role="alert">
          {problems.slice(0, 30).map((problem, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two problems may read alike
            <li key={index}>{problem}</li>
          ))}
        </ul>
      )}
      <div className="dialog-foot">
        <button type="button" className="button" onClick={onClose}>
          Close
        </button>
      </div>
    </DialogBox>
  );
}

/** The ways to a new tab. */
export function OpenLayers(): ReactNode {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="button quiet" onClick={() => createLayer()}>
        + New
      </button>
      <button type="button" className="button quiet" onClick={() => setOpen(true)}>
        Open …
      </button>
      {isOpen ? <OpenDialog onClose={() => setOpen(false)} /> : null}
    </>
  );
}
