import { z } from 'zod';

/**
 * What Portolan needs of a STIX object of ATT&CK, 2.0 or 2.1; every other field passes unread.
 *
 * A field of the wrong type makes the object invalid, a missing optional one does not.
 */
const optionalText = z.string().optional();
const optionalTexts = z.array(z.string()).optional();

export const stixObjectSchema = z.looseObject({
  id: z.string(),
  type: z.string(),
  name: optionalText,
  created: optionalText,
  modified: optionalText,
  revoked: z.boolean().optional(),
  x_mitre_deprecated: z.boolean().optional(),
  x_mitre_version: optionalText,
  x_mitre_domains: optionalTexts,
  x_mitre_platforms: optionalTexts,
  aliases: optionalTexts,
  x_mitre_aliases: optionalTexts,
  external_references: z
    .array(
      z.looseObject({ source_name: optionalText, external_id: optionalText, url: optionalText }),
    )
    .optional(),
  kill_chain_phases: z
    .array(z.looseObject({ kill_chain_name: z.string(), phase_name: z.string() }))
    .optional(),
  x_mitre_is_subtechnique: z.boolean().optional(),
  x_mitre_shortname: optionalText,
  tactic_refs: optionalTexts,
  first_seen: optionalText,
  last_seen: optionalText,
  x_mitre_sectors: optionalTexts,
  x_mitre_related_assets: z.array(z.looseObject({ name: z.string() })).optional(),
  x_mitre_data_source_ref: optionalText,
  x_mitre_log_sources: z
    .array(z.looseObject({ name: z.string(), channel: optionalText }))
    .optional(),
  x_mitre_analytic_refs: optionalTexts,
  x_mitre_log_source_references: z
    .array(
      z.looseObject({
        x_mitre_data_component_ref: z.string(),
        name: z.string(),
        channel: optionalText,
      }),
    )
    .optional(),
  x_mitre_mutable_elements: z.array(z.looseObject({ field: z.string() })).optional(),
  relationship_type: optionalText,
  source_ref: optionalText,
  target_ref: optionalText,
  definition: z.unknown().optional(),
});

/** What is needed of a relationship: four of five objects of a bundle are one, so that they are not asked for more. */
export const stixRelationshipSchema = stixObjectSchema.pick({
  id: true,
  type: true,
  modified: true,
  revoked: true,
  x_mitre_deprecated: true,
  relationship_type: true,
  source_ref: true,
  target_ref: true,
});

export type StixRecord = z.infer<typeof stixObjectSchema>;

/** `expected string, received number at x_mitre_version`: the first thing wrong, as one line. */
export function firstProblem(error: z.ZodError): { message: string; path: string } {
  const issue = error.issues[0];
  const path = (issue?.path ?? []).map(String).join('.');
  const message = (issue?.message ?? 'not of its type').replace(/^Invalid input: /, '');
  return { message, path };
}
