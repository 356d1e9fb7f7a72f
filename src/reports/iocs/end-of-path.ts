// A placeholder may stand in a path: `C:\Users\<user>\AppData`, `%TEMP%`, `{GUID}`.
const PLAIN =
  /(?:[^\\/:*?"<>|\s,;`'()[\]]|[({[][^\\/:*?"<>|\s,;`'()[\]{}]{1,60}[)}\]]|<[A-Za-z0-9 _.-]{1,24}>){1,200}/y;
/** Words with spaces are one folder when a backslash follows: `Program Files\`, `Windows NT\`. */
const SPACED = /[^\\/:*?"<>|\s,;`'.]{1,60}(?: [^\\/:*?"<>|\s,;`']{1,40}){1,4}(?=\\)/y;
/** Names with a space that a path may end in. */
const KNOWN =
  /(?:Windows (?:NT|Defender|Script Host|Error Reporting|Messaging Subsystem)|Internet Explorer|Terminal Server|Control Panel|Image File Execution Options|Browser Helper Objects|Session Manager|User Shell Folders|Shell Folders|Program Files(?: \(x86\))?|Start Menu)(?![A-Za-z0-9])/iy;
const QUOTED = /[^\\/:*?"<>|\n\t`]{1,200}/y;

/** Windows allows 32,767 characters and no report prints them. */
const LONGEST_PATH = 1_024;

/**
 * Where a path with backslashes ends that has a folder or file name at `at`.
 *
 * @param closing the quote that the path stands in, within which spaces are part of it; empty when it stands in none.
 * @returns `at` when no name stands there.
 */
export function endOfPath(text: string, at: number, closing: string): number {
  let end = at;
  while (end - at < LONGEST_PATH) {
    const segment = segmentAt(text, end, closing);
    if (segment === 0) break;
    end += segment;
    const slashes = slashesAt(text, end);
    if (slashes === 0) break;
    end += slashes;
  }
  return trimEnd(text, at, end);
}

function segmentAt(text: string, at: number, closing: string): number {
  const patterns = closing === '' ? [SPACED, KNOWN, PLAIN] : [QUOTED];
  for (const pattern of patterns) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match === null) continue;
    if (closing === '' || text.charAt(at + match[0].length) !== ' ') {
      const cut = closing === "'" ? match[0].indexOf("'") : -1;
      return cut === -1 ? match[0].length : cut;
    }
  }
  return 0;
}

/** One backslash, or two as program text writes it. */
function slashesAt(text: string, at: number): number {
  if (text.charAt(at) !== '\\') return 0;
  return text.charAt(at + 1) === '\\' ? 2 : 1;
}

function trimEnd(text: string, at: number, end: number): number {
  let last = end;
  while (last > at && ' .!…\\'.includes(text.charAt(last - 1))) last -= 1;
  return last;
}
