import type { FoundIoc, IocSink } from './found-ioc.js';
import { parseHostName } from './host-name.js';
import { followsWord, type IocPlace, standsAlone, wordsBefore } from './ioc-context.js';
import { isVersionNumber } from './is-version-number.js';
import { formatIpv6, isIpv4, parseIpv6 } from './parse-ip.js';
import { type Refanged, refang } from './refang.js';

// Each pattern starts where its own characters do, so that a run of them is read once however long it is.
const NAME = 'A-Za-z0-9_\\u00a1-\\uffff-';
const URL_PATTERN =
  /(?<![A-Za-z0-9+])(https?|ftps?|sftp|ssh|ldaps?|rmi|dns|wss?|tcp|udp|smb|file|telnet|rtsp|socks[45]?|gopher|magnet|stratum\+tcp):\/\/((?:[^\s/?#@:[\](){}<>"'`\\|,;]{1,255}(?::[^\s/?#@<>"'`]{0,255})?@)?)(\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9_.\u00a1-\uffff-]{1,255})(:\d{1,5})?((?:[/?#][^\s<>"'`|]*)?)/gi;
const EMAIL = new RegExp(
  `(?<![${NAME}.+%])([A-Za-z0-9_\u00a1-\uffff+%-][A-Za-z0-9_.\u00a1-\uffff+%-]{0,63})@([${NAME}]+(?:\\.[${NAME}]+)+)`,
  'g',
);
const HOST = new RegExp(`(?<![${NAME}.@])[${NAME}]+(?:\\.[${NAME}]+)+`, 'g');
const IPV6 =
  /(?<![0-9A-Za-z:.])[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(?:\/\d{1,3})?(?![0-9A-Za-z:])/g;

/** A piece of text with its defanging undone, and where it stands. */
interface Piece extends IocPlace {
  readonly refanged: Refanged;
  /** Held together by ` dot ` alone, which prose has too. */
  readonly isSpelled: boolean;
}

/** Links, addresses, host names and mail addresses in a stretch of text. */
export function findNetwork(place: IocPlace, sink: IocSink): void {
  const raw = place.text.slice(place.start, place.end);
  const piece: Piece = {
    ...place,
    refanged: refang(raw),
    isSpelled: / dot /i.test(raw) && !/[[({]/.test(raw),
  };
  const words = piece.refanged.text;
  const taken: [number, number][] = [];
  const isFree = (start: number, end: number): boolean =>
    !taken.some(([from, to]) => start < to && from < end);
  const take: Take = (found, start, end) => {
    taken.push([start, end]);
    if (found !== undefined) sink({ ...found, ...spanOf(piece, start, end) });
  };
  if (words.includes('://')) findUrls(piece, take);
  if (words.includes('@')) findEmails(piece, { take, isFree });
  if (words.includes(':')) findIpv6(piece, { take, isFree });
  if (words.includes('.')) findHosts(piece, { take, isFree });
}

type Take = (
  found: Pick<FoundIoc, 'type' | 'value'> | undefined,
  start: number,
  end: number,
) => void;

interface Desk {
  readonly take: Take;
  readonly isFree: (start: number, end: number) => boolean;
}

const spanOf = ({ start, refanged }: Piece, from: number, to: number) => ({
  start: start + refanged.startOf(from),
  end: start + refanged.endOf(to),
  wasDefanged: refanged.isDefanged(from, to),
});

function findUrls({ refanged: { text } }: Piece, take: Take): void {
  let [rest, base] = [text, 0];
  URL_PATTERN.lastIndex = 0;
  for (let match = URL_PATTERN.exec(rest); match !== null; match = URL_PATTERN.exec(rest)) {
    const shift = base;
    const end = readUrl(match, (found, start, stop) => take(found, start + shift, stop + shift));
    if (end === undefined || end === URL_PATTERN.lastIndex) continue;
    // A link may end before its match does, where another begins: the rest is read as a text of its own.
    [rest, base] = [rest.slice(end), base + end];
    URL_PATTERN.lastIndex = 0;
  }
}

/** Where the link ends; undefined for what is none. */
function readUrl(match: RegExpExecArray, take: Take): number | undefined {
  const [whole, scheme = '', user = '', host = '', port = '', rest = ''] = match;
  const tail = trimTail(withoutNextLink(rest));
  const name = trimTail(host);
  if (name !== host && rest !== '') return undefined;
  const end = match.index + whole.length - rest.length + tail.length - (host.length - name.length);
  const isBare = !name.includes('.') && !name.startsWith('[') && port === '' && tail === '';
  const value = isBare || Number(port.slice(1)) > 65_535 ? undefined : urlHost(name);
  // A link to a name that cannot be is still a link, and nothing in it is a host of its own.
  if (value === undefined) {
    take(undefined, match.index, end);
    return end;
  }
  const url = `${scheme.toLowerCase()}://${user}${value}${port}${tail}`;
  take({ type: 'url', value: url }, match.index, end);
  const repository = GITHUB.exec(`${value}${tail}`)?.[0].replace(/\.git\/?$|\/$/, '');
  if (repository !== undefined)
    take({ type: 'github-repository', value: repository }, match.index, end);
  return end;
}

const GITHUB =
  /^(?:github|gitlab)\.com\/(?!(?:topics|features|about|login|orgs|search|settings|marketplace|sponsors|explore|security|advisories)\/)[A-Za-z0-9][A-Za-z0-9-]{0,38}\/[A-Za-z0-9._-]{1,100}\/?$/;

/** Two links that lost the space between them (a link within a link follows a mark), or the end of a link of Markdown. */
function withoutNextLink(rest: string): string {
  const next = /(?<=[A-Za-z0-9])(?:https?|hxxps?):\/\/|\)?\]\(/i.exec(rest);
  return next === null ? rest : rest.slice(0, next.index);
}

function urlHost(host: string): string | undefined {
  if (host.startsWith('[')) {
    const groups = parseIpv6(host.slice(1, -1));
    return groups === undefined ? undefined : `[${formatIpv6(groups)}]`;
  }
  if (/^[\d.]+$/.test(host)) return isIpv4(host) ? host : undefined;
  if (!host.includes('.'))
    return /^[A-Za-z0-9][A-Za-z0-9-]*$/.test(host) ? host.toLowerCase() : undefined;
  return parseHostName(host, { isMeant: true, isLikely: true })?.value;
}

/** Without the punctuation of the sentence around it, and without a closing bracket that nothing opens. */
function trimTail(tail: string): string {
  let end = tail.length;
  // Counted once: a tail of ten million brackets must not be counted again for each.
  const depth = {
    ')': count(tail, ')') - count(tail, '('),
    ']': count(tail, ']') - count(tail, '['),
    '}': count(tail, '}') - count(tail, '{'),
  };
  for (; end > 0; end -= 1) {
    const last = tail.charAt(end - 1);
    if ('.,;:!?*…'.includes(last)) continue;
    if ((last === ')' || last === ']' || last === '}') && depth[last] > 0) depth[last] -= 1;
    else break;
  }
  return tail.slice(0, end);
}

function count(text: string, character: string): number {
  let sum = 0;
  for (let at = text.indexOf(character); at !== -1; at = text.indexOf(character, at + 1)) sum += 1;
  return sum;
}

function findEmails(piece: Piece, { take, isFree }: Desk): void {
  for (const match of piece.refanged.text.matchAll(EMAIL)) {
    const [whole, user = '', host = ''] = match;
    const name = host.replace(/[-_.]+$/, '');
    const end = match.index + whole.length - (host.length - name.length);
    if (!isFree(match.index, end) || /^\.|\.\.|\.$/.test(user)) continue;
    const parsed = parseHostName(name, { isMeant: true, isLikely: true });
    if (parsed === undefined) continue;
    const type = emailType(
      wordsBefore({ ...piece, start: piece.start + piece.refanged.startOf(match.index) }),
    );
    take({ type, value: `${user}@${parsed.value}` }, match.index, end);
  }
}

function emailType(before: string): 'email' | 'email-src' | 'email-dst' {
  if (/(?:\bfrom|senders?|sent by|spoof\w*|originat\w*|reply-to)\b[^.!?]{0,16}$/i.test(before))
    return 'email-src';
  if (/(?:\bto|recipients?|sent to|addressed to|victims?)\b:?[^.!?]{0,8}$/i.test(before))
    return 'email-dst';
  return 'email';
}

function findIpv6(piece: Piece, { take, isFree }: Desk): void {
  for (const match of piece.refanged.text.matchAll(IPV6)) {
    const [address = '', prefix] = match[0].replace(/(?<!:):$|\.$/, '').split('/');
    const end = match.index + address.length + (prefix === undefined ? 0 : prefix.length + 1);
    const groups = isFree(match.index, end) ? parseIpv6(address) : undefined;
    if (groups === undefined || !isLikelyIpv6(address)) continue;
    const value = formatIpv6(groups);
    const isRange = prefix !== undefined && Number(prefix) <= 128;
    take(
      { type: isRange ? 'cidr' : 'ipv6', value: isRange ? `${value}/${Number(prefix)}` : value },
      match.index,
      isRange ? end : match.index + address.length,
    );
  }
}

/** Not the scope of C++ (`face::add`), not eight pairs of a fingerprint (`aa:bb:…`), not the bare `::`. */
function isLikelyIpv6(address: string): boolean {
  const groups = address.split(':').filter((group) => group !== '');
  if (groups.length === 8 && groups.every((group) => group.length === 2)) return false;
  return (
    address === '::1' ||
    (groups.length >= 2 &&
      /\d/.test(address) &&
      (groups.length > 2 || address.endsWith('::') || /[0-9a-f]{3,4}/i.test(groups[0] ?? '')))
  );
}

function findHosts(piece: Piece, { take, isFree }: Desk): void {
  for (const match of piece.refanged.text.matchAll(HOST)) {
    const name = match[0].replace(/[-_]+$/, '');
    const [start, end] = [match.index, match.index + name.length];
    if (!isFree(start, end)) continue;
    if (/^[\d.]+$/.test(name)) findIpv4(piece, { name, start, end }, take);
    else findHost(piece, { name, start, end }, take);
  }
}

interface Candidate {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

function findIpv4(piece: Piece, { name, start, end }: Candidate, take: Take): void {
  if (!isIpv4(name)) return;
  const { refanged } = piece;
  const isMeant = refanged.isDefanged(start, end);
  const place = placeOf(piece, start, end);
  if (!isMeant && isVersionNumber(name, place)) return;
  const prefix = /^\/(\d{1,2})(?!\w|\.\d)/.exec(refanged.text.slice(end, end + 5))?.[1];
  if (prefix !== undefined && Number(prefix) <= 32)
    take({ type: 'cidr', value: `${name}/${Number(prefix)}` }, start, end + prefix.length + 1);
  else take({ type: 'ipv4', value: name }, start, end);
}

const placeOf = (piece: Piece, start: number, end: number): IocPlace => {
  const span = spanOf(piece, start, end);
  return { text: piece.text, start: span.start, end: span.end };
};

const HOST_WORDS: ReadonlySet<string> = new Set(
  'domain host hostname server c2 c2s c&c url website site dns fqdn resolv resolve connect beacon callback download contact register redirect visit panel proxy queries query lookup'.split(
    ' ',
  ),
);
const NEAR_HOST = 6;

function findHost(piece: Piece, { name, start, end }: Candidate, take: Take): void {
  const { refanged } = piece;
  const isMeant =
    refanged.isDefanged(start, end) && (!piece.isSpelled || name.split('.').length > 2);
  if (piece.isSpelled && !isMeant) return;
  const [before, after] = [refanged.text.charAt(start - 1), refanged.text.slice(end, end + 6)];
  // Part of a path, a call, a list of selectors or of something else that is no host.
  if (!isMeant && (/[\\/$#=~]/.test(before) || /^(?:\(|\[|=|\\|:[^\d/\s])/.test(after))) return;
  const place = placeOf(piece, start, end);
  const hasPort = /^:\d{2,5}(?!\d)/.test(after);
  const isLikely =
    hasPort ||
    /^\/./.test(after) ||
    followsWord(place, HOST_WORDS, NEAR_HOST) ||
    standsAlone(place);
  const parsed = parseHostName(name, { isMeant, isLikely });
  if (parsed === undefined) return;
  const path = isMeant || isLikely ? pathAfter(refanged.text, end) : '';
  // A host with a path is a link whose scheme was left out; two hosts with a slash between are a list.
  if (path.includes('/') && path.length > 1 && parsed.type !== 'onion' && !HOST_LIST.test(path))
    take({ type: 'url', value: `${parsed.value}${path}` }, start, end + path.length);
  else take(parsed, start, end);
}

const HOST_LIST = /^\/[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}\/?$/;

function pathAfter(text: string, at: number): string {
  const pattern = /(?::\d{1,5})?\/[^\s<>"'`|]*/y;
  pattern.lastIndex = at;
  return trimTail(pattern.exec(text)?.[0] ?? '');
}
