/** Gzipped bytes of the files that the page in `folder` loads at once. */
export function webSize(folder: string): { readonly js: number; readonly css: number };
