import { describe, expect, it } from 'vitest';
import { blocksOf, describeReportReader, readAs } from '../../../../test/contract/report-reader.js';
import { markdownReader } from './markdown-reader.js';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

const REPORT = `---
title: "Operation Example: part one" # working title
date: 2026-03-01
tags: [a, b]
---
# Operation Example

The actor used \`cmd.exe /c whoami\` to look around
and then left. It used [PowerShell](https://x.example) a lot.

## Mitigations ##

- Block macros.
  And more.
- Do it
  1. sub one

| Type | Value |
| --- | :---: |
| ip | 192.0.2.1 |

\`\`\`powershell
Get-Process | Out-File x
# not a heading
\`\`\`

> quoted text
> more quoted

**IOCs:**

* evil[.]example[.]com
<!-- hidden
words -->
Setext heading
---
text under C#
## About C#
[1]: https://example.com
`;

describeReportReader(markdownReader, [
  {
    name: 'a file with front matter',
    bytes: encode(REPORT),
    title: 'Operation Example: part one',
    date: '2026-03-01',
    holds: [
      'heading: Operation Example',
      'paragraph: The actor used `cmd.exe /c whoami` to look around\nand then left. It used [PowerShell](https://x.example) a lot.',
      'heading: Mitigations',
      'list-item: Block macros.\n  And more.',
      'list-item: Do it',
      'list-item: sub one',
      'table-row: Type | Value',
      'table-row: ip | 192.0.2.1',
      'code: Get-Process | Out-File x\n# not a heading',
      'quote: quoted text\n> more quoted',
      'heading: IOCs:',
      'list-item: evil[.]example[.]com',
      'heading: Setext heading',
      'paragraph: text under C#',
      'heading: About C#',
    ],
  },
]);

const read = async (text: string) => {
  const [document] = (await readAs(markdownReader, encode(text))).documents;
  return document === undefined ? [] : blocksOf(document);
};

describe('the Markdown reader', () => {
  it('keeps the text of the file as it is, front matter included', async () => {
    const [document] = (await readAs(markdownReader, encode(REPORT))).documents;
    expect(document?.text).toBe(REPORT);
  });

  it('leaves comments, rules, link definitions and lines of tags out of blocks', async () => {
    expect(
      await read(
        '<!-- a\nb -->\n\n***\n\n[1]: https://example.com\n\n<details>\n\ntext\n\n</details>',
      ),
    ).toEqual(['paragraph: text']);
  });

  it('reads code that nothing closes, and code by indentation', async () => {
    expect(await read('text\n\n    net user\n    whoami\n\n```\nopen')).toEqual([
      'paragraph: text',
      'code: net user\n    whoami',
      'code: open',
    ]);
  });

  it.each([
    ['a heading and a link', '# Title\n\nSee [x](https://example.com).', true],
    ['a table', 'a | b\n--- | ---\n1 | 2\n', true],
    ['plain text with bullets', 'Some text\n\n- one\n- two\n', false],
    ['a shell script', '#!/bin/sh\n# comment\nls\n', false],
  ])('tells %s from plain text', (_name, text, expected) => {
    expect(markdownReader.detect('x', encode(text))).toBe(expected);
  });

  it.each([
    ['a heading of white space', `# a${' \t'.repeat(2_000_000)}b`],
    ['a heading of marks', `# ${'# '.repeat(2_000_000)}x`],
    ['rules that are none', `${'- '.repeat(2_000_000)}x`],
    ['cells', `${'|a'.repeat(2_000_000)}\n${'|-'.repeat(2_000_000)}x`],
    ['quotes', '>'.repeat(2_000_000)],
    ['tags', '<a '.repeat(1_000_000)],
    ['open brackets', '[('.repeat(2_000_000)],
  ])('reads 4 MB of %s', async (_name, text) => {
    expect((await read(text)).length).toBeLessThan(10);
    expect(markdownReader.detect('x', encode(text.slice(0, 65_536)))).toBeTypeOf('boolean');
  });
});
