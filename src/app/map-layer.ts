import {
  emptyLayer,
  type Layer,
  type LayerTechnique,
  safeGradient,
  writeLayer,
} from '../layers/index.js';
import type { MapEvidence, MapOutcome, MappedTechnique } from './map-result.js';

const NO_UNKNOWN = {};

/**
 * The techniques of a result as a Navigator layer: score = confidence × 100; comment and metadata = the evidence; links
 * to ATT&CK.
 */
export function toMapLayer(outcome: MapOutcome, name = 'Observed in logs'): Layer {
  const { attackVersion, techniques, input, rules } = outcome.result;
  const bare = emptyLayer({ name, domain: 'enterprise-attack', attackVersion });
  return {
    ...bare,
    description: `${techniques.length} techniques seen in ${input.events} events of ${input.files} files by ${rules.applicable} of ${rules.loaded} rules. Score: confidence × 100.`,
    layout: { ...bare.layout, expandedSubtechniques: 'annotated', showAggregateScores: false },
    gradient: safeGradient(0, 100),
    techniques: techniques.map(toEntry),
    metadata: [{ kind: 'metadata', name: 'made by', value: 'portolan map', unknown: NO_UNKNOWN }],
  };
}

/** The layer as a file that Navigator opens: format 4.5. */
export function toMapLayerText(outcome: MapOutcome): string {
  return `${writeLayer(toMapLayer(outcome), { pretty: true })}\n`;
}

function toEntry(technique: MappedTechnique): LayerTechnique {
  const { techniqueId, confidence } = technique;
  return {
    techniqueId,
    tactic: undefined,
    comment: commentOf(technique),
    enabled: true,
    score: Math.round(confidence * 100),
    color: '',
    metadata: metadataOf(technique).map(([name, value]) => ({
      kind: 'metadata',
      name,
      value,
      unknown: NO_UNKNOWN,
    })),
    links: [
      {
        kind: 'link',
        label: `${techniqueId} at attack.mitre.org`,
        url: attackUrl(techniqueId),
        unknown: NO_UNKNOWN,
      },
    ],
    showSubtechniques: false,
    unknown: NO_UNKNOWN,
  };
}

/** The page of a technique at attack.mitre.org. */
export function attackUrl(techniqueId: string): string {
  return `https://attack.mitre.org/techniques/${techniqueId.replace('.', '/')}`;
}

function commentOf({
  matches,
  hosts,
  users,
  firstSeen,
  lastSeen,
  evidence,
}: MappedTechnique): string {
  const where = hosts.length > 0 ? `on ${listed(hosts)}` : `by ${listed(users)}`;
  const seen = firstSeen === null ? '' : `, ${firstSeen} to ${lastSeen}`;
  const lines = evidence.map((one) => `${one.title} @ ${placeOf(one)}`);
  return [`${matches} matches ${where}${seen}`, ...lines].join('\n');
}

function metadataOf(technique: MappedTechnique): (readonly [string, string])[] {
  const { confidence, matches, hosts, evidence } = technique;
  return [
    ['confidence', confidence.toFixed(2)],
    ['matches', String(matches)],
    ...(hosts.length === 0 ? [] : [['hosts', listed(hosts)] as const]),
    ...evidence.map(
      (one) => ['evidence', `${one.title} (${one.ruleId}) @ ${placeOf(one)}`] as const,
    ),
  ];
}

function placeOf({ source, record }: MapEvidence): string {
  return `${source}:${record}`;
}

const LISTED = 20;

function listed(names: readonly string[]): string {
  const more = names.length > LISTED ? ` and ${names.length - LISTED} more` : '';
  return names.slice(0, LISTED).join(', ') + more;
}
