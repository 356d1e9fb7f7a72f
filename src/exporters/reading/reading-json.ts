import type { Issue } from '../../model/index.js';
import type {
  Quote,
  ReadCve,
  ReadIoc,
  ReadMention,
  ReadObject,
  ReadTechnique,
  ReportReading,
} from '../../reports/index.js';
import { listedFindings } from './listed-findings.js';
import type { ReadingExporter, ReadingExportInput } from './reading-exporter.js';

/**
 * The readings as one JSON document, fields as in docs/read.md: `reports`, and in `issues` what could not be read at all.
 */
export const READING_JSON_EXPORTER: ReadingExporter = {
  format: 'json',
  mediaType: 'application/json',
  extension: '.json',
  render: (input) => ({
    content: `${JSON.stringify(readingsToJson(input), null, 2)}\n`,
    issues: [],
  }),
};

/** The document as a value. */
export function readingsToJson(input: ReadingExportInput): {
  readonly reports: readonly object[];
  readonly issues: readonly object[];
} {
  return {
    reports: input.readings.map((reading) => reportToJson(reading, input)),
    issues: input.issues.map(issueToJson),
  };
}

function reportToJson(reading: ReportReading, { options }: ReadingExportInput): object {
  const { document, textSha256, attackVersion, modelVersion, cves, iocs, issues } = reading;
  const found = listedFindings(reading, options);
  const waiting = reading.techniques.filter(({ certainty }) => certainty === 'review');
  return {
    source: document.source,
    format: document.format,
    title: document.title ?? null,
    date: document.date ?? null,
    textSha256,
    attackVersion,
    modelVersion: modelVersion ?? null,
    techniques: found.techniques.map(techniqueToJson),
    inReview: waiting.length,
    tactics: found.tactics.map(objectToJson),
    groups: found.groups.map(objectToJson),
    software: found.software.map(objectToJson),
    campaigns: found.campaigns.map(objectToJson),
    mitigations: found.mitigations.map(objectToJson),
    cves: cves.map(cveToJson),
    iocs: iocs.map(iocToJson),
    issues: issues.map(issueToJson),
    ...(options.includeText ? { text: document.text } : {}),
  };
}

function techniqueToJson(technique: ReadTechnique): object {
  const { techniqueId, name, tactics, confidence, lane, certainty, mentions, decision } = technique;
  return {
    techniqueId,
    name,
    tactics,
    confidence: rounded(confidence),
    lane,
    certainty,
    ...(decision === undefined ? {} : { review: decision }),
    mentions: mentions.map(mentionToJson),
  };
}

function objectToJson({ attackId, name, confidence, lane, certainty, mentions }: ReadObject) {
  return {
    attackId,
    name,
    confidence: rounded(confidence),
    lane,
    certainty,
    mentions: mentions.map(mentionToJson),
  };
}

function mentionToJson(mention: ReadMention): object {
  const { start, end, text, lane, certainty, why, sentence } = mention;
  return {
    start,
    end,
    text,
    lane,
    confidence: rounded(mention.confidence),
    certainty,
    why,
    sentence,
  };
}

function cveToJson({ cveId, mentions }: ReadCve): object {
  return { cveId, mentions: mentions.map(quoteToJson) };
}

function iocToJson(ioc: ReadIoc): object {
  const { type, value, defanged, start, end, wasDefanged, warning, mentions } = ioc;
  return {
    type,
    value,
    defanged,
    start,
    end,
    wasDefanged,
    warning: warning ?? null,
    mentions: mentions.map(quoteToJson),
  };
}

function quoteToJson({ start, end, text }: Quote): object {
  return { start, end, text };
}

function issueToJson({ code, message, at }: Issue): object {
  return { code, message, ...(at === undefined ? {} : { at }) };
}

/** Four digits: more would claim what no model knows. */
function rounded(confidence: number): number {
  return Math.round(confidence * 10_000) / 10_000;
}
