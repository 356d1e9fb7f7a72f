import { type ReactNode, useEffect, useState } from 'react';
import { FILTER_FIELDS, parseFilter } from '../filter/parse-filter.js';
import type { LayerTab } from '../layers/layer-tab.js';
import { commitTab } from '../layers/layer-tabs-store.js';

const HELP = Object.entries(FILTER_FIELDS)
  .map(([field, meaning]) => `${field}: ${meaning}`)
  .join('\n');

/** A filter with and, or, not; what cannot be read says why and hides nothing. */
export function FilterField({ tab }: { readonly tab: LayerTab }): ReactNode {
  const [text, setText] = useState(tab.filter);
  useEffect(() => setText(tab.filter), [tab.filter]);
  const expression = parseFilter(text);
  const error = expression.kind === 'filter-error' ? expression.message : undefined;
  const apply = (next: string): void => {
    setText(next);
    if (parseFilter(next).kind === 'filter-error') return;
    commitTab('filter', (each) => ({ ...each, filter: next }), 'filter');
  };
  return (
    <span className="filter-field">
      <input
        type="search"
        className="filter-input"
        aria-label="Filter"
        aria-invalid={error !== undefined}
        aria-describedby={error === undefined ? undefined : 'filter-error'}
        placeholder="Filter: platform:linux not score>50"
        title={HELP}
        value={text}
        spellCheck={false}
        onChange={(event) => apply(event.target.value)}
      />
      {error === undefined ? null : (
        <span id="filter-error" className="filter-error" role="status">
          {error}
        </span>
      )}
    </span>
  );
}
