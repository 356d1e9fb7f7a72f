import { describe, expect, it } from 'vitest';
import { shippedKnowledge } from '../testing/shipped-view.js';
import { breakable } from './breakable.js';

describe('breakable', () => {
  it.each([
    ['Reconnaissance', ['Reconnais', 'sance']],
    ['Account Manipulation', ['Account Manipu', 'lation']],
    ['AppleScript', ['Apple', 'Script']],
    ['Spearphishing Link', ['Spear', 'phishing Link']],
    ['BITS Jobs', ['BITS Jobs']],
  ])('%s', (name, parts) => {
    expect(breakable(name)).toEqual(parts);
  });

  it('leaves every name of ATT&CK as it is but for the breaks', () => {
    for (const { name } of shippedKnowledge('19.1').ofKind('technique')) {
      expect(breakable(name).join('')).toBe(name);
    }
  });
});
