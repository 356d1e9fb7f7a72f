import type { Role } from '../schemas/session.js';
import { ROLES } from './caller.js';
import { randomSecret } from './secrets.js';

/** Sign-in with a provider of OpenID Connect. */
export interface OidcSettings {
  /** `https://login.example.com/realms/soc` */
  readonly issuer: string;
  readonly clientId: string;
  /** Undefined for a public client. */
  readonly clientSecret?: string | undefined;
  /** What the button says. Default the issuer's host. */
  readonly label?: string | undefined;
  /** Claim that holds the groups of a person. Default `groups`. */
  readonly groupsClaim?: string | undefined;
  /** Role by group; of several the highest counts. */
  readonly roles?: Readonly<Record<string, Role>> | undefined;
  /** For people in no such group; undefined refuses them. */
  readonly defaultRole?: Role | undefined;
  /** Default `openid profile email`. */
  readonly scope?: string | undefined;
  /** Speaks http with the provider: for tests on one machine only. */
  readonly allowsHttp?: boolean | undefined;
}

/** Who the provider says has signed in. */
export interface OidcPerson {
  /** `issuer subject`; never changes. */
  readonly externalId: string;
  readonly name: string;
  /** Undefined: in no group that has a role. */
  readonly role: Role | undefined;
}

/** The two halves of a sign-in: to the provider, and back. */
export interface OidcClient {
  readonly label: string;
  /** @returns where to send the browser, and the secret that ties the way back to it. */
  begin(callbackUrl: string): Promise<{ readonly url: string; readonly binding: string }>;
  /** @returns undefined when the answer fits no sign-in that this browser began in the last ten minutes. */
  finish(currentUrl: URL, binding: string | undefined): Promise<OidcPerson | undefined>;
}

const PENDING_MS = 600_000;
const MAX_PENDING = 1_000;

interface Pending {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly startedMs: number;
}

/** Authorization code flow with PKCE, state and nonce. The provider is asked about itself at the first sign-in. */
export function createOidcClient(
  settings: OidcSettings,
  nowMs: () => number = () => performance.now(),
): OidcClient {
  const pending = new Map<string, Pending>();
  let discovered: ReturnType<typeof discover> | undefined;
  const configuration = async () => {
    discovered ??= discover(settings);
    try {
      return await discovered;
    } catch (error) {
      // A provider that was down is asked again the next time.
      discovered = undefined;
      throw error;
    }
  };
  return {
    label: settings.label ?? new URL(settings.issuer).host,
    async begin(callbackUrl) {
      const client = await import('openid-client');
      const config = await configuration();
      const verifier = client.randomPKCECodeVerifier();
      const [state, nonce] = [client.randomState(), client.randomNonce()];
      const binding = randomSecret();
      for (const [key, { startedMs }] of pending)
        if (pending.size >= MAX_PENDING || nowMs() - startedMs > PENDING_MS) pending.delete(key);
      pending.set(binding, { state, nonce, verifier, startedMs: nowMs() });
      const url = client.buildAuthorizationUrl(config, {
        redirect_uri: callbackUrl,
        scope: settings.scope ?? 'openid profile email',
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state,
        nonce,
      });
      return { url: url.href, binding };
    },
    async finish(currentUrl, binding) {
      const begun = binding === undefined ? undefined : pending.get(binding);
      if (binding === undefined || begun === undefined) return undefined;
      // Once only, whatever comes of it.
      pending.delete(binding);
      if (nowMs() - begun.startedMs > PENDING_MS) return undefined;
      if (currentUrl.searchParams.get('state') !== begun.state) return undefined;
      const client = await import('openid-client');
      const tokens = await client.authorizationCodeGrant(await configuration(), currentUrl, {
        pkceCodeVerifier: begun.verifier,
        expectedState: begun.state,
        expectedNonce: begun.nonce,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      return claims === undefined ? undefined : toPerson(claims, settings);
    },
  };
}

async function discover({ issuer, clientId, clientSecret, allowsHttp }: OidcSettings) {
  const client = await import('openid-client');
  const authentication =
    clientSecret === undefined ? client.None() : client.ClientSecretBasic(clientSecret);
  // Signatures of tokens too, and not only that they came from the provider's own address.
  const execute = [client.enableNonRepudiationChecks];
  if (allowsHttp === true) execute.push(client.allowInsecureRequests);
  return client.discovery(new URL(issuer), clientId, undefined, authentication, { execute });
}

function toPerson(
  claims: Readonly<Record<string, unknown>> & { readonly iss: string; readonly sub: string },
  { groupsClaim = 'groups', roles = {}, defaultRole }: OidcSettings,
): OidcPerson {
  const found = claims[groupsClaim];
  const groups = (Array.isArray(found) ? found : [found]).filter((one) => typeof one === 'string');
  const ranks = groups.map((group) =>
    Object.hasOwn(roles, group) ? ROLES.indexOf(roles[group] ?? 'viewer') : -1,
  );
  const rank = Math.max(-1, ...ranks);
  const names = [claims['preferred_username'], claims['email'], claims['name'], claims.sub];
  const name = names.find((one) => typeof one === 'string' && one !== '');
  return {
    externalId: `${claims.iss} ${claims.sub}`,
    name: String(name).slice(0, 200),
    role: ROLES[rank] ?? defaultRole,
  };
}
