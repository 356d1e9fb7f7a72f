import { parse } from 'csv-parse/sync';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { describeExporter, type FormatReading } from '../../test/contract/exporter.js';
import { EXPORTERS } from './index.js';

const asText = (content: string | Uint8Array): string =>
  typeof content === 'string' ? content : new TextDecoder().decode(content);

function unescapeXml(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}

/** Fails unless every tag is whole and one of `tags`, with attributes in double quotes, and every & starts a reference. */
function expectTags(xml: string, tags: readonly string[]): void {
  const body = xml.replace(/^<\?xml[^>]*\?>/, '');
  const tag = /<\/?([A-Za-z:]+)((?:\s+[\w:-]+="[^"<]*")*)\s*\/?>/g;
  const rest = body.replace(tag, (_all, name: string, attributes: string) => {
    expect(tags).toContain(name);
    expect(attributes).not.toMatch(/\s(?:on\w+|href|style|xlink:href|id)=|url\(|javascript:/i);
    return '';
  });
  expect(rest).not.toMatch(/[<>]|&(?!(?:lt|gt|amp|quot|apos|#39);)/);
  expect(xml).toBe(Buffer.from(xml).toString());
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
  expect(xml).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/);
}

const SVG_TAGS = ['svg', 'title', 'desc', 'rect', 'g', 'text', 'tspan', 'path', 'polygon', 'line'];

function xlsxFiles(content: string | Uint8Array): ReadonlyMap<string, string> {
  const files = unzipSync(content as Uint8Array);
  return new Map(Object.entries(files).map(([name, bytes]) => [name, strFromU8(bytes)]));
}

function xlsxStrings(content: string | Uint8Array): readonly string[] {
  const xml = xlsxFiles(content).get('xl/sharedStrings.xml') ?? '';
  return [...xml.matchAll(/<si><t[^>]*>([^<]*)<\/t><\/si>/g)].map(([, text = '']) =>
    unescapeXml(text),
  );
}

const FORMULA = /^[=+\-@\t\r]/;

const READINGS: Readonly<Record<string, FormatReading>> = {
  json: {
    words: asText,
    expectInert: (content) => {
      const layer: unknown = JSON.parse(asText(content));
      expect(layer).toMatchObject({ name: '<script>alert(1)</script>' });
    },
  },
  svg: {
    words: (content) => unescapeXml(asText(content)),
    expectInert: (content) => expectTags(asText(content), SVG_TAGS),
  },
  xlsx: {
    words: (content) => xlsxStrings(content).join('\n'),
    expectInert: (content) => {
      for (const [name, xml] of xlsxFiles(content)) {
        expect(xml, name).not.toMatch(/<f[ >]|<hyperlink|<script/);
        expect(xml, name).not.toMatch(/function \w+\(\)|\[native code\]|\[object Object\]/);
      }
      const strings = xlsxStrings(content);
      expect(strings.filter((text) => FORMULA.test(text))).toEqual([]);
      expect(strings).toContain("'+1+1");
      expect(strings).toContain('_x0063_onstructor');
    },
  },
  csv: {
    words: asText,
    expectInert: (content) => {
      const rows = parse(asText(content), { columns: true, bom: false }) as Record<
        string,
        string
      >[];
      const texts = rows.flatMap((row) => Object.values(row));
      expect(texts.filter((text) => FORMULA.test(text))).toEqual([]);
      expect(texts).toContain("'+1+1");
    },
  },
  markdown: {
    words: (content) => asText(content).replaceAll('\\', ''),
    expectInert: (content) => {
      const text = asText(content);
      expect(text.replaceAll('<br>', '')).not.toMatch(/[<>]/);
      expect(text).not.toMatch(/\]\((?!https?:)/);
      expect(text).not.toMatch(/(?<!\\)!\[/);
      const tables = text.split('\n').filter((line) => line.startsWith('|'));
      for (const line of tables) expect(line.match(/(?<!\\)\|/g)).toHaveLength(6);
    },
  },
};

for (const exporter of EXPORTERS) {
  const reading = READINGS[exporter.format];
  if (reading === undefined) throw new Error(`no reading for ${exporter.format}`);
  describeExporter(exporter, reading);
}

describe('EXPORTERS', () => {
  it('has one exporter per format and extension', () => {
    expect(new Set(EXPORTERS.map(({ format }) => format)).size).toBe(EXPORTERS.length);
    expect(new Set(EXPORTERS.map(({ extension }) => extension)).size).toBe(EXPORTERS.length);
  });
});
