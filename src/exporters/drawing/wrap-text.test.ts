import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type TextFont, textWidth } from './text-width.js';
import { ellipsize, widestWord, wrapText } from './wrap-text.js';

const font: TextFont = { family: 'sans', bold: false, size: 10 };
const mono: TextFont = { family: 'mono', bold: false, size: 10 };

describe('textWidth', () => {
  it.each([
    ['', 0],
    ['i', 2.43],
    ['W', 9.44],
    ['    ', 11.12],
    ['名', 10],
    ['e\u0301', 5.56],
  ])('of %j at 10 pixels is at least %d', (text, least) => {
    expect(textWidth(text, font)).toBeGreaterThanOrEqual(least - 0.3);
    expect(textWidth(text, font)).toBeLessThan(least + 0.4);
  });

  it('is the same for every letter of a mono font', () => {
    expect(textWidth('iiii', mono)).toBe(textWidth('WWWW', mono));
  });

  it('is larger in bold', () => {
    expect(textWidth('Execution', { ...font, bold: true })).toBeGreaterThan(
      textWidth('Execution', font),
    );
  });
});

describe('wrapText', () => {
  it.each<readonly [string, number, readonly string[]]>([
    ['', 60, ['']],
    ['Phishing', 60, ['Phishing']],
    [
      'System Network Configuration Discovery',
      100,
      ['System Network', 'Configuration', 'Discovery'],
    ],
    ['File/Path Exclusions', 60, ['File/Path', 'Exclusions']],
    ['Multi-Factor', 40, ['Multi-', 'Factor']],
    ['Brute Force I/O', 62, ['Brute Force', 'I/O']],
    ['Adversary-in-the-Middle', 62, ['Adversary-in-', 'the-Middle']],
  ])('breaks %j at %d pixels', (text, width, lines) => {
    expect(wrapText(text, width, { font })).toEqual({ lines, broken: false, cut: false });
  });

  it('breaks a word only when it is wider than the line, and says so', () => {
    const { lines, broken } = wrapText('Communication', 30, { font });
    expect(lines.join('')).toBe('Communication');
    expect(lines.length).toBeGreaterThan(1);
    expect(broken).toBe(true);
  });

  it('cuts after the last line it may use, and says so', () => {
    const wrapped = wrapText('one two three four five six', 50, { font, maxLines: 2 });
    expect(wrapped.lines).toHaveLength(2);
    expect(wrapped.lines[1]).toMatch(/…$/);
    expect(wrapped.cut).toBe(true);
  });

  it('keeps room at the end of the first line, and only there', () => {
    const text = 'Remote Access Tools';
    expect(wrapText(text, 100, { font }).lines).toEqual([text]);
    expect(wrapText(text, 100, { font, firstReserve: 40 }).lines).toEqual([
      'Remote',
      'Access Tools',
    ]);
    expect(wrapText('Communication', 80, { font, firstReserve: 60 })).toEqual({
      lines: ['', 'Communication'],
      broken: false,
      cut: false,
    });
  });

  it('loses no letter and makes no line too wide, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 120 }),
        fc.integer({ min: 1, max: 200 }),
        (text, width) => {
          const { lines } = wrapText(text, width, { font });
          expect(lines.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
          for (const line of lines) {
            expect([...line].length <= 1 || textWidth(line, font) <= width + 1e-9).toBe(true);
          }
        },
      ),
    );
  });

  it('reads no more than the beginning of a text of a megabyte', () => {
    const wrapped = wrapText('x'.repeat(1_000_000), 20, { font });
    expect(wrapped.lines.join('').length).toBeLessThan(5000);
    expect(wrapped.cut).toBe(true);
  });
});

describe('ellipsize', () => {
  it('shortens only what does not fit', () => {
    expect(ellipsize('Execution', 100, font)).toBe('Execution');
    const short = ellipsize('Command and Control', 60, font);
    expect(short).toMatch(/^Command.*…$/);
    expect(textWidth(short, font)).toBeLessThanOrEqual(60);
    expect(ellipsize('Execution', 2, font)).toBe('');
  });
});

describe('widestWord', () => {
  it('is the width of the longest part that is kept whole', () => {
    expect(widestWord('a Configuration b', font)).toBe(textWidth('Configuration', font));
    expect(widestWord('', font)).toBe(0);
  });
});
