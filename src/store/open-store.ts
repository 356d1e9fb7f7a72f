import { createSessionAccounts } from './accounts/session-accounts.js';
import { createTokenAccounts } from './accounts/token-accounts.js';
import { createUserAccounts } from './accounts/user-accounts.js';
import { createAuditStore } from './audit-store.js';
import { refreshCells } from './evidence/change-mappings.js';
import { createImportStore } from './import-store.js';
import { createJobStore } from './job-store.js';
import { createLayerStore } from './layer-store.js';
import { createMappingStore } from './mapping-store.js';
import { createReviewStore } from './review-store.js';
import { createRuleStore } from './rule-store.js';
import { createSettingsStore } from './settings-store.js';
import { createSnapshotStore } from './snapshot-store.js';
import type { Connection } from './sql/connection.js';
import { openPostgres } from './sql/open-postgres.js';
import { openSqlite } from './sql/open-sqlite.js';
import type { Store } from './store.js';

/**
 * Opens a store, with its schema brought up to date.
 *
 * @param place `postgres://…`, or the path of a database file, made when it is not there; its folder must be.
 * @throws AppError `STORE_UNAVAILABLE`, `STORE_NEWER`, `USAGE`.
 */
export async function openStore(
  place: string,
  { now = Date.now }: { readonly now?: (() => number) | undefined } = {},
): Promise<Store> {
  const connection = isPostgresUrl(place)
    ? await openPostgres(place, now)
    : await openSqlite(place, now);
  await keepCells(connection);
  return createStore(connection);
}

/** An import that was killed leaves cells to be counted at every reading: they are counted once and kept. */
async function keepCells(connection: Connection): Promise<void> {
  const stale = await connection.read((db) =>
    db.selectFrom('cell').select('stale').where('stale', '=', 1).limit(1).executeTakeFirst(),
  );
  if (stale === undefined) return;
  await connection.write((trx) => refreshCells(trx), { isSerial: true, isQuiet: true });
}

/** Whether a store is named by URL. */
export function isPostgresUrl(place: string): boolean {
  return /^postgres(ql)?:/i.test(place);
}

function createStore(connection: Connection): Store {
  return {
    engine: connection.engine,
    imports: createImportStore(connection),
    mappings: createMappingStore(connection),
    reviews: createReviewStore(connection),
    rules: createRuleStore(connection),
    layers: createLayerStore(connection),
    accounts: {
      ...createUserAccounts(connection),
      ...createSessionAccounts(connection),
      ...createTokenAccounts(connection),
    },
    audit: createAuditStore(connection),
    jobs: createJobStore(connection),
    settings: createSettingsStore(connection),
    snapshot: createSnapshotStore(connection),
    changeCount: () => connection.changeCount(),
    watch: ({ signal }) => connection.watch(signal),
    close: () => connection.close(),
  };
}
