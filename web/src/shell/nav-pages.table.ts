/** The pages of the head of every page, in their order. */
export const NAV_PAGES: readonly { readonly path: string; readonly label: string }[] = [
  { path: '/home', label: 'Home' },
  { path: '/matrix', label: 'Matrix' },
  { path: '/investigation', label: 'Investigation' },
  { path: '/imports', label: 'Imports' },
  { path: '/rules', label: 'Rules' },
  { path: '/reports', label: 'Reports' },
  { path: '/versions', label: 'Versions' },
  { path: '/settings', label: 'Settings' },
];
