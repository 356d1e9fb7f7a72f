import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { listFiles } from '../collectors/index.js';
import type { ImportFile } from '../store/index.js';

/** Files and all below folders, with the SHA-256 that tells whether they were imported before. What cannot be read is left out. */
export async function importFilesOf(paths: readonly string[]): Promise<readonly ImportFile[]> {
  const { files } = await listFiles(paths);
  const found: ImportFile[] = [];
  for (const source of files) {
    const file = await hashFile(source);
    if (file !== undefined) found.push(file);
  }
  return found;
}

async function hashFile(source: string): Promise<ImportFile | undefined> {
  try {
    const { size: sizeBytes } = await stat(source);
    const hash = createHash('sha256');
    await pipeline(createReadStream(source, { highWaterMark: 1024 * 1024 }), hash);
    return { source, sha256: hash.digest('hex'), sizeBytes };
  } catch {
    return undefined;
  }
}
