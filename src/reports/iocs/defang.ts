import type { IocType } from './found-ioc.js';

const DOTS_TO_COLON_OR_SLASH = /^([a-z0-9+]+:\/\/)?([^/?#]*)/i;

/** An indicator as a report may print it without anyone following it: `hxxps://example[.]com/a.b`, `192[.]0[.]2[.]1`. */
export function defang(type: IocType, value: string): string {
  switch (type) {
    case 'ipv4':
    case 'domain':
    case 'hostname':
    case 'onion':
      return value.replaceAll('.', '[.]');
    case 'ipv6':
      return value.replaceAll(':', '[:]');
    case 'cidr':
      return value.includes(':') ? value.replaceAll(':', '[:]') : value.replaceAll('.', '[.]');
    case 'email':
    case 'email-src':
    case 'email-dst':
      return value.replace('@', '[@]').replace(/(?<=@\].*)\./g, '[.]');
    case 'url':
    case 'github-repository':
      return value.replace(
        DOTS_TO_COLON_OR_SLASH,
        (_, scheme: string | undefined, host: string) =>
          `${(scheme ?? '').replace(/^http/i, 'hxxp')}${host.replaceAll('.', '[.]')}`,
      );
    default:
      return value;
  }
}
