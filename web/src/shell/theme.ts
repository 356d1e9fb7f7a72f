import { createStore, type Store, useStore } from '../state/create-store.js';

/** What the user chose; `system` follows the machine. */
export const THEME_CHOICES = ['system', 'light', 'dark', 'contrast'] as const;
export type ThemeChoice = (typeof THEME_CHOICES)[number];

const KEY = 'portolan-theme';
const PREFERS_DARK = '(prefers-color-scheme: dark)';

function savedChoice(): ThemeChoice {
  const saved = localStorage.getItem(KEY);
  return THEME_CHOICES.find((choice) => choice === saved) ?? 'system';
}

const choice: Store<ThemeChoice> = createStore<ThemeChoice>('system');
const scheme: Store<'light' | 'dark'> = createStore<'light' | 'dark'>('light');

function apply(): void {
  const chosen = choice.current();
  const dark = matchMedia(PREFERS_DARK).matches;
  const isDark = chosen === 'dark' || (chosen !== 'light' && dark);
  scheme.set(isDark ? 'dark' : 'light');
  document.documentElement.dataset['theme'] = isDark ? 'dark' : 'light';
  document.documentElement.toggleAttribute('data-contrast', chosen === 'contrast');
}

/** Reads what was chosen before and follows the machine from now on. */
export function startTheme(): void {
  choice.set(savedChoice());
  matchMedia(PREFERS_DARK).addEventListener('change', apply);
  apply();
}

/** Changes the theme and keeps the choice in this browser. */
export function chooseTheme(next: ThemeChoice): void {
  choice.set(next);
  localStorage.setItem(KEY, next);
  apply();
}

/** What the user chose. */
export const useThemeChoice = (): ThemeChoice => useStore(choice);

/** Whether the page is light or dark now. */
export const useColorScheme = (): 'light' | 'dark' => useStore(scheme);
