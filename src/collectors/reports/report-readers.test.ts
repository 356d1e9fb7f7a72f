import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { tinyPdf } from '../../../test/reports/tiny-pdf.js';
import { detectReportReader, REPORT_READERS } from './report-readers.js';

/** A file of each format, by the name of its reader. */
const FILES: Readonly<Record<string, Uint8Array>> = {
  pdf: tinyPdf({ pages: [[]] }),
  docx: zipSync({ '[Content_Types].xml': strToU8('<Types/>') }),
  stix: strToU8('{"type": "bundle", "id": "bundle--1", "objects": []}'),
  feed: strToU8('<?xml version="1.0"?><rss version="2.0"><channel/></rss>'),
  html: strToU8('<!DOCTYPE html><html><body><p>Words.</p></body></html>'),
  markdown: strToU8('# A title\n\nWords with a [link](https://example.com).'),
  text: strToU8('Words, and nothing but words.'),
};

describe('REPORT_READERS', () => {
  it('tells its own files from those of every other reader, whatever their name', () => {
    expect(REPORT_READERS.map(({ name }) => name)).toEqual(Object.keys(FILES));
    for (const [name, bytes] of Object.entries(FILES)) {
      for (const file of ['x', 'x.txt', 'x.pdf', 'https://example.com/x']) {
        expect(detectReportReader(file, bytes)?.name).toBe(name);
      }
    }
  });

  it('knows no reader for what is no text', () => {
    expect(detectReportReader('x.txt', new Uint8Array([0, 1, 2, 3]))).toBeUndefined();
    expect(detectReportReader('x.txt', new Uint8Array())).toBeUndefined();
  });
});
