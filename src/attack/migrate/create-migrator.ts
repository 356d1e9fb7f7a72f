import { AppError } from '../../model/index.js';
import type { KnowledgeBase } from '../knowledge-base.js';
import type { Migrator } from './migration.js';

/**
 * A migrator between the given versions of ATT&CK.
 *
 * @param knowledgeBases one a version and domain, any order.
 * @throws AppError USAGE when none is given.
 */
export function createMigrator(knowledgeBases: readonly KnowledgeBase[]): Migrator {
  if (knowledgeBases.length === 0) {
    throw new AppError('USAGE', 'a migrator needs at least one ATT&CK version, got none');
  }
  throw new AppError('INTERNAL', 'not built yet');
}
