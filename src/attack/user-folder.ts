import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';

/** The environment variables that decide; `process.env` has them. */
export interface UserFolderEnvironment {
  readonly [name: string]: string | undefined;
}

/**
 * Folder of what a user has brought in, for all workspaces: `PORTOLAN_HOME`, else `portolan` in `XDG_DATA_HOME`
 * (`%LOCALAPPDATA%` on Windows), else `~/.local/share/portolan`. It need not exist.
 */
export function userFolder(environment: UserFolderEnvironment = process.env): string {
  const home = environment['PORTOLAN_HOME'];
  if (home !== undefined && home !== '') return resolve(home);
  // Source: XDG Base Directory Specification 0.8: a relative path is invalid and must be ignored.
  const base = [environment['XDG_DATA_HOME'], environment['LOCALAPPDATA']].find(
    (folder) => folder !== undefined && isAbsolute(folder),
  );
  return join(base ?? join(homedir(), '.local', 'share'), 'portolan');
}
