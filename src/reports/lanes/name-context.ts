import type { NamedObject, NameEntry } from './name-entries.js';

/** Where a name stands. */
export interface NamePlace {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly isCode: boolean;
}

/** What a name may stand for there, and how sure that is. */
export interface NameReading {
  readonly objects: readonly NamedObject[];
  /** 0..1; 0 says that it is no name here. */
  readonly trust: number;
  readonly why: string | undefined;
}

const REFUSED: NameReading = { objects: [], trust: 0, why: undefined };

const SOFTWARE_AFTER =
  /^(?:['’]s)?[ -](?:\w+ )?(?:ransomware|malware|backdoor|trojan|rat|loader|downloader|dropper|stealer|infostealer|botnet|worm|implant|framework|beacons?|payloads?|samples?|variants?|rootkit|bootkit|keylogger|webshell|web shell|tool|toolkit|utility|command|binary|executable|encryptor|wiper|miner|cryptominer|malspam|infections?|c2|spyware|module)\b/i;
const SOFTWARE_BEFORE =
  /\b(?:ransomware|malware|backdoor|trojan|rat|loader|downloader|dropper|stealer|botnet|worm|implant|rootkit|tools?|toolkit|utility|utilities|command|malware family|wiper|framework|using|via|deploy(?:ed|s|ing)?|install(?:ed|s|ing)?|ran|executed|running) (?:called |named |known as |dubbed |tool |the )?["'“‘(]?$/i;
const GROUP_AFTER =
  /^(?:['’]s)?[ -](?:\w+ )?(?:groups?|gang|actors?|threat actors?|operators?|affiliates?|apt|team|adversar(?:y|ies)|campaign|activity|cluster|intrusion set|crew|collective|hackers?|ransomware group|ransomware gang)\b/i;
const GROUP_BEFORE =
  /\b(?:groups?|gang|actors?|apt|adversary|operators|attributed to|aka|also known as|a\.k\.a\.|tracked as|known as|dubbed|called|intrusion set|cluster|by) ["'“‘(]?$/i;
const PROGRAM = /^\.exe\b/i;
/** What follows a program on a command line. */
const ARGUMENT =
  /^(?:\.exe)?["']? (?:[-/]{1,2}[A-Za-z]|["\\%$]|(?:user|use|view|group|localgroup|start|stop|add|query|save|delete|config|share|accounts|time)\b)/i;

/** Reads a name where it stands: names that are also words need their capitals, and a word that says what they are. */
export function readName(entry: NameEntry, place: NamePlace): NameReading {
  if (entry.strength === 'never') return REFUSED;
  const written = place.text.slice(place.start, place.end);
  if (entry.objects.every(({ kind }) => kind === 'technique')) return readTechnique(entry, place);
  const signs = signsAt(place);
  const objects = chosen(entry.objects, signs);
  const isCased = hasCapitalsOf(written, entry.name);
  if (signs.isFile && !isToolCall(objects, place)) return REFUSED;
  switch (entry.strength) {
    case 'distinct':
      return { objects, trust: isCased || signs.kind !== undefined ? 1 : 0.9, why: undefined };
    case 'cased':
      if (isCased) return readCased(entry, { objects, signs, place });
      return signs.kind === undefined ? REFUSED : { objects, trust: 0.8, why: signs.words };
    case 'ordinary':
      return readOrdinary({ entry, objects, isCased, signs }, place);
    default:
      return REFUSED;
  }
}

/** In its capitals a name is one, unless a longer one begins with it ("Royal Road") or a sentence does ("Chaos broke out"). */
function readCased(
  { name }: NameEntry,
  { objects, signs, place }: { objects: readonly NamedObject[]; signs: Signs; place: NamePlace },
): NameReading {
  if (signs.kind !== undefined) return { objects, trust: 1, why: signs.words };
  const isHead = /(?:^|[\n\t•]|[.!?:]["')\]]?\s)\s*$/.test(
    place.text.slice(Math.max(0, place.start - 4), place.start),
  );
  const goesOn = /^ [A-Z][a-z]/.test(place.text.slice(place.end, place.end + 3));
  const isOneWord = /^[A-Z][a-z]+$/.test(name);
  if (!isOneWord || !(goesOn || isHead)) return { objects, trust: 0.85, why: undefined };
  const why = goesOn ? 'it may be part of a longer name' : 'a capital there says nothing';
  return { objects, trust: 0.4, why };
}

interface OrdinaryName {
  readonly entry: NameEntry;
  readonly objects: readonly NamedObject[];
  readonly isCased: boolean;
  readonly signs: Signs;
}

function readOrdinary(
  { entry, objects, isCased, signs }: OrdinaryName,
  place: NamePlace,
): NameReading {
  if (isToolCall(objects, place))
    return { objects, trust: 0.9, why: 'it is called as a program is' };
  // A name in small letters alone has no capitals to tell it by: `at`, `cmd`.
  const isProper = isCased && /[A-Z]/.test(entry.name);
  if (!isProper || signs.kind === undefined) return REFUSED;
  return { objects, trust: 0.85, why: signs.words };
}

/** Technique names are words of the trade, so that small letters are as good; a file or path named so is something else. */
function readTechnique({ objects, name }: NameEntry, place: NamePlace): NameReading {
  const after = place.text.slice(place.end, place.end + 2);
  const before = place.text.charAt(place.start - 1);
  if (/[\\/@_$%#=-]/.test(before) || /^(?:[\\/@_=(]|\.[a-z])/.test(after)) return REFUSED;
  const isCased = hasCapitalsOf(place.text.slice(place.start, place.end), name);
  return { objects, trust: isCased ? 0.8 : 0.7, why: undefined };
}

interface Signs {
  readonly kind: 'group' | 'software' | undefined;
  readonly words: string | undefined;
  /** Part of a host, path, file name or variable. */
  readonly isFile: boolean;
}

function signsAt({ text, start, end }: NamePlace): Signs {
  const before = text.slice(Math.max(0, start - 32), start);
  const after = text.slice(end, end + 32);
  const isFile =
    /[\\@_$%#=]$|(?<!\s)\/$|[A-Za-z0-9]\.$/.test(before) ||
    /^(?:[\\@_=]|\.[a-z0-9]|:\/\/|\/[a-z])/i.test(after);
  const readings = [
    { kind: 'group', match: GROUP_AFTER.exec(after) },
    { kind: 'software', match: SOFTWARE_AFTER.exec(after) },
    { kind: 'software', match: SOFTWARE_BEFORE.exec(before) },
    { kind: 'group', match: GROUP_BEFORE.exec(before) },
  ] as const;
  const found = readings.find(({ match }) => match !== null);
  const words = found?.match?.[0].trim();
  return {
    kind: found?.kind,
    words: words === undefined ? undefined : `beside "${words}"`,
    isFile,
  };
}

/** Of a group and a malware of one name, the one that the words beside it speak of; the group where none do. */
function chosen(objects: readonly NamedObject[], { kind }: Signs): readonly NamedObject[] {
  const named = objects.filter((object) => object.kind !== 'technique');
  const fitting = named.filter((object) => object.kind === (kind ?? 'group'));
  return fitting.length > 0 ? fitting : named;
}

/** `net user`, `reg add`, `ping.exe`: tools that are words, called. */
function isToolCall(objects: readonly NamedObject[], place: NamePlace): boolean {
  const isTool = objects.some((one) => one.kind === 'software' && one.softwareType === 'tool');
  if (!isTool) return false;
  const { text, start, end, isCode } = place;
  const after = text.slice(end, end + 24);
  const before = text.charAt(start - 1);
  if (PROGRAM.test(after)) return true;
  return (
    ARGUMENT.test(after) && (isCode || start === 0 || '\n`"\'>|&(\u201c\u2018\\'.includes(before))
  );
}

/** Every capital of the name stands, or the whole is in capitals; a heading's capitals count. */
function hasCapitalsOf(written: string, name: string): boolean {
  if (written === name) return true;
  const [a, b] = [lettersOf(written), lettersOf(name)];
  if (a === b || a === `${b}s`) return true;
  return a.length > 3 && a === a.toUpperCase() && /[A-Z]/.test(b);
}

const lettersOf = (text: string): string => text.replace(/[^A-Za-z0-9]/g, '');
