/** A part of a list, and where the next part starts. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Give it back as `cursor` for what follows; undefined at the end. Opaque, safe in a URL, at most 200 characters. */
  readonly next: string | undefined;
}

/** Which part of a list. */
export interface PageRequest {
  /** 1..500. Default 50. */
  readonly limit?: number | undefined;
  /** `next` of the page before, asked with the same filter. Default the start. */
  readonly cursor?: string | undefined;
}
