import { AppError, type TechniqueId } from '../model/index.js';
import type { ReadTechnique, ReportReading } from '../reports/index.js';
import type { ClaimInput, EvidenceInput, ImportFile, ImportRecord, Store } from '../store/index.js';

const BATCH = 5_000;

export interface SaveReadingsOptions {
  readonly store: Store;
  readonly readings: readonly ReportReading[];
  /** For people. Default the sources of the reports. */
  readonly name?: string | undefined;
  /** The files that the reports came from. Default a file for each report, by its text. */
  readonly files?: readonly ImportFile[] | undefined;
  readonly userId?: number | undefined;
  /** Whether what waits for review is saved too, with its low confidence. Default false. */
  readonly includeReview?: boolean | undefined;
  /** Ends the saving between batches. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Saves what reports say as evidence of kind `intel`: a piece for each mention, with its sentence. A report is known by its
 * text: read again it adds nothing.
 *
 * @throws AppError `USAGE` without readings, and as the store throws.
 */
export async function saveReadings(options: SaveReadingsOptions): Promise<ImportRecord> {
  const { store, readings, userId, signal } = options;
  const [first] = readings;
  if (first === undefined) throw new AppError('USAGE', 'expected a report to save, found none');
  const { import: begun } = await store.imports.begin({
    kind: 'reports',
    name: options.name ?? readings.map(({ document }) => document.source).join(', '),
    files: options.files ?? readings.map(toFile),
    attackVersion: first.attackVersion,
    userId,
  });
  const { importId } = begun;
  const issues = readings.flatMap((reading) => reading.issues);
  const end = { records: readings.length, issueCount: issues.length, issues };
  try {
    const includeReview = options.includeReview ?? false;
    const evidence = readings.flatMap((reading) => toEvidence(reading, includeReview));
    for (let at = 0; at < evidence.length && signal?.aborted !== true; at += BATCH)
      await store.imports.addBatch(importId, evidence.slice(at, at + BATCH));
    const status = signal?.aborted === true ? 'cancelled' : 'finished';
    return await store.imports.end(importId, { ...end, status });
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error);
    await store.imports.end(importId, { ...end, status: 'failed', failure });
    throw error;
  }
}

function toFile({ document, textSha256 }: ReportReading): ImportFile {
  const sizeBytes = Buffer.byteLength(document.text, 'utf8');
  return { source: document.source, sha256: textSha256, sizeBytes };
}

function toEvidence(reading: ReportReading, includeReview: boolean): readonly EvidenceInput[] {
  const isSaved = ({ certainty }: { readonly certainty: string }): boolean =>
    includeReview || certainty === 'accepted';
  return reading.techniques.flatMap((technique) => {
    const { decision, mentions } = technique;
    if (decision !== undefined) return techniqueEvidence(reading, technique);
    return techniqueEvidence(reading, { ...technique, mentions: mentions.filter(isSaved) });
  });
}

function techniqueEvidence(
  reading: ReportReading,
  technique: ReadTechnique,
): readonly EvidenceInput[] {
  const { document } = reading;
  const claim = toClaim(reading, technique);
  const timeMs = document.date === undefined ? Number.NaN : Date.parse(document.date);
  return technique.mentions.map((mention): EvidenceInput => {
    const { start, end, text, lane, certainty, confidence, sentence, why } = mention;
    return {
      claim,
      timeMs: Number.isNaN(timeMs) ? undefined : timeMs,
      source: document.source,
      record: `${sentence.start}-${sentence.end}`,
      identity: `${start}-${end} ${lane}`,
      quote: sentence.text,
      detail: {
        lane,
        certainty,
        confidence: confidence.toFixed(3),
        mention: text,
        mentionStart: String(start),
        mentionEnd: String(end),
        why: why.join('; '),
      },
    };
  });
}

/** A claim for each technique: a sentence that shows one shows no other. */
function toClaim(reading: ReportReading, technique: ReadTechnique): ClaimInput {
  const { document, textSha256, attackVersion } = reading;
  const { techniqueId, confidence, decision } = technique;
  const title = document.title ?? document.source;
  return {
    reference: { kind: 'report', key: textSha256, title },
    subject: { kind: 'report', name: title },
    evidenceKind: 'intel',
    domain: 'enterprise-attack',
    attackVersion,
    techniqueIds: [techniqueId as TechniqueId],
    confidence,
    status: decision === undefined ? 'proposed' : 'accepted',
    part: techniqueId,
  };
}
