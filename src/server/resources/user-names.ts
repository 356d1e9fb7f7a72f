import { AppError } from '../../model/index.js';
import type { ServerContext } from '../server-context.js';

/** Names of the people whose ids stand in records; someone who was removed has none. */
export async function userNames(
  { store }: ServerContext,
  records: readonly { readonly userId: number | undefined }[],
): Promise<ReadonlyMap<number, string>> {
  const names = new Map<number, string>();
  const ids = new Set(records.map(({ userId }) => userId));
  for (const userId of ids) {
    if (userId === undefined) continue;
    try {
      names.set(userId, (await store.accounts.findUser(userId)).name);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'NOT_FOUND') throw error;
    }
  }
  return names;
}
