import type { Domain, Mapping } from '../model/index.js';
import type { ReadTechnique, ReportReading } from './report-reading.js';

/**
 * The techniques of a reading as mappings of kind `intel`: the subject is the report, a piece of evidence each mention
 * with its sentence and the place of its words. Accepted techniques are `accepted`, the rest `proposed`; what a person
 * rejected is not in a reading.
 */
export function readingMappings(
  reading: ReportReading,
  domain: Domain = 'enterprise-attack',
): readonly Mapping[] {
  return reading.techniques.map((technique) => toMapping(reading, technique, domain));
}

function toMapping(
  { document, attackVersion }: ReportReading,
  { techniqueId, confidence, certainty, mentions }: ReadTechnique,
  domain: Domain,
): Mapping {
  return {
    subject: document.source,
    techniqueId,
    domain,
    attackVersion,
    evidenceKind: 'intel',
    confidence,
    evidence: mentions.map(({ start, end, sentence }) => ({
      source: document.source,
      reference: `characters ${start} to ${end}`,
      quote: sentence.text,
      ...(document.date === undefined ? {} : { time: document.date }),
    })),
    status: certainty === 'accepted' ? 'accepted' : 'proposed',
  };
}
