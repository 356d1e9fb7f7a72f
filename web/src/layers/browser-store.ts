// One value in IndexedDB: localStorage takes 5 MB only and holds up the page while it writes.

const DATABASE = 'portolan';
const STORE = 'values';

function request<T>(asked: IDBRequest<T>): Promise<T> {
  return new Promise((done, fail) => {
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error ?? new Error('the browser keeps nothing'));
  });
}

async function openStore(mode: IDBTransactionMode): Promise<IDBObjectStore> {
  const opening = indexedDB.open(DATABASE, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
  const database = await request(opening);
  const transaction = database.transaction(STORE, mode);
  transaction.oncomplete = () => database.close();
  return transaction.objectStore(STORE);
}

/** Reads what was kept; undefined when nothing is, or the browser keeps nothing. */
export async function readKept(name: string): Promise<string | undefined> {
  try {
    const value: unknown = await request((await openStore('readonly')).get(name));
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a text in this browser. @throws DOMException when it has no room or keeps nothing. */
export async function keep(name: string, text: string): Promise<void> {
  await request((await openStore('readwrite')).put(text, name));
}
