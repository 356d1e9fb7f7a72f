/** The pages of the head of every page, in their order. */
export const NAV_PAGES: readonly { readonly path: string; readonly label: string }[] = [
  { path: '/matrix', label: 'Matrix' },
];
