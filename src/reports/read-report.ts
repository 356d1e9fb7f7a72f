import type { KnowledgeBase } from '../attack/lookup.js';
import type { Issue, ReportDocument } from '../model/index.js';
import { composeReading } from './compose-reading.js';
import { extractIocs } from './iocs/extract-iocs.js';
import { findExplicit } from './lanes/find-explicit.js';
import type { OtherVersions } from './lanes/follow-id.js';
import type { Lane } from './mention.js';
import type { ReportReading } from './report-reading.js';
import { segmentReport } from './segment/segment-report.js';

/** What reports are read with; the same for every report of a run. */
export interface ReportReader {
  readonly knowledgeBase: KnowledgeBase;
  /** Older versions and other domains, to follow ids that `knowledgeBase` does not have. */
  readonly versions: OtherVersions;
  /** Lanes that are read; the rest say nothing. */
  readonly lanes: ReadonlySet<Lane>;
  /** 0..1; moves the line between accepted and review for every lane. Undefined leaves each lane its own. */
  readonly minConfidence: number | undefined;
}

/**
 * Reads one report: ids, names, what its sentences read like, indicators, vulnerabilities.
 *
 * @param textSha256 of the document's text in UTF-8, lower-case hex.
 * @param issues of the document itself, which the reading carries on.
 */
export function readReport(
  {
    document,
    textSha256,
    issues,
  }: {
    readonly document: ReportDocument;
    readonly textSha256: string;
    readonly issues: readonly Issue[];
  },
  reader: ReportReader,
): ReportReading {
  const { knowledgeBase, versions, lanes, minConfidence } = reader;
  const sentences = segmentReport(document);
  const explicit = findExplicit({ document, sentences, knowledgeBase, versions });
  const isRead = (lane: Lane): boolean => lanes.has(lane);
  const techniques = isRead('explicit') ? explicit.techniques : [];
  const objects = isRead('explicit') ? explicit.objects : [];
  return composeReading({
    document,
    textSha256,
    sentences,
    knowledgeBase,
    modelVersion: undefined,
    techniques,
    objects,
    cves: explicit.cves,
    iocs: extractIocs(document.text),
    issues: [...issues, ...explicit.issues],
    minConfidence,
  });
}
