import { expect, it } from 'vitest';
import { createAnswerCache } from './answer-cache.js';
import { encodeAnswer } from './encode-answer.js';

function counting() {
  let made = 0;
  const make = async () => {
    made += 1;
    return encodeAnswer({ made });
  };
  return { make, count: () => made };
}

it('makes one answer for many that ask at once, and another when the stamp changes', async () => {
  const cache = createAnswerCache(1_000_000, 60_000, () => 0);
  const { make, count } = counting();
  await Promise.all(Array.from({ length: 100 }, () => cache.get('a', 1, make)));
  expect(count()).toBe(1);
  await cache.get('a', 2, make);
  expect(count()).toBe(2);
});

it('makes an answer anew when it is too old', async () => {
  let nowMs = 0;
  const cache = createAnswerCache(1_000_000, 1_000, () => nowMs);
  const { make, count } = counting();
  await cache.get('a', 1, make);
  nowMs = 999;
  await cache.get('a', 1, make);
  expect(count()).toBe(1);
  nowMs = 1_000;
  await cache.get('a', 1, make);
  expect(count()).toBe(2);
});

it('keeps within its size; what was asked for longest ago goes first', async () => {
  const cache = createAnswerCache(250, 60_000, () => 0);
  const { make, count } = counting();
  const big = async () => encodeAnswer('x'.repeat(100));
  await cache.get('a', 1, big);
  await cache.get('b', 1, big);
  await cache.get('a', 1, big);
  await cache.get('c', 1, big);
  expect(cache.sizeBytes).toBeLessThanOrEqual(250);
  await cache.get('a', 1, make);
  expect(count()).toBe(0);
  await cache.get('b', 1, make);
  expect(count()).toBe(1);
});

it('does not keep what failed', async () => {
  const cache = createAnswerCache(1_000, 60_000, () => 0);
  await expect(cache.get('a', 1, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  const { make, count } = counting();
  await cache.get('a', 1, make);
  expect([count(), cache.sizeBytes > 0]).toEqual([1, true]);
});
