import type { Command } from 'commander';
import { registerAttackDiff } from './attack-diff.js';
import { registerAttackImport } from './attack-import.js';
import { registerAttackList } from './attack-list.js';
import { registerAttackSearch } from './attack-search.js';
import { registerAttackShow } from './attack-show.js';
import { registerAttackUpdate } from './attack-update.js';
import { registerAttackVersions } from './attack-versions.js';

/** `portolan attack …`: the knowledge base, a file a command. */
export function registerAttack(program: Command): void {
  const attack = program
    .command('attack')
    .description('look up, search, compare and update ATT&CK');
  registerAttackShow(attack);
  registerAttackVersions(attack);
  registerAttackList(attack);
  registerAttackImport(attack);
  registerAttackUpdate(attack);
  registerAttackSearch(attack);
  registerAttackDiff(attack);
}
