import { useMemo } from 'react';
import type { CellKey, LayerTab } from '../layers/layer-tab.js';
import type { TabView } from '../layers/use-tab-view.js';
import { type CellTest, compileFilter } from './compile-filter.js';
import { parseFilter } from './parse-filter.js';

const EVERY: CellTest = () => true;
const NONE: ReadonlySet<CellKey> = new Set();

/** The filter of a tab as a test; every cell passes a filter that cannot be read. */
export function useFilterTest(tab: LayerTab, { knowledgeBase, evidenceOf }: TabView): CellTest {
  const expression = useMemo(() => parseFilter(tab.filter), [tab.filter]);
  // A filter that does not ask for the selection must not be made again with every selection.
  const selection = tab.filter.includes('selected') ? tab.selection : NONE;
  return useMemo(() => {
    if (knowledgeBase === undefined || expression.kind === 'filter-error') return EVERY;
    if (expression.kind === 'all') return EVERY;
    return compileFilter(expression, { knowledgeBase, selection, evidenceOf });
  }, [expression, knowledgeBase, selection, evidenceOf]);
}
