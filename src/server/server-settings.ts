import type { OidcSettings } from './auth/oidc.js';

/** How many requests a client may make: `burst` at once, `perSecond` in the long run. */
export interface Rate {
  readonly burst: number;
  readonly perSecond: number;
}

/**
 * What a route costs. `events`: a stream that stays open. `sign-in`: a guess at a secret. `costly`: seconds of work.
 */
export type RateClass = 'read' | 'write' | 'costly' | 'sign-in' | 'events';

/** How a server behaves; nothing of it is kept in the workspace. */
export interface ServerSettings {
  /** Address that the server will listen at: anything but a loopback address demands sign-in. */
  readonly host: string;
  /** Asks for sign-in at a loopback address too. Default false. */
  readonly requiresSignIn?: boolean | undefined;
  /** Where browsers reach it, when that is elsewhere (a proxy): `https://portolan.example.com`. */
  readonly publicUrl?: string | undefined;
  /** Names beside `localhost`, IP addresses and `publicUrl` under which it may be asked. */
  readonly allowedHosts?: readonly string[] | undefined;
  /** Takes the client's address and the scheme from X-Forwarded-For and X-Forwarded-Proto. Default false. */
  readonly trustsProxy?: boolean | undefined;
  /** Origins that may show Portolan in a frame. Default none. */
  readonly frameAncestors?: readonly string[] | undefined;
  /** Of one upload. Default 2 GiB and 5,000 files. */
  readonly uploadBytes?: number | undefined;
  readonly uploadFiles?: number | undefined;
  /** Whether the server may fetch from private networks when asked to load a URL. Default false. */
  readonly allowsPrivateUrls?: boolean | undefined;
  readonly oidc?: OidcSettings | undefined;
  /** Folder of the built web interface; undefined serves the API alone. */
  readonly webFolder?: string | undefined;
  /** Of this release of Portolan, for people. */
  readonly portolanVersion?: string | undefined;
  /** Folder of the example investigation. */
  readonly exampleFolder?: string | undefined;
  /** Default: see DEFAULT_RATES. */
  readonly rates?: Partial<Readonly<Record<RateClass, Rate>>> | undefined;
  /** One-time secret that makes the first admin. Default a random one. */
  readonly setupToken?: string | undefined;
  /** Runs imports in a thread of their own; `inline` in the server's. Default `thread`. */
  readonly jobs?: 'thread' | 'inline' | undefined;
  /** Compares every answer with its schema: for tests. Default false. */
  readonly checksAnswers?: boolean | undefined;
  /** Told of faults that no client may see. Default nobody. */
  readonly onFault?: ((error: unknown) => void) | undefined;
  readonly now?: (() => Date) | undefined;
}

/** For a client: an address, or a person or token once they are known. */
export const DEFAULT_RATES: Readonly<Record<RateClass, Rate>> = {
  read: { burst: 2_000, perSecond: 200 },
  write: { burst: 200, perSecond: 10 },
  costly: { burst: 40, perSecond: 2 },
  'sign-in': { burst: 10, perSecond: 1 / 6 },
  events: { burst: 40, perSecond: 1 },
};

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/i;

/** Whether only this machine can reach an address. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.test(host);
}

/** Whether a person or program must say who they are. */
export function demandsSignIn({ host, requiresSignIn }: ServerSettings): boolean {
  return requiresSignIn === true || !isLoopback(host);
}
