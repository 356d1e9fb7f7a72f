import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { Refusal } from '../refusal.js';

// Source: OWASP Password Storage Cheat Sheet: scrypt with N = 2^17, r = 8, p = 1.
const COST = { N: 2 ** 17, r: 8, p: 1 };
const KEY_BYTES = 32;
const SALT_BYTES = 16;
// One hash takes 128 MiB: a flood of sign-ins must not take that many times.
const MAX_AT_ONCE = 2;
const MAX_WAITING = 32;

/** Hashes passwords a few at a time; those beyond wait, those far beyond are refused. */
export interface PasswordHasher {
  /** `scrypt$N$r$p$salt$hash`, salt and hash in base64. */
  hash(password: string): Promise<string>;
  /** False also for a text that is no hash; `undefined` takes as long as a hash does. */
  verify(password: string, stored: string | undefined): Promise<boolean>;
}

interface Parameters {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

function derive(password: string, salt: Buffer, { N, r, p }: Parameters): Promise<Buffer> {
  const options = { N, r, p, maxmem: 2 * 128 * N * r };
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, KEY_BYTES, options, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}

const STORED = /^scrypt\$(\d{2,7})\$(\d{1,2})\$(\d{1,2})\$([\w+/=]{8,64})\$([\w+/=]{43,44})$/;

function parseStored(stored: string | undefined) {
  const [, N, r, p, salt, key] = STORED.exec(stored ?? '') ?? [];
  if (salt === undefined || key === undefined || Number(N) > COST.N) return undefined;
  return {
    parameters: { N: Number(N), r: Number(r), p: Number(p) },
    salt: Buffer.from(salt, 'base64'),
    key: Buffer.from(key, 'base64'),
  };
}

/** @param cost weaker parameters are for tests only. */
export function createPasswordHasher(cost: Parameters = COST): PasswordHasher {
  const takeTurn = createTurns();
  // A person who does not exist must take as long as a wrong password.
  const nobody = { parameters: cost, salt: randomBytes(SALT_BYTES), key: randomBytes(KEY_BYTES) };
  return {
    hash: (password) =>
      takeTurn(async () => {
        const salt = randomBytes(SALT_BYTES);
        const key = await derive(password, salt, cost);
        const { N, r, p } = cost;
        return ['scrypt', N, r, p, salt.toString('base64'), key.toString('base64')].join('$');
      }),
    verify: (password, stored) =>
      takeTurn(async () => {
        const known = parseStored(stored);
        const { parameters, salt, key } = known ?? nobody;
        const derived = await derive(password, salt, parameters);
        return timingSafeEqual(derived, key) && known !== undefined;
      }),
  };
}

function createTurns() {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async function takeTurn<T>(work: () => Promise<T>): Promise<T> {
    if (running >= MAX_AT_ONCE) {
      if (waiting.length >= MAX_WAITING)
        throw new Refusal('TOO_MANY_REQUESTS', 'too many people sign in at once', {
          retrySeconds: 5,
        });
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
      });
    }
    running += 1;
    try {
      return await work();
    } finally {
      running -= 1;
      waiting.shift()?.();
    }
  };
}
