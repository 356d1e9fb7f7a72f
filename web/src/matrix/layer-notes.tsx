import type { ReactNode } from 'react';
import {
  indexAnnotations,
  isAnnotated,
  type Layer,
  type LayerTechnique,
} from '../../../src/layers/index.js';
import { shownScore } from './cell-look.js';

const isWebAddress = (url: string): boolean => /^https?:\/\//i.test(url);

function Links({ links }: Pick<LayerTechnique, 'links'>): ReactNode {
  return links.map((link, index) => {
    // biome-ignore-start lint/suspicious/noArrayIndexKey: links of a layer may be alike and have no id
    if (link.kind === 'divider') return <hr key={index} />;
    if (!isWebAddress(link.url)) return <span key={index}>{`${link.label}: ${link.url}`}</span>;
    return (
      <a key={index} href={link.url} target="_blank" rel="noopener noreferrer">
        {link.label === '' ? link.url : link.label} ↗
      </a>
    );
    // biome-ignore-end lint/suspicious/noArrayIndexKey: links of a layer may be alike and have no id
  });
}

function Note({ entry }: { readonly entry: LayerTechnique }): ReactNode {
  const { tactic, score, comment, metadata, enabled } = entry;
  return (
    <li className="evidence">
      <p>
        <strong>{tactic ?? 'all tactics'}</strong>{' '}
        {score === undefined ? 'no score' : `score ${shownScore(score)}`}
        {enabled ? '' : ', disabled'}
      </p>
      {comment === '' ? null : <p className="note-comment">{comment}</p>}
      {metadata.length === 0 ? null : (
        <dl className="fields">
          {metadata.map((item, index) =>
            item.kind === 'divider' ? null : (
              // biome-ignore lint/suspicious/noArrayIndexKey: metadata may be alike and have no id
              <div key={index}>
                <dt>{item.name}</dt>
                <dd>{item.value}</dd>
              </div>
            ),
          )}
        </dl>
      )}
      <Links links={entry.links} />
    </li>
  );
}

/** What a layer of the user's says of a technique: scores, comments, metadata and links, by tactic. */
export function LayerNotes({
  layer,
  techniqueId,
}: {
  readonly layer: Layer;
  readonly techniqueId: string;
}): ReactNode {
  const entries = indexAnnotations(layer).of(techniqueId).filter(isAnnotated);
  if (entries.length === 0) return null;
  return (
    <section className="stack tight">
      <h3>In {layer.name}</h3>
      <ul className="plain-list">
        {entries.map((entry) => (
          <Note key={entry.tactic ?? ''} entry={entry} />
        ))}
      </ul>
    </section>
  );
}
