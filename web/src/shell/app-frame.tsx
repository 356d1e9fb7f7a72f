import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { CommandPalette } from './command-palette.js';
import { isEmbedded } from './is-embedded.js';
import { NAV_PAGES } from './nav-pages.table.js';
import { paletteIsOpen } from './palette-state.js';
import { chooseTheme, THEME_CHOICES, type ThemeChoice, useThemeChoice } from './theme.js';

const THEME_LABELS: Readonly<Record<ThemeChoice, string>> = {
  system: 'System theme',
  light: 'Light',
  dark: 'Dark',
  contrast: 'High contrast',
};

function ThemeChooser(): ReactNode {
  const choice = useThemeChoice();
  return (
    <select
      className="frame-theme"
      aria-label="Theme"
      value={choice}
      onChange={(event) => {
        const next = THEME_CHOICES.find((each) => each === event.target.value);
        if (next !== undefined) chooseTheme(next);
      }}
    >
      {THEME_CHOICES.map((each) => (
        <option key={each} value={each}>
          {THEME_LABELS[each]}
        </option>
      ))}
    </select>
  );
}

function FrameHead(): ReactNode {
  const [location] = useLocation();
  return (
    <header className="frame-head">
      <a className="frame-skip" href="#content">
        Skip to content
      </a>
      <Link href="/" className="frame-brand">
        <img src="/favicon.svg" alt="" width="18" height="18" /> Portolan
      </Link>
      <nav aria-label="Pages" className="frame-nav">
        {NAV_PAGES.map(({ path, label }) => (
          <Link
            key={path}
            href={path}
            aria-current={location === path || location.startsWith(`${path}/`) ? 'page' : undefined}
          >
            {label}
          </Link>
        ))}
      </nav>
      <button type="button" className="frame-search" onClick={() => paletteIsOpen.set(true)}>
        <span>Search ATT&amp;CK</span>
        <kbd>Ctrl K</kbd>
      </button>
      <ThemeChooser />
    </header>
  );
}

/** The frame around every page: head, palette, and the page itself. Embedded pages stand alone. */
export function AppFrame({ children }: { readonly children: ReactNode }): ReactNode {
  if (isEmbedded()) return <div className="frame embedded">{children}</div>;
  return (
    <div className="frame">
      <FrameHead />
      <div className="frame-content" id="content">
        {children}
      </div>
      <CommandPalette />
    </div>
  );
}
