import type { Command } from 'commander';
import { registerAttackShow } from './attack-show.js';

/** `portolan attack …`: the knowledge base, a file a command. */
export function registerAttack(program: Command): void {
  const attack = program.command('attack').description('look up, search, compare and update ATT&CK');
  registerAttackShow(attack);
}
