import { parse } from 'csv-parse/sync';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import {
  HOSTILE_TEXTS,
  hostileReading,
  sampleAttack,
  sampleReading,
} from '../../../test/contract/sample-readings.js';
import type { ReportReading } from '../../reports/index.js';
import type { Rendering } from '../exporter.js';
import type { ReadingExporter, ReadingExportInput } from './reading-exporter.js';
import { READING_EXPORTERS } from './reading-exporters.js';

// Reviewed by eye. `npx vitest run src/exporters/reading -u` writes them anew; look at them again before you commit.
const FOLDER = '../../../test/golden/reading';

const inputOf = (
  readings: readonly ReportReading[],
  options: Partial<ReadingExportInput['options']> = {},
): ReadingExportInput => ({
  readings,
  knowledgeBase: sampleAttack(),
  issues: [],
  options: {
    includeReview: false,
    includeText: false,
    now: '2026-11-24T12:00:00.000Z',
    creator: undefined,
    tlp: undefined,
    ...options,
  },
});

/** What a reader of the format sees of it, archives unpacked. */
function textOf({ content }: Rendering): string {
  if (typeof content === 'string') return content;
  return Object.entries(unzipSync(content))
    .map(([name, bytes]) => `== ${name}\n${strFromU8(bytes)}\n`)
    .join('');
}

describe.each(READING_EXPORTERS.map((exporter) => [exporter.format, exporter] as const))(
  'the %s exporter of readings',
  (format, exporter: ReadingExporter) => {
    it('has a media type and an extension', () => {
      expect(exporter.mediaType).toMatch(/^[a-z]+\/[a-z0-9.+-]+(?:; ?[a-z]+=[a-z0-9.-]+)?$/);
      expect(exporter.extension).toMatch(/^\.[a-z]+$/);
    });

    it('writes what was reviewed', async () => {
      const rendering = await exporter.render(inputOf([sampleReading()]));
      expect(rendering.issues).toEqual([]);
      const text = textOf(rendering).replace(
        /<style>[^<]*<\/style>|<script>[\s\S]*<\/script>/g,
        '',
      );
      const lines = text
        .replaceAll(/sha256-[\w+/=]+/g, 'sha256-…')
        .replace(/<w:(?:p|tr)[ >]/g, '\n$&');
      await expect(lines).toMatchFileSnapshot(
        `${FOLDER}/sample.${format}${exporter.extension}.txt`,
      );
    });

    it('makes the same bytes of the same readings, and others of others', async () => {
      const bytesOf = async (readings: readonly ReportReading[]) =>
        Buffer.from((await exporter.render(inputOf(readings))).content);
      const first = await bytesOf([sampleReading()]);
      expect(first.equals(await bytesOf([sampleReading()]))).toBe(true);
      expect(first.equals(await bytesOf([sampleReading(), sampleReading()]))).toBe(
        format === 'stix',
      );
      expect(first.equals(await bytesOf([]))).toBe(false);
    });

    it('names the accepted techniques, and what waits for review when asked to', async () => {
      const [plain, all] = await Promise.all(
        [false, true].map(async (includeReview) =>
          textOf(await exporter.render(inputOf([sampleReading()], { includeReview }))),
        ),
      );
      for (const id of ['T1059.001', 'T1003.001', 'T1041']) expect(plain).toContain(id);
      expect(all).toContain('T1053.005');
      expect(plain?.includes('T1053.005')).toBe(format === 'html');
    });

    it('lets no text of a report become markup, script, formula or link', async () => {
      const rendering = await exporter.render(
        inputOf([hostileReading(), sampleReading()], { includeReview: true, includeText: true }),
      );
      expectInert(format, rendering);
    });

    it('writes an empty reading', async () => {
      const nothing = { techniques: [], groups: [], software: [], cves: [], iocs: [] };
      const rendering = await exporter.render(inputOf([{ ...sampleReading(), ...nothing }]));
      expect(rendering.content.length).toBeGreaterThan(0);
    });
  },
);

const FORMULA = /^[=+\-@\t\r]/;

function expectInert(format: string, rendering: Rendering): void {
  const text = textOf(rendering);
  expect(text).toBe(Buffer.from(text).toString());
  switch (format) {
    case 'csv': {
      const cells = (parse(text) as string[][]).flat();
      expect(cells.filter((cell) => FORMULA.test(cell))).toEqual([]);
      expect(cells).toContain(`'${HOSTILE_TEXTS[6]}`);
      return;
    }
    case 'md':
      expect(text.replaceAll(/`[^`\n]*`/g, '')).not.toMatch(/[<>]/);
      expect(text.replaceAll(/`[^`\n]*`/g, '')).not.toMatch(
        /(?<!\\)\]\(|(?<!\\)!\[|https?:|\u202e/,
      );
      for (const line of text.split('\n').filter((each) => each.startsWith('| T')))
        expect(line.match(/(?<!\\)\|/g)).toHaveLength(6);
      return;
    case 'html':
      expect(text.match(/<script/g)).toHaveLength(1);
      expect(text).not.toMatch(/<(?:img|svg|iframe|base)|<[^>"]*\son\w+=/);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
      expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u200b\u2028\u202e]/);
      expect(text).toContain('\\u202egnp.exe');
      return;
    case 'docx': {
      const body = /<w:body>([\s\S]*)<\/w:body>/.exec(text)?.[1] ?? '';
      expect(
        body.replaceAll(/<\/?w:\w+(?: w:\w+="[\w-]*"| xml:space="preserve")*\/?>/g, ''),
      ).not.toMatch(/[<>]/);
      expect(body).not.toContain('hyperlink');
      return;
    }
    default:
      expect(() => JSON.parse(text)).not.toThrow();
  }
}
