import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { htmlSpan, htmlText, htmlTime } from './html-text.js';

describe('htmlText', () => {
  it.each([
    ['<b>&"\'', '&lt;b&gt;&amp;&quot;&#39;'],
    ['a\u202eb', 'a\\u202eb'],
    ['\u0000\u001b[2J\u009b', '\\u0000\\u001b[2J\\u009b'],
    ['a\tb\nc', 'a\tb\nc'],
    ['\ud800x', '\\ud800x'],
    ['größe 日本 😀 \ufffd', 'größe 日本 😀 \ufffd'],
  ])('writes %j as %j', (text, expected) => {
    expect(htmlText(text)).toBe(expected);
  });

  it('leaves no sign of markup or control in any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const shown = htmlText(text);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that must not be there.
        expect(shown).not.toMatch(/[<>"'\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e]/);
      }),
    );
  });
});

describe('htmlTime, htmlSpan', () => {
  it('shows UTC times for people, and no date twice', () => {
    expect(htmlTime('2026-03-03T08:42:10.000Z')).toBe(
      '<time datetime="2026-03-03T08:42:10.000Z">2026-03-03 08:42:10</time>',
    );
    expect(htmlTime(null)).toBe('–');
    expect(htmlSpan('2026-03-03T08:42:10.100Z', '2026-03-03T09:00:00.000Z')).toContain(
      '>09:00:00<',
    );
    expect(htmlSpan('2026-03-03T08:42:10.100Z', '2026-03-04T09:00:00.000Z')).toContain(
      '>2026-03-04 09:00:00<',
    );
  });
});
