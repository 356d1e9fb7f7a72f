import { z } from '@hono/zod-openapi';
import { listRules } from '../../app/rules-list.js';
import {
  checkRuleText,
  explainRuleText,
  readRuleText,
  type ShelvedRule,
} from '../../app/serve-rules.js';
import { userFolder } from '../../attack/index.js';
import { AppError } from '../../model/index.js';
import { type ApiRoute, defineRoute } from '../api-route.js';
import {
  ruleCheckInputSchema,
  ruleCheckSchema,
  ruleDetailSchema,
  ruleExplainInputSchema,
  ruleExplanationSchema,
  rulePackListSchema,
  rulePageSchema,
  ruleQuerySchema,
} from '../schemas/rules.js';
import type { ServerContext } from '../server-context.js';
import { pageOfList } from './paging.js';

const MAX_RULE_BYTES = 6 * 1024 * 1024;

/** The rules that imports run: look them up, check texts of rules, ask a rule about events. */
export function ruleRoutes(context: ServerContext): readonly ApiRoute[] {
  const { rules, store } = context;
  return [
    defineRoute(
      {
        name: 'rule.list',
        method: 'get',
        path: '/api/rules',
        access: 'viewer',
        summary: 'Lists rules by title',
        query: ruleQuerySchema,
        answer: rulePageSchema,
      },
      async ({ query }) => {
        const chosen = (await rules.list()).filter((rule) => isAsked(rule, query));
        const page = pageOfList(chosen, query);
        return { ...page, items: page.items.map(toSummary) };
      },
    ),
    defineRoute(
      {
        name: 'rule.packs',
        method: 'get',
        path: '/api/rules/packs',
        access: 'viewer',
        summary: 'Lists the installed packs of rules',
        answer: rulePackListSchema,
      },
      () => ({ items: listRules(userFolder()).map(toPack), next: null }),
    ),
    defineRoute(
      {
        name: 'rule.show',
        method: 'get',
        path: '/api/rules/{id}',
        access: 'viewer',
        summary: 'A rule with its text, and how often it spoke',
        params: z.object({ id: z.string().max(500) }),
        answer: ruleDetailSchema,
      },
      async ({ params }) => {
        const found = await findRule(context, params.id);
        const { rule } = found;
        const { items } = await store.mappings.references({ text: found.id, limit: 10 });
        const referenceIds = items
          .filter(({ key }) => key === found.id)
          .map((one) => one.referenceId);
        const facets =
          referenceIds.length > 0 ? await store.mappings.facets({ referenceIds }) : undefined;
        const matches = facets?.references.reduce((sum, { evidence }) => sum + evidence, 0) ?? 0;
        return {
          ...toSummary(found),
          description: rule.description,
          author: rule.author,
          falsePositives: rule.falsePositives,
          tags: rule.tags,
          text: await readRuleText(found, store),
          matches,
        };
      },
    ),
    defineRoute(
      {
        name: 'rule.check',
        method: 'post',
        path: '/api/rules/check',
        access: 'viewer',
        rate: 'costly',
        isPure: true,
        summary: 'What a check has to say of the text of rules',
        body: ruleCheckInputSchema,
        maxBodyBytes: MAX_RULE_BYTES,
        answer: ruleCheckSchema,
      },
      async ({ body }) => {
        const { findings, ...check } = await checkRuleText(body.text, body.version);
        return {
          ...check,
          findings: findings.map(({ code, severity, message, fix, at }) => {
            return { code, severity, message, fix, line: at.line, column: at.column };
          }),
        };
      },
    ),
    defineRoute(
      {
        name: 'rule.explain',
        method: 'post',
        path: '/api/rules/explain',
        access: 'viewer',
        rate: 'costly',
        isPure: true,
        summary: 'Why a rule does or does not match an event, part by part',
        body: ruleExplainInputSchema,
        maxBodyBytes: MAX_RULE_BYTES,
        answer: ruleExplanationSchema,
      },
      async ({ body: { ruleId, rule, events, record } }) => {
        const text = rule ?? (await readRuleText(await findRule(context, ruleId ?? ''), store));
        return explainRuleText({ rule: text, events, record });
      },
    ),
  ];
}

async function findRule({ rules }: ServerContext, id: string): Promise<ShelvedRule> {
  const found = await rules.find(id);
  if (found !== undefined) return found;
  throw new AppError('NOT_FOUND', `no rule has the id ${JSON.stringify(id.slice(0, 60))}`);
}

function isAsked(
  { rule, id, pack, techniqueIds }: ShelvedRule,
  query: z.output<typeof ruleQuerySchema>,
): boolean {
  const words = (query.q ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const text = `${rule.title} ${id}`.toLowerCase();
  const technique = query.technique?.toUpperCase();
  return (
    words.every((word) => text.includes(word)) &&
    (technique === undefined || techniqueIds.includes(technique)) &&
    (query.pack === undefined || query.pack === pack) &&
    (query.level === undefined || query.level === rule.level)
  );
}

function toSummary({ id, pack, rule, logsource, techniqueIds }: ShelvedRule) {
  const { title, level, status, kind } = rule;
  return { id, title, level, status, logsource, techniqueIds, pack, kind };
}

function toPack({ name, pack, problem }: ReturnType<typeof listRules>[number]) {
  return {
    name,
    // A path of the server's machine is nobody's business; a URL is.
    source: /^https?:/.test(pack?.source ?? '') ? pack?.source : undefined,
    installed: pack?.installed,
    rules: pack?.rules ?? 0,
    licence: pack?.licence,
    problem,
  };
}
