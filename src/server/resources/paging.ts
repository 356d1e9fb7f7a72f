import { Refusal } from '../refusal.js';

/** A stretch of a list that is whole in memory; the cursor is the place of its first item. */
export function pageOfList<T>(
  all: readonly T[],
  { cursor, limit }: { readonly cursor?: string | undefined; readonly limit: number },
): { readonly items: readonly T[]; readonly next: string | null; readonly total: number } {
  const start = cursor === undefined ? 0 : parseCursor(cursor);
  const end = start + limit;
  const next = end < all.length ? String(end) : null;
  return { items: all.slice(start, end), next, total: all.length };
}

function parseCursor(cursor: string): number {
  if (/^\d{1,9}$/.test(cursor)) return Number(cursor);
  throw new Refusal('QUERY_INVALID', 'expected the cursor of a page of this list');
}

/** A page of the store as the API gives it. */
export function toPage<T, U>(
  page: { readonly items: readonly T[]; readonly next: string | undefined },
  convert: (item: T) => U,
): { readonly items: readonly U[]; readonly next: string | null } {
  return { items: page.items.map(convert), next: page.next ?? null };
}

/** The store gives no more at once. */
export function storePage({
  cursor,
  limit,
}: {
  readonly cursor?: string | undefined;
  readonly limit: number;
}): { readonly cursor: string | undefined; readonly limit: number } {
  return { cursor, limit: Math.min(limit, 500) };
}
