import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { REPORT_LIMITS, type ReportLimits } from '../../src/collectors/reports/report-limits.js';
import type { ReportDocuments, ReportReader } from '../../src/collectors/reports/report-reader.js';
import type { ReportDocument } from '../../src/model/index.js';

/** A file of a format, made by the test. */
export interface ReportSample {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Stretches that the text must hold, each within one block of its kind, as `kind: words`. */
  readonly holds: readonly string[];
  /** What must not be in the text. */
  readonly lacks?: readonly string[];
  readonly title?: string | undefined;
  readonly date?: string | undefined;
}

/** Reads bytes as one file. */
export function readAs(
  reader: ReportReader,
  bytes: Uint8Array,
  limits: Partial<ReportLimits> = {},
): Promise<ReportDocuments> {
  return reader.read({
    source: 'report',
    bytes,
    limits: { ...REPORT_LIMITS, ...limits },
    signal: undefined,
  });
}

/** `kind: words` of each block. */
export function blocksOf({ text, blocks }: ReportDocument): readonly string[] {
  return blocks.map(({ kind, start, end }) => `${kind}: ${text.slice(start, end)}`);
}

/** What holds for the documents of every format. */
export function expectSound({ documents, issues }: ReportDocuments): void {
  for (const { kind, text, blocks, source, date } of documents) {
    expect(kind).toBe('report');
    expect(source).not.toBe('');
    if (date !== undefined) expect(Number.isNaN(Date.parse(date))).toBe(false);
    let at = 0;
    for (const { start, end } of blocks) {
      expect(start).toBeGreaterThanOrEqual(at);
      expect(end).toBeGreaterThan(start);
      const words = text.slice(start, end);
      expect(words).toBe(words.trim());
      at = end;
    }
    expect(at).toBeLessThanOrEqual(text.length);
  }
  for (const issue of issues) {
    expect(issue.kind).toBe('issue');
    expect(issue.message).not.toMatch(/\n/);
  }
}

/** What every reader of reports does, whatever the format. */
export function describeReportReader(
  reader: ReportReader,
  samples: readonly ReportSample[],
  options: { readonly numRuns?: number } = {},
): void {
  const { numRuns = 100 } = options;
  describe(`the ${reader.name} reader, as every reader of reports`, () => {
    it.each(samples)('knows $name by its content', ({ bytes }) => {
      expect(reader.detect('unknown', bytes.subarray(0, 65_536))).toBe(true);
    });

    it.each(samples)('points at the words of $name, verbatim', async (sample) => {
      const reading = await readAs(reader, sample.bytes);
      expectSound(reading);
      const blocks = reading.documents.flatMap(blocksOf);
      for (const wanted of sample.holds) expect(blocks).toContain(wanted);
      const all = reading.documents.map(({ text }) => text).join('\n');
      for (const unwanted of sample.lacks ?? []) expect(all).not.toContain(unwanted);
      expect(reading.documents.map(({ format }) => format)).toContain(reader.name);
    });

    it.each(samples)('says what $name says of itself', async ({ bytes, title, date }) => {
      const [document] = (await readAs(reader, bytes)).documents;
      if (title !== undefined) expect(document?.title).toBe(title);
      if (date !== undefined) expect(document?.date).toBe(date);
    });

    it('keeps the text within its limit', async () => {
      for (const { bytes } of samples) {
        const reading = await readAs(reader, bytes, { maxTextLength: 40 });
        expectSound(reading);
        for (const { text } of reading.documents) expect(text.length).toBeLessThanOrEqual(40);
      }
    });

    it('takes any bytes, and any damage, without failing', async () => {
      await fc.assert(
        fc.asyncProperty(fc.uint8Array({ maxLength: 2_000 }), async (bytes) => {
          expectSound(await readAs(reader, bytes));
        }),
        { numRuns },
      );
      const [sample] = samples;
      if (sample === undefined) return;
      const size = sample.bytes.length;
      const change = fc.record({ at: fc.nat(size - 1), byte: fc.nat(255) });
      await fc.assert(
        fc.asyncProperty(fc.array(change, { maxLength: 8 }), fc.nat(size), async (changes, end) => {
          const bytes = new Uint8Array(sample.bytes);
          for (const { at, byte } of changes) bytes[at] = byte;
          expectSound(await readAs(reader, bytes.subarray(0, end)));
          expectSound(await readAs(reader, bytes));
        }),
        { numRuns },
      );
    });
  });
}
