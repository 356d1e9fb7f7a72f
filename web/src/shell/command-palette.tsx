import type { ReactNode } from 'react';

/** Placeholder until the search is wired. */
export function CommandPalette(): ReactNode {
  return null;
}
