import type { Command } from 'commander';
import type { ExplainedRule } from '../app/rules-explain.js';
import { printJson } from './print-json.js';
import { safeText } from './safe-text.js';
import { styleText } from './style-text.js';

interface ExplainFlags {
  readonly name?: string;
  readonly record?: string;
  readonly json?: boolean;
}

/** `portolan rules explain RULE EVENT` */
export function registerRulesExplain(rules: Command): void {
  rules
    .command('explain')
    .description('show why a rule does or does not match an event')
    .argument('<rule>', 'a file of Sigma rules')
    .argument('<event>', 'a file of events, of any format that map reads')
    .option('--name <rule>', 'id, name or title of the rule, in a file of several')
    .option('--record <n>', 'line or record number of the event (default: the first that matches)')
    .option('--json', 'print one JSON document')
    .action(async (rule: string, events: string, { name, record, json }: ExplainFlags) => {
      const { explainFiles } = await import('../app/rules-explain.js');
      const explained = await explainFiles({ rule, events, ruleName: name, record });
      if (json === true) printJson(explained);
      else process.stdout.write(formatExplained(explained));
    });
}

const MAX_SHOWN = 200;

/** What held and what did not, a line for each item. */
export function formatExplained(explained: ExplainedRule): string {
  const { title, matched, logsource, event, conditions, selections } = explained;
  const applies = matched && logsource.holds;
  const where = [event.time, event.host].filter((part) => part !== null).join(' ');
  const lines = [
    `${styleText('bold', safeText(title))}: ${applies ? styleText('green', 'matches') : styleText('red', 'does not match')} record ${safeText(event.record)}${where === '' ? '' : ` (${safeText(where)})`}`,
    `${mark(logsource.holds)} logsource ${safeText(logsource.wanted)}; the event is of ${safeText(logsource.found === '' ? 'none that is known' : logsource.found)}`,
    ...conditions.map((condition) => `${mark(matched)} condition ${safeText(condition)}`),
  ];
  for (const { name, held, items } of selections) {
    lines.push(`${mark(held)} ${safeText(name)}`);
    for (const { field, modifiers, values, held: isHeld, found } of items) {
      const key = [field ?? 'keywords', ...modifiers].join('|');
      lines.push(`    ${mark(isHeld)} ${safeText(key)}: ${shown(values)}`);
      if (field !== undefined)
        lines.push(`        found ${found.length === 0 ? 'nothing' : shown(found)}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

function mark(holds: boolean): string {
  return holds ? styleText('green', 'yes') : styleText('red', 'no ');
}

function shown(values: readonly unknown[]): string {
  const text = values.map((value) => JSON.stringify(value)).join(', ');
  return safeText(text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text);
}
