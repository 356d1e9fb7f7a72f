import { expect, it } from 'vitest';
import { createRateLimiter } from './rate-limiter.js';
import { Refusal } from './refusal.js';

const RATES = { read: { burst: 2, perSecond: 1 } };

function isTaken(limiter: ReturnType<typeof createRateLimiter>, client: string): boolean {
  try {
    limiter.take('read', client);
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(Refusal);
    return false;
  }
}

it('allows a burst, then what flows in, never more than the burst', () => {
  let nowMs = 0;
  const limiter = createRateLimiter(RATES, () => nowMs);
  expect([1, 2, 3].map(() => isTaken(limiter, 'a'))).toEqual([true, true, false]);
  nowMs = 1_000;
  expect([1, 2].map(() => isTaken(limiter, 'a'))).toEqual([true, false]);
  nowMs = 1_000_000;
  expect([1, 2, 3].map(() => isTaken(limiter, 'a'))).toEqual([true, true, false]);
});

it('keeps clients and classes apart', () => {
  const limiter = createRateLimiter(RATES, () => 0);
  expect([isTaken(limiter, 'a'), isTaken(limiter, 'a'), isTaken(limiter, 'b')]).toEqual([
    true,
    true,
    true,
  ]);
  expect(() => limiter.take('write', 'a')).not.toThrow();
});

it('says how long to wait', () => {
  const limiter = createRateLimiter({ read: { burst: 1, perSecond: 0.1 } }, () => 0);
  limiter.take('read', 'a');
  expect(() => limiter.take('read', 'a')).toThrow(expect.objectContaining({ retrySeconds: 10 }));
});

it('remembers so many clients and no more, and those that ask now rather than then', () => {
  const limiter = createRateLimiter({ read: { burst: 1, perSecond: 0 } }, () => 0);
  isTaken(limiter, 'first');
  for (let client = 0; client < 30_000; client += 1) {
    isTaken(limiter, `client ${client}`);
    if (client % 1_000 === 0) isTaken(limiter, 'first');
  }
  expect(limiter.size).toBeLessThanOrEqual(20_000);
  expect(isTaken(limiter, 'first')).toBe(false);
});
