import type { KnowledgeBase } from '../attack/lookup.js';
import type { Issue, ReportDocument } from '../model/index.js';
import { composeReading } from './compose-reading.js';
import { findModelled } from './find-modelled.js';
import { extractIocs } from './iocs/extract-iocs.js';
import type { NameFinder } from './lanes/create-name-finder.js';
import { findExplicit } from './lanes/find-explicit.js';
import type { OtherVersions } from './lanes/follow-id.js';
import type { ModelSetting, ReportModel } from './model/report-model.js';
import type { ReportReading } from './report-reading.js';
import { segmentReport } from './segment/segment-report.js';

/** What reports are read with; the same for every report of a run. */
export interface ReportReader {
  readonly knowledgeBase: KnowledgeBase;
  /** Older versions and other domains, to follow ids that `knowledgeBase` does not have. */
  readonly versions: OtherVersions;
  /** The name lane; undefined leaves it out. */
  readonly findNames: NameFinder | undefined;
  /** The model lane; undefined leaves it out. */
  readonly model: ReportModel | undefined;
  /** Of the model lane. */
  readonly setting: ModelSetting;
  /** Whether ids in the text speak for techniques and other objects. */
  readonly readsIds: boolean;
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
  const { knowledgeBase, versions, findNames, model, setting, minConfidence } = reader;
  const sentences = segmentReport(document);
  const explicit = findExplicit({ document, sentences, knowledgeBase, versions });
  const ids = reader.readsIds ? explicit : undefined;
  const named = findNames?.(document, sentences);
  const modelled =
    model === undefined
      ? undefined
      : findModelled({ document, sentences, knowledgeBase, model, setting, minConfidence });
  return composeReading({
    document,
    textSha256,
    sentences,
    knowledgeBase,
    modelVersion: model?.header.version,
    techniques: [
      ...(ids?.techniques ?? []),
      ...(named?.techniques ?? []),
      ...(modelled?.mentions ?? []),
    ],
    modelDecisions: modelled?.decisions,
    objects: [...(ids?.objects ?? []), ...(named?.objects ?? [])],
    cves: explicit.cves,
    iocs: extractIocs(document.text),
    issues: [...issues, ...explicit.issues],
    minConfidence,
  });
}
