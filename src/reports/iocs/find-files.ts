import { endOfPath } from './end-of-path.js';
import { FILE_EXTENSIONS, PLAIN_EXTENSIONS } from './file-extensions.table.js';
import type { IocSink, IocType } from './found-ioc.js';
import { type IocPlace, wordsBefore } from './ioc-context.js';

const ROOT =
  /(?<![A-Za-z0-9_])(?:\\\\[?.]\\(?=[A-Za-z]:))?(?:[A-Za-z]:\\{1,2}|%[A-Za-z_][A-Za-z0-9_()]{1,30}%\\{1,2}|\$env:[A-Za-z]{2,30}\\|\\\\(?![?.]\\)[A-Za-z0-9<%_][A-Za-z0-9<>%_.-]{0,63}\\{1,2}|\\(?:Device|SystemRoot|Windows|Users|ProgramData|AppData)\\|(?:AppData|ProgramData|System32|SysWOW64|Windows|Users|Temp|Roaming|Startup)\\|<[A-Za-z _]{2,24}>\\|CSIDL_[A-Z_]{3,40}\\)/gi;
const PIPE = /\\\\(?:\.|[A-Za-z0-9_.-]{1,64})\\pipe\\([A-Za-z0-9_.{}#$%~&+-]{2,200})/gi;
const UNIX =
  /(?<![A-Za-z0-9_.:/~@%)\]}*-])(?:~|\$HOME)?\/(?:tmp|var|etc|usr|opt|home|root|dev|bin|sbin|lib|lib64|mnt|proc|sys|srv|run|boot|media|data|sdcard|system|private|Users|Library|Applications|System|Volumes|\.[a-z]{2,20})(?:\/[A-Za-z0-9_.+@%=~#{}$-]{1,128}){1,24}/g;
const HOME = /(?<![A-Za-z0-9_.:/])~(?:\/[A-Za-z0-9_.+@%=~#-]{1,128}){1,24}/g;
const FILE_NAME =
  /(?<![A-Za-z0-9_.\-\\/%@$&=~])[A-Za-z0-9_\u00a1-\uffff][A-Za-z0-9_+~\u00a1-\uffff-]{0,120}(?:(?:\[?\.\]?)[A-Za-z0-9_+~\u00a1-\uffff-]{1,60}){0,6}(?:\[\.\]|\.)([A-Za-z][A-Za-z0-9-]{0,18})(?![A-Za-z0-9_\-\\/(]|\.[A-Za-z0-9]|\[\.|:\/\/)/g;

/** Paths with backslashes, named pipes among them, in a stretch that holds one; quotes before it may keep its spaces. */
export function findWindowsPaths(place: IocPlace, sink: IocSink): number {
  const { text, start } = place;
  let furthest = place.end;
  const piece = text.slice(start, place.end);
  for (const match of piece.matchAll(PIPE)) {
    const at = start + match.index;
    const value = `\\\\.\\pipe\\${(match[1] ?? '').replace(/[.,]+$/, '')}`;
    const end = at + match[0].replace(/[.,]+$/, '').length;
    sink({ type: 'named-pipe', value, start: at, end, wasDefanged: false });
    furthest = Math.max(furthest, end);
  }
  if (furthest > place.end || /\\pipe\\/i.test(piece)) return furthest;
  for (const match of piece.matchAll(ROOT)) {
    const at = start + match.index;
    if (at < furthest && furthest > place.end) continue;
    const end = endOfPath(text, at + match[0].length, quoteBefore(text, at));
    if (end <= at + match[0].length || ESCAPES.test(match[0])) continue;
    const quote = text.slice(at, end);
    sink({
      type: typeOfPath(quote),
      value: quote.replace(/(?<=.)\\\\/g, '\\'),
      start: at,
      end,
      wasDefanged: false,
    });
    furthest = Math.max(furthest, end);
  }
  return furthest;
}

/** `\\x00\x1F`, `\\t\\r`: characters as program text writes them. */
const ESCAPES = /^\\\\(?:[a-z]|x[0-9a-f]{2}[^\\]*|u[0-9a-f]{4}[^\\]*)\\/i;

function quoteBefore(text: string, at: number): string {
  const before = text.charAt(at - 1);
  if (before !== '"' && before !== "'" && before !== '`') return '';
  const end = text.indexOf(before, at);
  const line = text.slice(at, Math.min(end === -1 ? at : end, at + 400));
  return end === -1 || end - at > 300 || line.includes('\n') ? '' : before;
}

const typeOfPath = (path: string): IocType => (/\.pdb$/i.test(path) ? 'pdb-path' : 'filepath');

/** Paths with slashes below the folders that Unix systems have. */
export function findUnixPaths(place: IocPlace, sink: IocSink): void {
  const piece = place.text.slice(place.start, place.end);
  for (const pattern of [UNIX, HOME])
    for (const match of piece.matchAll(pattern)) {
      const value = match[0].replace(/[.,:;!?~=-]+$/, '');
      const start = place.start + match.index;
      if (value.lastIndexOf('/') === 0) continue;
      sink({
        type: typeOfPath(value),
        value,
        start,
        end: start + value.length,
        wasDefanged: false,
      });
    }
}

const FILE_WORDS =
  /\b(?:dropp(?:s|ed|ing|er)|payloads?|attachments?|lures?|malicious|malware|trojan\w*|masquerad\w*|disguised|(?:files?|archives?|documents?|scripts?) (?:named|called))\b[^.!?\n]{0,24}$/i;

/** Names of files that run or carry malware; names that any technical text has only where a word says what they are. */
export function findFileNames(place: IocPlace, sink: IocSink): void {
  const piece = place.text.slice(place.start, place.end);
  for (const match of piece.matchAll(FILE_NAME)) {
    const extension = (match[1] ?? '').toLowerCase();
    if (!FILE_EXTENSIONS.has(extension)) continue;
    const start = place.start + match.index;
    const isDefanged = match[0].includes('[.]');
    const value = match[0].replaceAll('[.]', '.');
    const at = { ...place, start, end: start + match[0].length };
    if (!isDefanged && PLAIN_EXTENSIONS.has(extension) && !FILE_WORDS.test(wordsBefore(at)))
      continue;
    if (isCode(value, extension)) continue;
    const type = extension === 'pdb' ? 'pdb-path' : 'filename';
    sink({ type, value, start, end: at.end, wasDefanged: isDefanged });
  }
}

const CODE =
  /^(?:node|next|vue|react|three|d3|express|ember|backbone|angular|jquery|socket|asp|ado|vb|e\.g|i\.e|this|self|console|process|app|module|exports|window|document|math|json|object|array|req|res|obj|file|path|fs|os|sys)\.[a-z]+$/i;

/** `Node.js`, `console.log`, `app.config`: libraries and members of objects. */
function isCode(name: string, extension: string): boolean {
  return CODE.test(name) || /^\d+(?:\.\d+)*$/.test(name.slice(0, -extension.length - 1));
}
