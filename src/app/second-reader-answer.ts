import { z } from 'zod';
import type { KnowledgeBase } from '../attack/index.js';
import { isIssue, isTechniqueId, parseJson } from '../model/index.js';
import type { SecondFinding, SecondQuestion } from '../reports/index.js';

const MAX_TECHNIQUES = 10;
const MAX_QUOTE = 2_000;
const MAX_DEPTH = 10;

const ANSWER = z.strictObject({
  answers: z
    .array(
      z.strictObject({
        item: z.number().int().min(1),
        techniques: z
          .array(
            z.strictObject({
              techniqueId: z.string().max(12),
              quote: z.string().min(1).max(MAX_QUOTE),
            }),
          )
          .max(MAX_TECHNIQUES),
      }),
    )
    .max(100),
});

/** What of an answer may be used, and why the rest may not. */
export interface CheckedAnswer {
  /** Starts of the sentences that were answered. */
  readonly asked: ReadonlySet<number>;
  readonly findings: readonly SecondFinding[];
  /** In words, for Issues. */
  readonly refused: readonly string[];
}

/**
 * Checks what a second reader wrote: JSON of exactly the form that was asked for, items that were asked, ids that ATT&CK
 * has, quotes that stand in the sentence character by character. An answer of another form is refused whole; a technique
 * that fails is refused alone.
 */
export function checkSecondAnswer(
  content: string,
  questions: readonly SecondQuestion[],
  knowledgeBase: KnowledgeBase,
): CheckedAnswer {
  const parsed = parseJson(withoutFence(content), { maxDepth: MAX_DEPTH });
  if (isIssue(parsed)) return refusedWhole('expected JSON, found something else');
  const answer = ANSWER.safeParse(parsed.value);
  if (!answer.success) {
    const [first] = answer.error.issues;
    const where = first?.path.join('.').slice(0, 80) ?? '';
    return refusedWhole(
      `expected JSON of the form that was asked for, found another at "${where}"`,
    );
  }
  const asked = new Set<number>();
  const findings: SecondFinding[] = [];
  const refused: string[] = [];
  for (const { item, techniques } of answer.data.answers) {
    const question = questions[item - 1];
    if (question === undefined) {
      refused.push(`expected an item from 1 to ${questions.length}, found ${item}`);
      continue;
    }
    asked.add(question.sentence.start);
    for (const technique of techniques) {
      const finding = checkTechnique(technique, question, knowledgeBase);
      if (typeof finding === 'string') refused.push(finding);
      else findings.push(finding);
    }
  }
  return { asked, findings, refused };
}

/** Many models cannot leave the fence of a code block away. */
function withoutFence(content: string): string {
  return /^\s*```(?:json)?\s*\n([\s\S]*?)\n\s*```\s*$/.exec(content)?.[1] ?? content;
}

function refusedWhole(reason: string): CheckedAnswer {
  return { asked: new Set(), findings: [], refused: [reason] };
}

function checkTechnique(
  { techniqueId, quote }: { readonly techniqueId: string; readonly quote: string },
  { sentence }: SecondQuestion,
  knowledgeBase: KnowledgeBase,
): SecondFinding | string {
  const object = knowledgeBase.byAttackId.get(techniqueId);
  if (!isTechniqueId(techniqueId) || object?.kind !== 'technique' || object.status !== 'active')
    return `expected a technique of ATT&CK ${knowledgeBase.version}, found ${JSON.stringify(techniqueId)}`;
  const at = sentence.text.indexOf(quote);
  if (at === -1 || quote.trim() === '')
    return `expected a quote for ${techniqueId} that stands in the sentence, found another text`;
  const start = sentence.start + at;
  return {
    sentence,
    techniqueId,
    quote: { start, end: start + quote.length, text: quote },
  };
}
