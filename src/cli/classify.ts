import { once } from 'node:events';
import type { Command } from 'commander';
import type { Issue } from '../model/index.js';
import { parseNumber } from './parse-number.js';
import { printIssues } from './print-issues.js';

/** `portolan classify FILE.ndjson` */
export function registerClassify(program: Command): void {
  program
    .command('classify')
    .description('rank the techniques that sentences read like, a line each, by the model alone')
    .argument('<file>', 'NDJSON with {"id", "text"} a line; - reads standard input')
    .option('--top <n>', 'techniques of each answer', '10')
    .action(async (path: string, options: { readonly top: string }) => {
      const { classify } = await import('../app/classify.js');
      const top = parseNumber('--top', options.top) ?? 10;
      const issues: Issue[] = [];
      for await (const line of classify({ path, top, onIssue: (issue) => issues.push(issue) })) {
        if (!process.stdout.write(`${line}\n`)) await once(process.stdout, 'drain');
      }
      printIssues(issues);
    });
}
