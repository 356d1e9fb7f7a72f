import type { ReactNode } from 'react';
import type { LayerGradient } from '../../../src/layers/index.js';
import { scopePhrase } from '../layers/evidence-layer.js';
import { type CellKey, type LayerTab, splitCellKey } from '../layers/layer-tab.js';
import type { TabView } from '../layers/use-tab-view.js';
import { evidencePhrase, shownScore } from './cell-look.js';

interface StatusBarProps {
  readonly tab: LayerTab;
  readonly tabView: TabView;
  readonly pointed: CellKey | undefined;
}

/** What the cell under the pointer or the keyboard is, in one line. */
function pointedLine(key: CellKey, { view, evidenceOf }: TabView): string {
  const { techniqueId, tactic } = splitCellKey(key);
  const cells = view?.columns.flatMap((column) =>
    column.cells.flatMap((c) => [c, ...c.subtechniques]),
  );
  const cell = cells?.find((c) => c.technique.attackId === techniqueId && c.tactic === tactic);
  if (cell === undefined) return '';
  const parent = view?.knowledgeBase.byAttackId.get(cell.technique.parentId ?? '');
  const name =
    parent === undefined ? cell.technique.name : `${parent.name}: ${cell.technique.name}`;
  const parts = [
    `${techniqueId} ${name}`,
    cell.enabled ? '' : 'disabled',
    cell.shownScore === undefined ? 'no score' : `score ${shownScore(cell.shownScore)}`,
    cell.aggregateScore === undefined ? '' : `aggregate ${shownScore(cell.aggregateScore)}`,
    evidencePhrase(evidenceOf.get(techniqueId)),
    cell.entry?.comment ?? '',
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

/** The colours of a layer from its lowest to its highest score. */
export function GradientScale({ gradient }: { readonly gradient: LayerGradient }): ReactNode {
  const { colors, minValue, maxValue } = gradient;
  return (
    <span className="scale">
      <span className="number">{minValue}</span>
      <span
        className="scale-bar"
        style={{ backgroundImage: `linear-gradient(90deg, ${colors.join(', ')})` }}
        aria-hidden="true"
      />
      <span className="number">{maxValue}</span>
    </span>
  );
}

/** What is shown, what colours mean, what is selected, and what is under the pointer. */
export function StatusBar({ tab, tabView, pointed }: StatusBarProps): ReactNode {
  const { layer, knowledgeBase, matrix } = tabView;
  const counted = matrix?.totals;
  return (
    <footer className="status-bar">
      <span>
        ATT&amp;CK {knowledgeBase?.version ?? '…'}
        {tab.evidence === undefined ? '' : ` · evidence: ${scopePhrase(tab.evidence)}`}
        {counted === undefined
          ? ''
          : ` · ${counted.techniques} techniques, ${counted.mappings} mappings`}
      </span>
      <GradientScale gradient={layer.gradient} />
      {layer.legendItems.map(({ label, color }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: items of a legend may be alike and have no id
        <span key={index} className="scale">
          <span className="swatch" style={{ background: color }} aria-hidden="true" /> {label}
        </span>
      ))}
      <span className="pointed">{pointed === undefined ? '' : pointedLine(pointed, tabView)}</span>
      <span aria-live="polite">
        {tab.selection.size === 0 ? '' : `${tab.selection.size} selected`}
      </span>
    </footer>
  );
}
