import type { Command } from 'commander';
import { printIssues } from './print-issues.js';

interface ShareFlags {
  readonly base?: string;
}

/** `portolan layer share FILE` */
export function registerLayerShare(layer: Command): void {
  layer
    .command('share')
    .description(
      'put a whole layer into a URL fragment; nothing is sent anywhere, but whoever has the link has the layer',
    )
    .argument('<file>', 'layer file, plain or .gz')
    .option('--base <url>', 'put this address before the fragment')
    .action(async (file: string, { base = '' }: ShareFlags) => {
      const { shareLayer } = await import('../app/layer-share.js');
      const { fragment, issues } = shareLayer(file);
      process.stdout.write(`${base}${fragment}\n`);
      printIssues(issues);
    });
}

/** `portolan layer open LINK` */
export function registerLayerOpen(layer: Command): void {
  layer
    .command('open')
    .description('read a layer back from a link that layer share made')
    .argument('<link>', 'the fragment, or a URL with it')
    .option('--out <file>', 'write here (default: standard output)')
    .action(async (link: string, { out }: { out?: string }) => {
      const { openSharedLayer } = await import('../app/layer-share.js');
      const { text, issues } = openSharedLayer(link);
      if (out === undefined) process.stdout.write(`${text}\n`);
      else {
        const { writeOutput } = await import('../app/write-output.js');
        writeOutput(out, `${text}\n`);
      }
      printIssues(issues);
    });
}
