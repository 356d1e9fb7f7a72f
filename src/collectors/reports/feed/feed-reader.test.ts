import { describe, expect, it } from 'vitest';
import { blocksOf, describeReportReader, readAs } from '../../../../test/contract/report-reader.js';
import { feedReader } from './feed-reader.js';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

const RSS = `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="m">
<channel><title>Example Labs</title><description>Of the feed</description>
<item><title>A new &amp; strange backdoor</title><pubDate>Wed, 04 Mar 2026 10:00:00 GMT</pubDate>
<media:title>Of a picture</media:title>
<description>Short.</description>
<content:encoded><![CDATA[<p>The actor used <b>PowerShell</b> &amp; wmic.</p><script>bad()</script>
<h2>Mitigations</h2><ul><li>Patch.</li></ul><table><tr><td>ip</td><td>192.0.2.1</td></tr></table>]]></content:encoded></item>
<item><title>Second</title><description>&lt;p&gt;Escaped &amp;lt;b&amp;gt; words.&lt;/p&gt;</description></item>
</channel></rss>`;

const ATOM = `<feed xmlns="http://www.w3.org/2005/Atom"><title>Example Labs</title><updated>2020-01-01T00:00:00Z</updated>
<entry><title type="html">An entry</title><updated>2026-03-05T00:00:00Z</updated><published>2026-03-04T00:00:00Z</published>
<author><name>J. Doe</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Text with <i>tags</i> &lt; &amp; more.</p></div></content></entry>
<entry><title>Plain</title><summary>Words &lt;not a tag&gt; here.</summary></entry></feed>`;

const SAMPLES = [
  {
    name: 'RSS 2.0',
    bytes: encode(RSS),
    title: 'A new & strange backdoor',
    date: '2026-03-04T10:00:00.000Z',
    holds: [
      'heading: A new & strange backdoor',
      'paragraph: The actor used PowerShell & wmic.',
      'heading: Mitigations',
      'list-item: Patch.',
      'table-row: ip\t192.0.2.1',
      'heading: Second',
      'paragraph: Escaped <b> words.',
    ],
    lacks: ['bad()', 'Short.', 'Of the feed', 'Of a picture'],
  },
  {
    name: 'Atom',
    bytes: encode(ATOM),
    title: 'An entry',
    date: '2026-03-04T00:00:00.000Z',
    holds: [
      'heading: An entry',
      'paragraph: Text with tags < & more.',
      'paragraph: Words <not a tag> here.',
    ],
    lacks: ['J. Doe'],
  },
];

describeReportReader(feedReader, SAMPLES);

describe('the feed reader', () => {
  it('numbers the entries of a feed', async () => {
    const { documents } = await readAs(feedReader, encode(RSS));
    expect(documents.map(({ source }) => source)).toEqual(['report#1', 'report#2']);
  });

  it('reads as many entries as it may', async () => {
    const { documents, issues } = await readAs(feedReader, encode(RSS), { maxDocuments: 1 });
    expect(documents.length).toBe(1);
    expect(issues).toMatchObject([{ code: 'REPORT_TRUNCATED' }]);
  });

  it('expands no entities, and fetches none', async () => {
    const bomb = `<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>
<rss><channel><item><title>x</title><description>&b; &c; &nbsp;y</description></item></channel></rss>`;
    expect(
      (await readAs(feedReader, encode(`<?xml version="1.0"?>${bomb}`))).documents.map(blocksOf),
    ).toEqual([['heading: x', 'paragraph: &b; &c; \u00a0y']]);
  });

  it('keeps the entries before the place where a feed breaks off', async () => {
    const { documents, issues } = await readAs(
      feedReader,
      encode(RSS.slice(0, RSS.indexOf('<item><title>Second'))),
    );
    expect(documents.length).toBe(1);
    expect(issues).toMatchObject([{ code: 'REPORT_DAMAGED' }]);
  });

  it('takes no page and no other XML for a feed', () => {
    expect(
      feedReader.detect('x', encode('<?xml version="1.0"?><html><body>feed</body></html>')),
    ).toBe(false);
    expect(feedReader.detect('x', encode('<?xml version="1.0"?><Events/>'))).toBe(false);
  });
});
