/** Values for SQL's `in`, which in PostgreSQL takes no empty list: null equals nothing. */
export function inList<T>(values: readonly T[] | undefined): T[] {
  const nothing: unknown = null;
  return values === undefined || values.length === 0 ? [nothing as T] : [...values];
}

/** Pattern for `like … escape '!'` that finds a text anywhere; the columns it is compared with are in lower case. */
export function likePattern(text: string): string {
  return `%${text.toLowerCase().replace(/[!%_]/g, (one) => `!${one}`)}%`;
}
