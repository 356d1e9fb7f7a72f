import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A sentence of a report that people read for techniques. */
export interface ReportSentence {
  readonly text: string;
  /** As the readers wrote them; empty = they saw no technique. */
  readonly techniqueIds: readonly string[];
  readonly report: string;
}

/** A whole report with the techniques that people marked in it. */
export interface LabelledReport {
  readonly name: string;
  readonly text: string;
  readonly marks: readonly {
    readonly techniqueId: string;
    readonly start: number;
    readonly end: number;
  }[];
}

/** `sentences.json` of TRAM 2 (docs in its README): columns of sentences, labels, titles of reports. */
export function readReportSentences(folder: string): readonly ReportSentence[] {
  const path = join(folder, 'sentences.json');
  if (!existsSync(path)) return [];
  const columns = JSON.parse(readFileSync(path, 'utf8')) as {
    readonly sentence: Readonly<Record<string, string>>;
    readonly labels: Readonly<Record<string, readonly string[]>>;
    readonly doc_title: Readonly<Record<string, string>>;
  };
  return Object.keys(columns.sentence).map((row) => ({
    text: columns.sentence[row] ?? '',
    techniqueIds: columns.labels[row] ?? [],
    report: columns.doc_title[row] ?? '',
  }));
}

/** `reports/*.json` of TRAM 2, by file name. */
export function readLabelledReports(folder: string): readonly LabelledReport[] {
  const reports = join(folder, 'reports');
  if (!existsSync(reports)) return [];
  return readdirSync(reports)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => {
      const { signal, asets } = JSON.parse(readFileSync(join(reports, name), 'utf8')) as {
        readonly signal: string;
        readonly asets: readonly {
          readonly type: string;
          readonly annots: readonly (readonly [number, number])[];
        }[];
      };
      return {
        name: name.replace(/\.json$/, ''),
        text: signal,
        marks: asets.flatMap(({ type, annots }) => {
          const techniqueId = /\((T\d{4}(?:\.\d{3})?)\)$/.exec(type)?.[1];
          if (techniqueId === undefined) return [];
          return annots.map(([start, end]) => ({ techniqueId, start, end }));
        }),
      };
    });
}
