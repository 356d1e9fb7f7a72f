import { endOfPath } from './end-of-path.js';
import type { IocSink } from './found-ioc.js';
import type { IocPlace } from './ioc-context.js';

const HIVES: Readonly<Record<string, string>> = {
  HKLM: 'HKEY_LOCAL_MACHINE',
  HKCU: 'HKEY_CURRENT_USER',
  HKCR: 'HKEY_CLASSES_ROOT',
  HKU: 'HKEY_USERS',
  HKCC: 'HKEY_CURRENT_CONFIG',
  HKEY_LOCAL_MACHINE: 'HKEY_LOCAL_MACHINE',
  HKEY_CURRENT_USER: 'HKEY_CURRENT_USER',
  HKEY_CLASSES_ROOT: 'HKEY_CLASSES_ROOT',
  HKEY_USERS: 'HKEY_USERS',
  HKEY_CURRENT_CONFIG: 'HKEY_CURRENT_CONFIG',
  '\\REGISTRY\\MACHINE': 'HKEY_LOCAL_MACHINE',
  '\\REGISTRY\\USER': 'HKEY_USERS',
};
const HIVE =
  /(?<![A-Za-z0-9])(?:Registry::)?(HKEY_(?:LOCAL_MACHINE|CURRENT_USER|CLASSES_ROOT|USERS|CURRENT_CONFIG)|HK(?:LM|CU|CR|U|CC)|\\Registry\\(?:Machine|User)):?\\{1,2}/gi;
/** The value of a key, as `reg add` and Volatility write it. */
const VALUE =
  /["']?(?: +\/v +|!|,\s?value(?: name)?:? )["']?([A-Za-z0-9_.$ -]{1,64}?)(?=["']|\s\/|\s*$|[\n,;:=)]|\. |\.$| (?:with|to|and|is|was|in|for|set|=)\b)/imy;

/** Registry keys under a hive, and values where the text names one; hives by their long names. */
export function findRegistryKeys(place: IocPlace, sink: IocSink): number {
  const { text, start } = place;
  let [furthest, last] = [place.end, 0];
  for (const match of text.slice(start, place.end).matchAll(HIVE)) {
    const at = start + match.index;
    if (at < last) continue;
    const path = at + match[0].length;
    const hive = HIVES[(match[1] ?? '').toUpperCase()];
    const before = text.charAt(at - 1);
    const isQuoted =
      before === '"' && text.indexOf('"', at) - at < 300 && text.indexOf('"', at) > 0;
    const end = endOfKey(text, path, isQuoted ? '"' : '');
    if (hive === undefined || end <= path) continue;
    const key = `${hive}\\${text.slice(path, end).replaceAll('\\\\', '\\')}`;
    VALUE.lastIndex = end;
    const value = VALUE.exec(text);
    const name = value?.[1]?.trim();
    if (value === null || name === undefined || name === '')
      sink({ type: 'registry-key', value: key, start: at, end, wasDefanged: false });
    else {
      const valueEnd = value.index + value[0].length;
      sink({
        type: 'registry-value',
        value: `${key}!${name}`,
        start: at,
        end: valueEnd,
        wasDefanged: false,
      });
      furthest = Math.max(furthest, valueEnd);
    }
    last = end;
    furthest = Math.max(furthest, end);
  }
  return furthest;
}

/** `Run!Updater` names a value, so that the mark ends the key. */
function endOfKey(text: string, at: number, closing: string): number {
  const end = endOfPath(text, at, closing);
  const mark = text.slice(at, end).indexOf('!');
  return mark === -1 ? end : at + mark;
}
