import type { Command } from 'commander';
import { registerLayerCombine } from './layer-combine.js';
import { registerLayerConvert } from './layer-convert.js';
import { registerLayerDiff } from './layer-diff.js';
import { registerLayerRender } from './layer-render.js';
import { registerLayerOpen, registerLayerShare } from './layer-share.js';

/** `portolan layer …`: Navigator layers, a file a command. */
export function registerLayer(program: Command): void {
  const layer = program
    .command('layer')
    .description('convert, combine, compare, draw and share Navigator layers');
  registerLayerConvert(layer);
  registerLayerRender(layer);
  registerLayerCombine(layer);
  registerLayerDiff(layer);
  registerLayerShare(layer);
  registerLayerOpen(layer);
}
