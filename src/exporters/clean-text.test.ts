import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanLine, cleanText, escapeXml } from './clean-text.js';

const anyText = fc.string({ unit: 'binary', maxLength: 200 });

describe('cleanText', () => {
  it.each([
    ['a\u0000b\u000bc', 'abc'],
    ['tab\tline\nreturn\r', 'tab\tline\nreturn\r'],
    ['\ud800x', 'x'],
    ['x\udc00', 'x'],
    ['\ud83e\udd89 owl', '🦉 owl'],
    ['\ud83e\ud83e\udd89', '🦉'],
    ['\ufffe\uffff\ufffd', '\ufffd'],
  ])('takes out of %j what XML forbids', (text, clean) => {
    expect(cleanText(text)).toBe(clean);
  });

  it('leaves nothing to take out', () => {
    fc.assert(fc.property(anyText, (text) => cleanText(cleanText(text)) === cleanText(text)));
  });

  it('always makes well-formed UTF-16', () => {
    const halves = fc.array(fc.integer({ min: 0xd7f0, max: 0xe010 }), { maxLength: 20 });
    fc.assert(
      fc.property(halves, (codes) => {
        const text = cleanText(String.fromCharCode(...codes));
        return Buffer.from(text).toString() === text;
      }),
    );
  });
});

describe('cleanLine', () => {
  it('makes one line of many', () => {
    expect(cleanLine('  a\r\n b\t\u0000c ')).toBe('a b c');
  });
});

describe('escapeXml', () => {
  it('escapes what ends text and attribute values', () => {
    expect(escapeXml(`<a b="c" d='e'>&amp;`)).toBe(
      '&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;amp;',
    );
  });

  it('leaves no text that can open a tag or leave an attribute', () => {
    fc.assert(fc.property(anyText, (text) => !/[<>"']/.test(escapeXml(text))));
  });
});
