import { z } from '@hono/zod-openapi';
import { instantSchema, issueSchema, listOf, pageOf, pageQuerySchema } from './common.js';

export const ruleQuerySchema = pageQuerySchema.extend({
  q: z.string().max(200).optional().openapi({ description: 'words of the title or the id' }),
  technique: z.string().max(20).optional(),
  pack: z.string().max(60).optional(),
  level: z.string().max(20).optional(),
});

/** A rule that this workspace runs. */
export const ruleSummarySchema = z
  .object({
    id: z.string(),
    title: z.string(),
    level: z.string(),
    status: z.string().optional(),
    logsource: z.string(),
    techniqueIds: listOf(z.string()),
    pack: z.string().openapi({ description: '`portolan` for our own, else name of the pack' }),
    kind: z.enum(['rule', 'correlation']),
  })
  .openapi('RuleSummary');
export type RuleSummary = z.infer<typeof ruleSummarySchema>;

export const rulePageSchema = pageOf(ruleSummarySchema).openapi('RulePage');
export type RulePage = z.infer<typeof rulePageSchema>;

export const ruleDetailSchema = ruleSummarySchema
  .extend({
    description: z.string().optional(),
    author: z.string().optional(),
    falsePositives: listOf(z.string()),
    tags: listOf(z.string()),
    text: z.string().openapi({ description: 'the YAML as it is in its file' }),
    matches: z.number().int().openapi({ description: 'pieces of evidence that name it' }),
  })
  .openapi('RuleDetail');
export type RuleDetail = z.infer<typeof ruleDetailSchema>;

const rulePackSchema = z
  .object({
    name: z.string(),
    source: z.string().optional(),
    installed: instantSchema.optional(),
    rules: z.number().int(),
    licence: z.string().optional(),
    problem: z.string().optional(),
  })
  .openapi('RulePack');

export const rulePackListSchema = z
  .object({ items: listOf(rulePackSchema), next: z.null() })
  .openapi('RulePackList');

export const ruleCheckInputSchema = z
  .object({ text: z.string().max(1_000_000), version: z.string().max(20).optional() })
  .openapi('RuleCheckInput');

export const ruleCheckSchema = z
  .object({
    attackVersion: z.string(),
    rules: z.number().int(),
    counts: z.object({ error: z.number(), warning: z.number(), note: z.number() }),
    findings: listOf(
      z.object({
        code: z.string(),
        severity: z.enum(['error', 'warning', 'note']),
        message: z.string(),
        fix: z.string(),
        line: z.number().optional(),
        column: z.number().optional(),
      }),
    ),
    issues: listOf(issueSchema),
  })
  .openapi('RuleCheck');
export type RuleCheck = z.infer<typeof ruleCheckSchema>;

/** A rule, by id or as YAML, and events in any format that is read, as text. */
export const ruleExplainInputSchema = z
  .object({
    ruleId: z.string().max(500).optional(),
    rule: z.string().max(1_000_000).optional(),
    events: z.string().min(1).max(4_000_000),
    record: z.string().max(200).optional(),
  })
  .openapi('RuleExplainInput');

export const ruleExplanationSchema = z
  .object({
    title: z.string(),
    ruleId: z.string().optional(),
    matched: z.boolean(),
    conditions: listOf(z.string()),
    logsource: z.object({ wanted: z.string(), found: z.string(), holds: z.boolean() }),
    event: z.object({
      record: z.string(),
      time: z.string().nullable(),
      host: z.string().nullable(),
      of: z.number().int(),
    }),
    selections: listOf(
      z.object({
        name: z.string(),
        held: z.boolean(),
        items: listOf(
          z.object({
            field: z.string().optional(),
            modifiers: listOf(z.string()),
            values: listOf(z.union([z.string(), z.number(), z.boolean(), z.null()])),
            held: z.boolean(),
            found: listOf(z.string()),
          }),
        ),
      }),
    ),
  })
  .openapi('RuleExplanation');
export type RuleExplanation = z.infer<typeof ruleExplanationSchema>;
