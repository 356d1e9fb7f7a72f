import { AppError } from '../../model/index.js';

/** A URL without its user and password, and the header that says them. */
export interface WebAddress {
  /** Safe to show. */
  readonly url: URL;
  /** `Basic …`; undefined when the URL holds no user. */
  readonly authorization: string | undefined;
}

function unescapeUrl(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A lone % is a % that nobody escaped.
    return text;
  }
}

/**
 * Reads a URL that a user or a server gave.
 *
 * @param base URL that a relative one is relative to.
 * @throws AppError `USAGE` for anything but `http` and `https`.
 */
export function parseWebAddress(text: string, base?: URL): WebAddress {
  const shown = JSON.stringify(text.slice(0, 200));
  const url = URL.canParse(text, base?.href) ? new URL(text, base?.href) : undefined;
  if (url === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new AppError(
      'USAGE',
      `expected a URL that starts with https:// or http://, found ${shown}`,
    );
  }
  const { username, password } = url;
  url.username = '';
  url.password = '';
  if (username === '' && password === '') return { url, authorization: undefined };
  const user = `${unescapeUrl(username)}:${unescapeUrl(password)}`;
  return { url, authorization: `Basic ${Buffer.from(user, 'utf8').toString('base64')}` };
}

/**
 * Whether what came from one URL may send us to another: never from https to http, and from http to http only on the
 * same host, so that nobody on the way can send us to a machine of their choice.
 */
export function mayLead(from: URL, to: URL): boolean {
  if (to.protocol === 'https:') return true;
  return to.protocol === 'http:' && from.protocol === 'http:' && from.host === to.host;
}

/**
 * A URL with the user and password of another, when both are on the same host.
 *
 * @param login URL that may hold them.
 */
export function withLogin(url: URL, login: string): string {
  const { username, password, origin } = new URL(login);
  if (url.origin !== origin) return url.href;
  const address = new URL(url);
  address.username = username;
  address.password = password;
  return address.href;
}
