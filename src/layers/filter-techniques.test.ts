import { describe, expect, it } from 'vitest';
import { matchesPlatforms, visibilityOf } from './filter-techniques.js';

describe('matchesPlatforms', () => {
  it.each<[readonly string[], readonly string[] | undefined, boolean]>([
    [['Windows'], ['Windows', 'Linux'], true],
    [['macOS'], ['Windows', 'Linux'], false],
    [['macOS'], undefined, true],
    [['macOS'], [], true],
    [[], ['Windows'], true],
    [['Identity Provider'], ['Azure AD'], true],
    [['Office 365'], ['Office Suite'], true],
    [['Network Devices'], ['Network'], true],
    [['IaaS'], ['AWS'], true],
    [['Windows'], ['windows'], true],
  ])('asks whether %j is in %j: %s', (platforms, filter, expected) => {
    expect(matchesPlatforms(platforms, filter)).toBe(expected);
  });
});

describe('visibilityOf', () => {
  const windows = { platforms: ['Windows'], enabled: true };
  const linux = { platforms: ['Linux'], enabled: true };
  const off = { platforms: ['Linux'], enabled: false };
  const filters = { platforms: ['Linux'], unknown: {} };

  it('shows a sub-technique of the filter under a technique that is not of it', () => {
    expect(visibilityOf({ filters, hideDisabled: false }, windows, [linux, windows])).toEqual({
      technique: true,
      matches: false,
      subtechniques: [true, false],
    });
  });

  it('does not show a sub-technique because its technique is of the filter', () => {
    expect(visibilityOf({ filters, hideDisabled: false }, linux, [windows]).subtechniques).toEqual([
      false,
    ]);
  });

  it('hides disabled ones when the layer asks for it, each for itself', () => {
    expect(visibilityOf({ filters, hideDisabled: true }, off, [off, linux])).toEqual({
      technique: true,
      matches: false,
      subtechniques: [false, true],
    });
    expect(visibilityOf({ filters, hideDisabled: true }, off, [off]).technique).toBe(false);
    expect(visibilityOf({ filters, hideDisabled: false }, off, [off]).technique).toBe(true);
  });
});
