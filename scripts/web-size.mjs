// Size of what a browser loads before the first page: the scripts and styles that index.html names.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const ASSET = /(?:src|href)="\/(assets\/[^"]+\.(js|css))"/g;

/** Gzipped bytes of the files that the page in `folder` loads at once. */
export function webSize(folder) {
  const size = { js: 0, css: 0 };
  const index = join(folder, 'index.html');
  if (!existsSync(index)) throw new Error(`expected a built page in ${folder}, found none`);
  for (const [, path, kind] of readFileSync(index, 'utf8').matchAll(ASSET)) {
    size[kind] += gzipSync(readFileSync(join(folder, path)), { level: 9 }).length;
  }
  return size;
}
