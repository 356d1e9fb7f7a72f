import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

/** Who signs in at the provider next, and what it does wrong on purpose. */
export interface ProviderBehaviour {
  claims: Record<string, unknown>;
  fault?: 'nonce' | 'audience' | 'signature' | 'expired' | undefined;
}

/** A small provider of OpenID Connect on this machine: discovery, keys, code flow with PKCE. */
export interface TestProvider {
  readonly issuer: string;
  readonly behaviour: ProviderBehaviour;
  /** Goes to the address of sign-in as a browser does; where it is sent back to. */
  authorize(url: string): Promise<string>;
  close(): Promise<void>;
}

interface Grant {
  readonly challenge: string;
  readonly nonce: string;
  readonly redirectUri: string;
}

export async function startProvider(clientId: string, clientSecret: string): Promise<TestProvider> {
  const keys = await generateKeyPair('RS256');
  const others = await generateKeyPair('RS256');
  const jwk = { ...(await exportJWK(keys.publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' };
  const grants = new Map<string, Grant>();
  const behaviour: ProviderBehaviour = { claims: { sub: '1' } };
  let issuer = '';

  const idToken = async (nonce: string): Promise<string> => {
    const { fault, claims } = behaviour;
    const now = Math.floor(Date.now() / 1000);
    return new SignJWT({ ...claims, nonce: fault === 'nonce' ? 'another' : nonce })
      .setProtectedHeader({ alg: 'RS256', kid: 'k1' })
      .setIssuer(issuer)
      .setAudience(fault === 'audience' ? 'another' : clientId)
      .setIssuedAt(fault === 'expired' ? now - 7_200 : now)
      .setExpirationTime(fault === 'expired' ? now - 3_600 : now + 300)
      .sign(fault === 'signature' ? others.privateKey : keys.privateKey);
  };

  const tokenAnswer = async (request: IncomingMessage): Promise<[number, unknown]> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const form = new URLSearchParams(Buffer.concat(chunks).toString());
    const grant = grants.get(form.get('code') ?? '');
    grants.delete(form.get('code') ?? '');
    const expected = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
    const challenge = createHash('sha256').update(form.get('code_verifier') ?? '');
    const isRight =
      grant?.challenge === challenge.digest('base64url') &&
      grant.redirectUri === form.get('redirect_uri') &&
      request.headers.authorization === expected;
    if (grant === undefined || !isRight) return [400, { error: 'invalid_grant' }];
    return [
      200,
      {
        access_token: randomUUID(),
        token_type: 'bearer',
        expires_in: 60,
        id_token: await idToken(grant.nonce),
      },
    ];
  };

  const server: Server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', issuer);
    const answer = async (): Promise<[number, unknown, Record<string, string>?]> => {
      if (url.pathname === '/.well-known/openid-configuration')
        return [
          200,
          {
            issuer,
            authorization_endpoint: `${issuer}/authorize`,
            token_endpoint: `${issuer}/token`,
            jwks_uri: `${issuer}/jwks`,
            response_types_supported: ['code'],
            subject_types_supported: ['public'],
            id_token_signing_alg_values_supported: ['RS256'],
            code_challenge_methods_supported: ['S256'],
          },
        ];
      if (url.pathname === '/jwks') return [200, { keys: [jwk] }];
      if (url.pathname === '/token') return tokenAnswer(request);
      if (url.pathname !== '/authorize') return [404, {}];
      const ask = (name: string): string => url.searchParams.get(name) ?? '';
      const code = randomUUID();
      grants.set(code, {
        challenge: ask('code_challenge'),
        nonce: ask('nonce'),
        redirectUri: ask('redirect_uri'),
      });
      const back = new URL(ask('redirect_uri'));
      back.searchParams.set('code', code);
      back.searchParams.set('state', ask('state'));
      back.searchParams.set('iss', issuer);
      return [302, {}, { Location: back.href }];
    };
    void answer().then(([status, body, headers = {}]) => {
      response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
      response.end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    issuer,
    behaviour,
    authorize: async (url) =>
      (await fetch(url, { redirect: 'manual' })).headers.get('Location') ?? '',
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
