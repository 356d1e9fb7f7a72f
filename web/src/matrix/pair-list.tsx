import type { ReactNode } from 'react';

/** Two texts that belong together; undefined = a dividing line. */
export type Pair = readonly [string, string] | undefined;

interface PairListProps {
  readonly legend: string;
  /** What the two texts are. */
  readonly names: readonly [string, string];
  readonly pairs: readonly Pair[];
  readonly onChange: (pairs: readonly Pair[]) => void;
}

/** A list of pairs to edit: links, metadata, items of a legend. */
export function PairList({ legend, names, pairs, onChange }: PairListProps): ReactNode {
  const replace = (index: number, pair: Pair): void =>
    onChange(pairs.map((each, at) => (at === index ? pair : each)));
  return (
    <fieldset>
      <legend>{legend}</legend>
      {pairs.map((pair, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: pairs may be alike and have no id
        <div key={index} className="pair">
          {pair === undefined ? (
            <hr />
          ) : (
            pair.map((text, at) => (
              <input
                key={names[at]}
                aria-label={`${legend} ${index + 1}: ${names[at] ?? ''}`}
                placeholder={names[at]}
                value={text}
                onChange={(event) =>
                  replace(
                    index,
                    at === 0 ? [event.target.value, pair[1]] : [pair[0], event.target.value],
                  )
                }
              />
            ))
          )}
          <button
            type="button"
            className="button quiet icon"
            aria-label={`Remove ${legend} ${index + 1}`}
            onClick={() => onChange(pairs.filter((_, at) => at !== index))}
          >
            ×
          </button>
        </div>
      ))}
      <div className="row">
        <button type="button" className="button" onClick={() => onChange([...pairs, ['', '']])}>
          Add
        </button>
        <button type="button" className="button" onClick={() => onChange([...pairs, undefined])}>
          Add a line between
        </button>
      </div>
    </fieldset>
  );
}
