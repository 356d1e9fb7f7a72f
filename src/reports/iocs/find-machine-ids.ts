import type { IocSink, IocType } from './found-ioc.js';
import { type IocPlace, wordsBefore } from './ioc-context.js';

interface Shape {
  readonly type: IocType;
  /** What a stretch holds in any case, in small letters, and its least length: most have not, and are read no further. */
  readonly mark: string;
  readonly least: number;
  readonly pattern: RegExp;
  /** Refuses what only looks like one; the value, normalised, otherwise. */
  readonly normalise: (match: RegExpExecArray, before: string) => string | undefined;
}

const AWS_PREFIXES = '(?:AKIA|ASIA|ABIA|ACCA|AGPA|AIDA|AIPA|ANPA|ANVA|APKA|AROA|ASCA)';

const SHAPES: readonly Shape[] = [
  {
    type: 'mac-address',
    mark: '',
    least: 17,
    pattern:
      /(?<![0-9A-Za-z:.-])[0-9A-Fa-f]{2}(?:([:-])[0-9A-Fa-f]{2})(?:\1[0-9A-Fa-f]{2}){4}(?![0-9A-Za-z]|[:-][0-9A-Fa-f])/g,
    normalise: ([whole]) => {
      const value = whole.toLowerCase().replaceAll('-', ':');
      return new Set(value.split(':')).size === 1 && !value.startsWith('ff') ? undefined : value;
    },
  },
  {
    type: 'mac-address',
    mark: '.',
    least: 14,
    pattern:
      /(?<![0-9A-Za-z:.-])[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}(?![0-9A-Za-z]|\.[0-9A-Fa-f])/g,
    normalise: ([whole], before) =>
      /\bmac\b[^\n]{0,16}$/i.test(before) || /[a-f]/i.test(whole)
        ? whole
            .toLowerCase()
            .replaceAll('.', '')
            .replace(/(..)(?!$)/g, '$1:')
        : undefined,
  },
  {
    type: 'x509-fingerprint',
    mark: ':',
    least: 47,
    pattern: /(?<![0-9A-Za-z:])[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){15,31}(?![0-9A-Za-z:])/g,
    normalise: ([whole], before) => {
      const count = whole.split(':').length;
      const isCounted = count === 20 || count === 32 || count === 16;
      const isSerial = /\b(?:serial|session(?: id)?)\b[^\n]{0,16}$/i.test(before);
      return isCounted && !isSerial ? whole.replaceAll(':', '').toLowerCase() : undefined;
    },
  },
  {
    type: 'cpe',
    mark: 'cpe:',
    least: 8,
    pattern:
      /(?<![A-Za-z0-9])cpe:(?:2\.3:[aho*-](?::(?:[A-Za-z0-9_.*+%~!-]|\\.){1,100}){10}|\/[aho](?::[A-Za-z0-9_.%~+-]{0,100}){1,6})/gi,
    normalise: ([whole]) => whole.replace(/\.$/, '').toLowerCase(),
  },
  {
    type: 'aws-arn',
    mark: 'arn:aws',
    least: 20,
    pattern:
      /(?<![A-Za-z0-9])arn:aws(?:-cn|-us-gov|-iso|-iso-b)?:[a-z0-9-]{1,40}:[a-z0-9-]{0,20}:(?:\d{12}|aws)?:[A-Za-z0-9_/:.+=@*{}$-]{1,200}/g,
    normalise: ([whole]) => whole.replace(/[.:]+$/, ''),
  },
  {
    type: 'aws-access-key',
    mark: '',
    least: 20,
    pattern: new RegExp(`(?<![A-Za-z0-9])${AWS_PREFIXES}[A-Z2-7]{16}(?![A-Za-z0-9])`, 'g'),
    normalise: ([whole]) => whole,
  },
  {
    type: 'community-id',
    mark: '1:',
    least: 30,
    pattern: /(?<![A-Za-z0-9:])1:[A-Za-z0-9+/]{27}=(?![A-Za-z0-9=])/g,
    normalise: ([whole]) => whole,
  },
  {
    type: 'ja4',
    mark: '_',
    least: 36,
    pattern:
      /(?<![A-Za-z0-9])[tqd](?:1[0-3]|s[23]|d[1-3]|00)[di]\d{4}[a-z0-9]{2}_[0-9a-f]{12}_[0-9a-f]{12}(?![A-Za-z0-9])/g,
    normalise: ([whole]) => whole,
  },
  {
    type: 'azure-app-id',
    mark: '-',
    least: 36,
    pattern:
      /(?<![0-9A-Za-z-])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![0-9A-Za-z-])/gi,
    normalise: ([whole], before) =>
      /\b(?:app(?:lication)?|client|tenant|enterprise app|service principal|oauth app)(?:[ _-]?(?:id|identifier))?\b[^\n]{0,12}$/i.test(
        before,
      )
        ? whole.toLowerCase()
        : undefined,
  },
  {
    type: 'browser-extension',
    mark: '',
    least: 32,
    pattern: /(?<![A-Za-z0-9])[a-p]{32}(?![A-Za-z0-9])/g,
    normalise: ([whole], before) =>
      /\b(?:extensions?|chrome|add-?ons?|crx|webstore)\b[^\n]{0,32}$/i.test(before) ||
      new Set(whole).size >= 9
        ? whole
        : undefined,
  },
];

/** Addresses of network cards, CPE names, ARNs, AWS keys, Community IDs, JA4, Azure apps, extensions: things told by their form. */
export function findMachineIds(place: IocPlace, sink: IocSink): void {
  const piece = place.text.slice(place.start, place.end);
  for (const { type, pattern, mark, least, normalise } of SHAPES) {
    if (piece.length < least || !piece.includes(mark)) continue;
    for (const match of piece.matchAll(pattern)) {
      const start = place.start + match.index;
      const value = normalise(match, wordsBefore({ ...place, start }));
      if (value === undefined) continue;
      const length = type === 'cpe' || type === 'aws-arn' ? value.length : match[0].length;
      sink({ type, value, start, end: start + length, wasDefanged: false });
    }
  }
}
