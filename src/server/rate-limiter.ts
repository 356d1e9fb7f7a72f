import { Refusal } from './refusal.js';
import { DEFAULT_RATES, type Rate, type RateClass } from './server-settings.js';

// Clients that are remembered; the one that asked longest ago is forgotten first, so that a flood of addresses takes no
// more memory than this.
const MAX_CLIENTS = 20_000;

interface Bucket {
  tokens: number;
  filledMs: number;
}

/** Token buckets by client and class of route. */
export interface RateLimiter {
  /** @throws Refusal `TOO_MANY_REQUESTS` with the seconds to wait. */
  take(rateClass: RateClass, client: string): void;
  /** Clients that are remembered. */
  readonly size: number;
}

/** @param nowMs a clock that only goes forward. */
export function createRateLimiter(
  rates: Partial<Readonly<Record<RateClass, Rate>>> = {},
  nowMs: () => number = () => performance.now(),
): RateLimiter {
  const buckets = new Map<string, Bucket>();
  return {
    take(rateClass, client) {
      const { burst, perSecond } = rates[rateClass] ?? DEFAULT_RATES[rateClass];
      const key = `${rateClass} ${client}`;
      const now = nowMs();
      const bucket = buckets.get(key) ?? { tokens: burst, filledMs: now };
      bucket.tokens = Math.min(burst, bucket.tokens + ((now - bucket.filledMs) / 1000) * perSecond);
      bucket.filledMs = now;
      // Moved to the end: a map keeps the order in which keys were added.
      buckets.delete(key);
      buckets.set(key, bucket);
      if (buckets.size > MAX_CLIENTS)
        for (const oldest of buckets.keys()) {
          buckets.delete(oldest);
          break;
        }
      if (bucket.tokens < 1) {
        const retrySeconds = Math.max(1, Math.ceil((1 - bucket.tokens) / perSecond));
        const message = `too many requests; try again in ${retrySeconds} s`;
        throw new Refusal('TOO_MANY_REQUESTS', message, { retrySeconds });
      }
      bucket.tokens -= 1;
    },
    get size() {
      return buckets.size;
    },
  };
}
