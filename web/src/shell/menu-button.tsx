import type { ReactNode } from 'react';
import {
  Button,
  Header,
  Menu,
  MenuItem,
  MenuSection,
  MenuTrigger,
  Popover,
  Separator,
} from 'react-aria-components';

/** One line of a menu: an act, or a line between others. */
export type MenuEntry =
  | {
      readonly kind: 'item';
      readonly id: string;
      readonly label: string;
      /** Keys that do the same, or a mark. */
      readonly hint?: string;
      readonly isDisabled?: boolean;
      /** For settings: whether it is on. */
      readonly isOn?: boolean;
      readonly onAction: () => void;
    }
  | { readonly kind: 'separator'; readonly id: string }
  | { readonly kind: 'heading'; readonly id: string; readonly label: string };

/** The lines of a menu, in sections where there are headings. */
export function menuLines(entries: readonly MenuEntry[]): readonly ReactNode[] {
  const lines: ReactNode[] = [];
  let heading: Extract<MenuEntry, { kind: 'heading' }> | undefined;
  let section: ReactNode[] = [];
  const close = (): void => {
    if (heading !== undefined) {
      lines.push(
        <MenuSection key={heading.id}>
          <Header className="menu-heading">{heading.label}</Header>
          {section}
        </MenuSection>,
      );
    } else lines.push(...section);
    section = [];
  };
  for (const entry of entries) {
    if (entry.kind === 'heading') {
      close();
      heading = entry;
    } else if (entry.kind === 'separator') {
      close();
      heading = undefined;
      lines.push(<Separator key={entry.id} className="menu-separator" />);
    } else section.push(<MenuLine key={entry.id} entry={entry} />);
  }
  close();
  return lines;
}

function MenuLine({ entry }: { readonly entry: Extract<MenuEntry, { kind: 'item' }> }): ReactNode {
  return (
    <MenuItem
      id={entry.id}
      className="menu-item"
      isDisabled={entry.isDisabled ?? false}
      onAction={entry.onAction}
      textValue={entry.label}
    >
      <span>
        {entry.isOn === undefined ? null : (
          <span className="menu-check" aria-hidden="true">
            {entry.isOn ? '✓' : ''}
          </span>
        )}
        {entry.label}
        {entry.isOn === true ? <span className="visually-hidden">, on</span> : null}
      </span>
      {entry.hint === undefined ? null : <span className="muted">{entry.hint}</span>}
    </MenuItem>
  );
}

/** A button that opens a menu. */
export function MenuButton({
  label,
  entries,
  className = 'button',
}: {
  readonly label: string;
  readonly entries: readonly MenuEntry[];
  readonly className?: string;
}): ReactNode {
  return (
    <MenuTrigger>
      <Button className={className}>
        {label} <span aria-hidden="true">▾</span>
      </Button>
      <Popover className="menu-popover" placement="bottom start">
        <Menu className="menu" aria-label={label}>
          {menuLines(entries)}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
