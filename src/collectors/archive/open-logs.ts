import type { Issue } from '../../model/index.js';
import { openFile } from '../open-file.js';
import { ARCHIVE_LIMITS, type ArchiveLimits } from './archive-limits.js';
import type { OpenLog } from './open-log.js';
import { archiveFormatOf, openMembers } from './open-members.js';

/**
 * Opens the log or logs of a path: the file itself, or the members of a zip or tar archive, one after the other, each
 * in turn decompressed or, once, opened as an archive. A log must be read or given up before the next is asked for.
 * What cannot be opened is an Issue.
 *
 * @throws the system's error when the file itself cannot be opened.
 */
export async function* openLogs(
  path: string,
  limits: ArchiveLimits = ARCHIVE_LIMITS,
): AsyncGenerator<OpenLog | Issue> {
  const file = await openFile(path);
  if (archiveFormatOf(file.head) === undefined) {
    yield { kind: 'log', source: path, file };
    return;
  }
  yield* openMembers({ path, source: path, file, limits, depth: 0 });
}
