import type { Layer, LayerMetadata, LayerTechnique } from '../../../src/layers/index.js';
import type { EvidenceKind, MatrixAggregate, MatrixCell } from '../../../src/server/api-types.js';
import { evidencePhrase } from '../matrix/cell-look.js';
import { blankEntry } from './annotate-layer.js';
import { EVIDENCE_KINDS } from './layer-tab.js';

const KIND_WORDS: Readonly<Record<EvidenceKind, string>> = {
  observed: 'observed',
  capability: 'capability',
  exposure: 'exposure',
  intel: 'intel',
};

function metadata(name: string, value: string): LayerMetadata {
  return { kind: 'metadata', name, value, unknown: {} };
}

function entryOf(cell: MatrixCell): LayerTechnique {
  const counts = EVIDENCE_KINDS.filter((kind) => cell.counts[kind] > 0).map((kind) =>
    metadata(KIND_WORDS[kind], String(cell.counts[kind])),
  );
  const seen = [cell.firstSeen, cell.lastSeen].filter((time) => time !== undefined);
  return {
    ...blankEntry(cell.techniqueId, undefined),
    score: cell.score,
    metadata: [
      metadata('evidence', `${evidencePhrase(cell)}. ${cell.why}`),
      ...counts,
      ...(seen.length === 0 ? [] : [metadata('seen', seen.join(' to '))]),
    ],
  };
}

/** The layer of an evidence tab: what the server says of each technique, with the settings of the tab. */
export function evidenceLayer(settings: Layer, matrix: MatrixAggregate): Layer {
  return { ...settings, techniques: matrix.cells.map(entryOf) };
}

/** What a view of evidence says of itself: which kinds, from when to when, how sure. */
export function scopePhrase(scope: {
  readonly kinds: readonly EvidenceKind[];
  readonly since: string | undefined;
  readonly until: string | undefined;
  readonly minConfidence: number | undefined;
}): string {
  const kinds = EVIDENCE_KINDS.filter((kind) => scope.kinds.includes(kind)).join(', ');
  const since = scope.since === undefined ? '' : ` from ${scope.since}`;
  const until = scope.until === undefined ? '' : ` up to ${scope.until}`;
  const least = scope.minConfidence ?? 0;
  const sure = least > 0 ? `, confidence ${least} or more` : '';
  return `${kinds}${since}${until}${sure}`;
}
