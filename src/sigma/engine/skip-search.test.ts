import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createSkipSearch } from './skip-search.js';

const letter = fc.constantFrom('a', 'b', 'A', 'B', 'k', 'K', 'i', '\u212a', 'İ', 'é', ' ', '\0');
const needle = fc.string({
  unit: fc.constantFrom('a', 'b', 'k', 'i', ' '),
  minLength: 4,
  maxLength: 6,
});
const text = fc.string({ unit: letter, maxLength: 24 });

it('overlooks no needle, whatever form the text is in', () => {
  fc.assert(
    fc.property(fc.array(needle, { minLength: 1, maxLength: 4 }), text, (needles, found) => {
      const search = createSkipSearch(needles);
      const isThere = needles.some((one) => found.toLowerCase().includes(one));
      if (!isThere || search === undefined) return;
      const utf16 = Buffer.from(` ${found}`, 'utf16le');
      expect(search.mayHold(found)).toBe(true);
      expect(search.mayHoldUtf16(utf16, 2, utf16.length)).toBe(true);
      const ascii = Buffer.from(`.${found}`, 'latin1');
      // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII.
      if (/^[\x00-\x7f]*$/.test(found))
        expect(search.mayHoldBytes(ascii, 1, ascii.length)).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

it('passes over texts that hold no needle', () => {
  const search = createSkipSearch(['mimikatz', 'sekurlsa']);
  const utf16 = Buffer.from('C:\\Users\\José\\Mimi katz.exe', 'utf16le');
  expect(search?.mayHoldUtf16(utf16, 0, utf16.length)).toBe(false);
});
