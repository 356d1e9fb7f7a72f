import { guardedFetch } from './guarded-fetch.js';

/** Bounds of a fetch that a stranger asked for. */
export interface FetchAddressOptions {
  /** Of the body, unpacked. */
  readonly maxBytes: number;
  /** Whether addresses of private networks and of this machine may be asked. */
  readonly allowsPrivate: boolean;
  readonly signal?: AbortSignal | undefined;
}

/**
 * What is at an address that a stranger named, fetched as `guardedFetch` does.
 *
 * @throws AppError `USAGE` for what is no public http(s) address; `DOWNLOAD_FAILED` for everything else, also when it is
 *   larger than `maxBytes`.
 */
export async function fetchAddress(
  text: string,
  options: FetchAddressOptions,
): Promise<Uint8Array> {
  const { bytes } = await guardedFetch(text, options);
  return bytes;
}
