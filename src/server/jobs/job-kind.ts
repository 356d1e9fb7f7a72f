import { createHash } from 'node:crypto';
import { hostname } from 'node:os';

/** Kind of the jobs whose files lie in this folder of this machine; several machines may share one store. */
export function jobKindOf(folder: string): string {
  const place = createHash('sha256').update(`${hostname()} ${folder}`).digest('hex');
  return `import-${place.slice(0, 12)}`;
}
