import { type KeyboardEvent, type ReactNode, useEffect, useState } from 'react';
import { Dialog, Modal, ModalOverlay } from 'react-aria-components';
import { useLocation } from 'wouter';
import { useStore } from '../state/create-store.js';
import { NAV_PAGES } from './nav-pages.table.js';
import { openHit } from './open-hit.js';
import type { PaletteHit } from './palette-messages.js';
import { paletteIsOpen } from './palette-state.js';
import { usePaletteSearch } from './use-palette-search.js';

/** A line of the palette. */
interface Choice {
  readonly key: string;
  readonly id: string;
  readonly name: string;
  readonly note: string;
  readonly run: () => void;
}

/** Ctrl+K and Cmd+K open and close the palette on every page. */
function usePaletteKey(): void {
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'k') return;
      event.preventDefault();
      paletteIsOpen.set(!paletteIsOpen.current());
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}

function noteOf({ kind, status, why, matched, successors, attackVersion }: PaletteHit): string {
  if (successors.length > 0) {
    return `now ${successors.map(({ id, name }) => `${id} ${name}`).join(', ')}`;
  }
  if (status !== 'active') return `${kind}, ${status}, ATT&CK ${attackVersion}`;
  return why === 'name' || why === 'id' || why === 'prefix' ? kind : `${kind} · ${matched}`;
}

function PaletteBox({ onClose }: { readonly onClose: () => void }): ReactNode {
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const [, navigate] = useLocation();
  const { hits, isReady } = usePaletteSearch(query);

  const words = query.trim().toLowerCase();
  const pages: readonly Choice[] = NAV_PAGES.filter(({ label }) =>
    label.toLowerCase().includes(words),
  ).map(({ path, label }) => ({
    key: path,
    id: '',
    name: `Go to ${label}`,
    note: 'page',
    run: () => navigate(path),
  }));
  const objects: readonly Choice[] = hits.map((hit, index) => ({
    key: `${hit.id} ${hit.attackVersion} ${index}`,
    id: hit.id,
    name: hit.name,
    note: noteOf(hit),
    run: () => openHit(hit, navigate),
  }));
  const choices = words === '' ? pages : [...objects, ...pages];
  const active = Math.min(at, Math.max(0, choices.length - 1));
  const choose = (choice: Choice | undefined): void => {
    if (choice === undefined) return;
    onClose();
    choice.run();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      setAt((active + step + choices.length) % Math.max(1, choices.length));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      choose(choices[active]);
    }
  };

  return (
    <div className="palette">
      <input
        className="palette-input"
        role="combobox"
        aria-label="Search ATT&CK and pages"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant={choices.length === 0 ? undefined : `palette-${active}`}
        placeholder="Technique, group, software, log source, old or new ID …"
        autoComplete="off"
        spellCheck={false}
        value={query}
        ref={(input) => input?.focus()}
        onChange={(event) => {
          setQuery(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div className="palette-list" role="listbox" id="palette-list" aria-label="Results">
        {choices.map((choice, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the combobox
          <div
            key={choice.key}
            id={`palette-${index}`}
            role="option"
            tabIndex={-1}
            className="palette-item"
            aria-selected={index === active}
            onClick={() => choose(choice)}
            onPointerMove={() => setAt(index)}
          >
            <span className="mono muted">{choice.id}</span>
            <span>{choice.name}</span>
            <span className="muted small">{choice.note}</span>
          </div>
        ))}
      </div>
      <p className="palette-foot" role="status">
        {isReady
          ? words !== '' && objects.length === 0
            ? 'Nothing in ATT&CK means that.'
            : 'Enter opens · arrows choose · Esc closes'
          : 'Reading ATT&CK …'}
      </p>
    </div>
  );
}

/** One box over every object of ATT&CK and every page; ids of former versions answer with what took their place. */
export function CommandPalette(): ReactNode {
  usePaletteKey();
  const isOpen = useStore(paletteIsOpen);
  if (!isOpen) return null;
  const close = (): void => paletteIsOpen.set(false);
  return (
    <ModalOverlay className="veil" isOpen isDismissable onOpenChange={(open) => open || close()}>
      <Modal className="dialog-box">
        <Dialog aria-label="Search" className="palette-dialog">
          <PaletteBox onClose={close} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
