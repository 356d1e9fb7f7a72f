import { randomBytes } from 'node:crypto';
import type { KnowledgeBase } from '../attack/index.js';
import type { Issue } from '../model/index.js';
import {
  applySecondReading,
  type ReportReading,
  type SecondFinding,
  type SecondQuestion,
  secondQuestions,
} from '../reports/index.js';
import { checkSecondAnswer } from './second-reader-answer.js';
import { secondReaderMessages } from './second-reader-prompt.js';
import {
  askSecondReader,
  type Fetch,
  MAX_ANSWER_TOKENS,
  type SecondReaderEndpoint,
} from './second-reader-request.js';

export interface SecondReaderOptions extends SecondReaderEndpoint {
  /** Of all requests together, prompts and answers; what is left when they are used up stays in review. */
  readonly maxTokens: number;
  /** Price of a million tokens of prompts and of answers, in any currency; undefined shows no cost. */
  readonly price: { readonly prompt: number; readonly completion: number } | undefined;
}

/** What second reading cost. */
export interface SecondReaderUse {
  readonly requests: number;
  readonly sentences: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** In the currency of the price. */
  readonly cost: number | undefined;
  readonly elapsedMs: number;
  /** Techniques that came out of review. */
  readonly accepted: number;
}

export interface SecondReaderTools {
  readonly knowledgeBase: KnowledgeBase;
  readonly fetch: Fetch;
  readonly signal: AbortSignal | undefined;
  /** Milliseconds that only grow. */
  readonly clock: () => number;
  /** Called before each request with the sentences asked about so far, and all there are. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

// So many that a request pays, so few that a refused answer costs little.
const BATCH_SENTENCES = 12;
const BATCH_CHARACTERS = 8_000;
/** Characters of a token of English, on the careful side. */
const TOKEN_CHARACTERS = 3;
const MAX_ISSUES = 20;

/**
 * Asks a language model about what waits for review, sentence by sentence. It is told nothing else, and believed only what
 * can be checked: ids of ATT&CK, quotes that stand in the sentence. What is refused or does not come leaves everything in
 * review, with an Issue (`SECOND_READER`).
 *
 * @throws AppError `USAGE` for a wrong address; the signal's reason when it is aborted.
 */
export async function readSecond(
  readings: readonly ReportReading[],
  options: SecondReaderOptions,
  tools: SecondReaderTools,
): Promise<{ readonly readings: readonly ReportReading[]; readonly use: SecondReaderUse }> {
  const startedMs = tools.clock();
  const tally: Tally = { requests: 0, sentences: 0, promptTokens: 0, completionTokens: 0 };
  const after: ReportReading[] = [];
  const total = readings.reduce((sum, reading) => sum + secondQuestions(reading).length, 0);
  for (const reading of readings)
    after.push(await readOne(reading, options, { ...tools, tally, total }));
  const { price } = options;
  const cost =
    price === undefined
      ? undefined
      : (tally.promptTokens * price.prompt + tally.completionTokens * price.completion) / 1e6;
  const accepted = countAccepted(after) - countAccepted(readings);
  const elapsedMs = tools.clock() - startedMs;
  return { readings: after, use: { ...tally, cost, elapsedMs, accepted } };
}

interface Tally {
  requests: number;
  sentences: number;
  promptTokens: number;
  completionTokens: number;
}

function countAccepted(readings: readonly ReportReading[]): number {
  return readings
    .flatMap(({ techniques }) => techniques)
    .filter(({ certainty }) => certainty === 'accepted').length;
}

async function readOne(
  reading: ReportReading,
  options: SecondReaderOptions,
  tools: SecondReaderTools & { readonly tally: Tally; readonly total: number },
): Promise<ReportReading> {
  const { knowledgeBase, tally } = tools;
  const asked = new Set<number>();
  const findings: SecondFinding[] = [];
  const problems: string[] = [];
  for (const batch of batchesOf(secondQuestions(reading))) {
    const nonce = randomBytes(16).toString('hex');
    const messages = secondReaderMessages(batch, { knowledgeBase, nonce });
    const estimate = Math.ceil(
      messages.reduce((sum, { content }) => sum + content.length, 0) / TOKEN_CHARACTERS,
    );
    const used = tally.promptTokens + tally.completionTokens;
    if (used + estimate + MAX_ANSWER_TOKENS > options.maxTokens) {
      problems.push(
        `expected to stay within ${options.maxTokens} tokens, of which ${used} are used; the rest is not asked`,
      );
      break;
    }
    tools.onProgress?.(tally.sentences, tools.total);
    tally.requests += 1;
    tally.sentences += batch.length;
    const answer = await askSecondReader(messages, options, tools);
    if (typeof answer === 'string') {
      tally.promptTokens += estimate;
      problems.push(answer);
      continue;
    }
    // What an endpoint counts is not trusted to be less than what was sent and came.
    const least = (characters: number) => Math.floor(characters / 8);
    tally.promptTokens += Math.max(answer.promptTokens ?? estimate, least(estimate * 3));
    tally.completionTokens += Math.max(
      answer.completionTokens ?? Math.ceil(answer.content.length / TOKEN_CHARACTERS),
      least(answer.content.length),
    );
    const checked = checkSecondAnswer(answer.content, batch, knowledgeBase);
    for (const start of checked.asked) asked.add(start);
    findings.push(...checked.findings);
    problems.push(...checked.refused);
  }
  const name = options.model;
  const after = applySecondReading(reading, { asked, findings, name, knowledgeBase });
  return { ...after, issues: [...after.issues, ...toIssues(problems, reading)] };
}

function batchesOf(questions: readonly SecondQuestion[]): readonly (readonly SecondQuestion[])[] {
  const batches: SecondQuestion[][] = [];
  let characters = 0;
  for (const question of questions) {
    const last = batches.at(-1);
    const size = question.sentence.text.length;
    if (
      last === undefined ||
      last.length === BATCH_SENTENCES ||
      characters + size > BATCH_CHARACTERS
    ) {
      batches.push([question]);
      characters = size;
    } else {
      last.push(question);
      characters += size;
    }
  }
  return batches;
}

function toIssues(problems: readonly string[], { document }: ReportReading): readonly Issue[] {
  const shown = problems.slice(0, MAX_ISSUES);
  const rest = problems.length - shown.length;
  const lines = rest > 0 ? [...shown, `${rest} more answers were refused`] : shown;
  return lines.map((line) => ({
    kind: 'issue',
    code: 'SECOND_READER',
    message: `second reader: ${line}`,
    at: { source: document.source },
  }));
}
