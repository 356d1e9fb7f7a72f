import type { KnowledgeBase } from '../../attack/lookup.js';
import type { Issue } from '../../model/index.js';
import type { ReportReading } from '../../reports/index.js';
import type { Rendering } from '../exporter.js';

// Source: FIRST, Traffic Light Protocol 2.0.
/** Labels of the Traffic Light Protocol, the most open first. */
export const TLP_LABELS = ['clear', 'green', 'amber', 'amber+strict', 'red'] as const;

export type TlpLabel = (typeof TLP_LABELS)[number];

/** What an exporter of readings works from. */
export interface ReadingExportInput {
  /** In the order of the input. */
  readonly readings: readonly ReportReading[];
  /** Of the ATT&CK version that the reports were read against. */
  readonly knowledgeBase: KnowledgeBase;
  /** What could not be read at all. */
  readonly issues: readonly Issue[];
  readonly options: ReadingExportOptions;
}

export interface ReadingExportOptions {
  /** Whether what waits for review is written as well, marked. */
  readonly includeReview: boolean;
  /** Whether JSON carries the text that offsets point into. */
  readonly includeText: boolean;
  /** ISO 8601 UTC: when the file is made. Formats without times do not use it. */
  readonly now: string;
  /** Who shares the result; undefined names Portolan. */
  readonly creator: string | undefined;
  /** Marking of what is shared; undefined marks nothing. */
  readonly tlp: TlpLabel | undefined;
}

/**
 * Writes readings of reports in one format. Same input, same bytes; no text of a report can become markup, script,
 * formula or link.
 */
export interface ReadingExporter {
  /** Name of the option on the command line: `stix`. */
  readonly format: string;
  readonly mediaType: string;
  /** With its dot: `.json`. */
  readonly extension: string;
  render(input: ReadingExportInput): Rendering | Promise<Rendering>;
}
