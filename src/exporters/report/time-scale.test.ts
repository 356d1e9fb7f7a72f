import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTimeScale } from './time-scale.js';

const at = (text: string): number => Date.parse(`${text}Z`);

describe('createTimeScale', () => {
  it('labels a day by the hour, the first tick with its date', () => {
    const { ticks, segments } = createTimeScale(
      [at('2026-03-03T08:42'), at('2026-03-03T12:31')],
      0,
      800,
    );
    expect(segments).toHaveLength(1);
    expect(ticks.map(({ label }) => label)).toEqual([
      '2026-03-03 08:42',
      '09:30',
      '10:00',
      '10:30',
      '11:00',
      '11:30',
      '12:00',
      '12:30',
    ]);
  });

  it('cuts out the years between a wrong clock and a night of events', () => {
    const night = ['2026-03-03T01:00', '2026-03-03T01:20', '2026-03-03T03:00'].map(at);
    const scale = createTimeScale([at('1970-01-01T00:00'), ...night], 0, 1_000);
    expect(scale.segments).toHaveLength(2);
    expect(scale.x(night[2] ?? 0) - scale.x(night[0] ?? 0)).toBeGreaterThan(600);
  });

  it('places a single time', () => {
    const scale = createTimeScale([at('2026-03-03T01:00')], 0, 100);
    expect([scale.x(at('2026-03-03T01:00')), scale.ticks.length]).toEqual([50, 1]);
  });

  it('keeps any times in order and within the line', () => {
    const times = fc.array(fc.integer({ min: -6e13, max: 8e15 }), { minLength: 1, maxLength: 80 });
    fc.assert(
      fc.property(times, (some) => {
        const scale = createTimeScale(some, 100, 900);
        const xs = [...some].sort((a, b) => a - b).map((time) => scale.x(time));
        for (const [place, x] of xs.entries()) {
          expect(x).toBeGreaterThanOrEqual(Math.max(100, (xs[place - 1] ?? 100) - 1e-6));
          expect(x).toBeLessThanOrEqual(900 + 1e-6);
        }
        for (const tick of scale.ticks) expect(tick.x).toBeLessThanOrEqual(900 + 1e-6);
        expect(scale.ticks.length).toBeLessThan(60);
      }),
    );
  });
});
