import { type ReactNode, useDeferredValue, useMemo, useState } from 'react';
import {
  type AttackObject,
  descriptionOf,
  type KnowledgeBase,
} from '../../../src/attack/lookup.js';
import { logSourceNames, techniquesOf, techniquesOfLogSource } from '../attack/techniques-of.js';
import type { CellKey } from '../layers/layer-tab.js';
import { cellsOfTechniques } from '../layers/select-cells.js';
import { commitSelection } from './commit-selection.js';
import type { PanelProps } from './panel-props.js';
import { markedCells } from './pointed-cells.js';
import { openTechnique } from './side-state.js';

/** What is searched, in the order of the list. */
const KINDS = [
  ['technique', 'Techniques'],
  ['group', 'Groups'],
  ['software', 'Software'],
  ['campaign', 'Campaigns'],
  ['mitigation', 'Mitigations'],
  ['data-component', 'Data components'],
  ['detection-strategy', 'Detection strategies'],
  ['asset', 'Assets'],
] as const;

type SearchKind = (typeof KINDS)[number][0] | 'log-source';

/** Where the words are looked for. */
interface SearchIn {
  readonly name: boolean;
  readonly id: boolean;
  readonly description: boolean;
}

/** Something that stands for techniques. */
interface Found {
  readonly key: string;
  readonly id: string;
  readonly name: string;
  readonly techniqueIds: ReadonlySet<string>;
}

const MAX_SHOWN = 60;

function isMeant(
  object: AttackObject,
  words: string,
  where: SearchIn & { readonly knowledgeBase: KnowledgeBase },
): boolean {
  const { name, aliases, attackId } = object;
  if (words === '') return true;
  if (where.name && [name, ...aliases].some((each) => each.toLowerCase().includes(words))) {
    return true;
  }
  if (where.id && (attackId ?? '').toLowerCase().includes(words)) return true;
  if (!where.description) return false;
  const text = descriptionOf(where.knowledgeBase, object) ?? '';
  return text.toLowerCase().includes(words);
}

function findAll(
  knowledgeBase: KnowledgeBase,
  kind: SearchKind,
  query: { readonly words: string; readonly where: SearchIn },
): readonly Found[] {
  const { words, where } = query;
  if (kind === 'log-source') {
    return logSourceNames(knowledgeBase)
      .filter((name) => name.toLowerCase().includes(words))
      .map((name) => ({
        key: name,
        id: '',
        name,
        techniqueIds: techniquesOfLogSource(knowledgeBase, (each) => each === name),
      }));
  }
  return knowledgeBase
    .ofKind(kind)
    .filter((object) => isMeant(object, words, { ...where, knowledgeBase }))
    .map((object) => ({
      key: object.stixId,
      id: object.attackId ?? '',
      name: object.name,
      get techniqueIds() {
        return techniquesOf(knowledgeBase, object);
      },
    }));
}

function useFound(
  knowledgeBase: KnowledgeBase | undefined,
  kind: SearchKind,
  query: { readonly words: string; readonly where: SearchIn },
): readonly Found[] {
  const words = useDeferredValue(query.words.trim().toLowerCase());
  const { where } = query;
  return useMemo(
    () => (knowledgeBase === undefined ? [] : findAll(knowledgeBase, kind, { words, where })),
    [knowledgeBase, kind, words, where],
  );
}

const NONE: ReadonlySet<CellKey> = new Set();

/** Search by text, and selection of all techniques of a group, software, log source and so on. */
export function FindPanel({ tab, tabView }: PanelProps): ReactNode {
  const { knowledgeBase, view } = tabView;
  const [words, setWords] = useState('');
  const [kind, setKind] = useState<SearchKind>('technique');
  const [where, setWhere] = useState<SearchIn>({ name: true, id: true, description: false });
  const found = useFound(knowledgeBase, kind, { words, where });
  if (view === undefined || knowledgeBase === undefined) return null;

  const cellsFor = (each: Found): ReadonlySet<CellKey> =>
    cellsOfTechniques(view, each.techniqueIds);
  const allCells = (): ReadonlySet<CellKey> =>
    new Set(found.flatMap((each) => [...cellsFor(each)]));
  const hasTexts = knowledgeBase.source === 'bundle';
  return (
    <>
      <div className="stack tight">
        <input
          type="search"
          aria-label="Words to find"
          placeholder="Name or ID"
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
        <label className="field">
          <span>Among</span>
          <select value={kind} onChange={(event) => setKind(event.target.value as SearchKind)}>
            {KINDS.map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
            <option value="log-source">Log sources</option>
          </select>
        </label>
        <div className="row">
          {(['name', 'id', 'description'] as const).map((each) => (
            <label key={each} className="check">
              <input
                type="checkbox"
                checked={where[each]}
                disabled={each === 'description' && !hasTexts}
                onChange={(event) => setWhere({ ...where, [each]: event.target.checked })}
              />
              {each}
            </label>
          ))}
        </div>
        {hasTexts ? null : (
          <p className="muted small">Descriptions come with a full bundle of ATT&amp;CK.</p>
        )}
      </div>
      <div className="row">
        <span aria-live="polite">{found.length} found</span>
        <button
          type="button"
          className="button"
          onClick={() => commitSelection(view, allCells(), 'add')}
        >
          Select all
        </button>
        <button
          type="button"
          className="button"
          onClick={() => commitSelection(view, allCells(), 'remove')}
        >
          Deselect all
        </button>
      </div>
      <ul className="plain-list found-list" onPointerLeave={() => markedCells.set(NONE)}>
        {found.slice(0, MAX_SHOWN).map((each) => (
          <li
            key={each.key}
            onPointerEnter={() => markedCells.set(cellsFor(each))}
            onFocus={() => markedCells.set(cellsFor(each))}
            onBlur={() => markedCells.set(NONE)}
          >
            <FoundLine
              found={each}
              isSelected={isAllSelected(cellsFor(each), tab.selection)}
              onToggle={(mode) => commitSelection(view, cellsFor(each), mode)}
              onOpen={kind === 'technique' ? () => openTechnique(each.id) : undefined}
            />
          </li>
        ))}
      </ul>
      {found.length > MAX_SHOWN ? (
        <p className="muted">{found.length - MAX_SHOWN} more; type more of the name.</p>
      ) : null}
    </>
  );
}

const isAllSelected = (cells: ReadonlySet<CellKey>, selection: ReadonlySet<CellKey>): boolean =>
  cells.size > 0 && [...cells].every((key) => selection.has(key));

function FoundLine({
  found,
  isSelected,
  onToggle,
  onOpen,
}: {
  readonly found: Found;
  readonly isSelected: boolean;
  readonly onToggle: (mode: 'add' | 'remove') => void;
  readonly onOpen: (() => void) | undefined;
}): ReactNode {
  const count = found.techniqueIds.size;
  return (
    <div className="found">
      <span>
        {found.id === '' ? null : <span className="mono muted">{found.id} </span>}
        {onOpen === undefined ? (
          found.name
        ) : (
          <button type="button" className="link" onClick={onOpen}>
            {found.name}
          </button>
        )}
      </span>
      <button
        type="button"
        className="button"
        aria-pressed={isSelected}
        aria-label={`${isSelected ? 'Deselect' : 'Select'} ${found.name}: ${count} techniques`}
        onClick={() => onToggle(isSelected ? 'remove' : 'add')}
      >
        {isSelected ? '−' : '+'} {count}
      </button>
    </div>
  );
}
