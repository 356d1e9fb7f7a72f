/**
 * Names the way in which libevtx writes a value otherwise than Windows, when that is all that two values differ in.
 */
export function isOracleForm(ours: string, theirs: string): string | undefined {
  return FORMS.find(({ fits }) => fits(ours, theirs))?.name;
}

const FORMS: readonly {
  readonly name: string;
  readonly fits: (ours: string, theirs: string) => boolean;
}[] = [
  {
    name: 'hexadecimal padded with zeros',
    fits: (ours, theirs) =>
      /^0x[0-9a-f]+$/.test(ours) &&
      theirs === `0x${ours.slice(2).padStart(theirs.length - 2, '0')}`,
  },
  {
    name: 'time with 9 decimals',
    fits: (ours, theirs) => /\.\d{7}Z$/.test(ours) && theirs === ours.replace('Z', '00Z'),
  },
  {
    name: 'character that XML cannot hold',
    fits: (ours, theirs) => ours.includes('\ufffd') && ours === theirs.replace(FORBIDDEN, '\ufffd'),
  },
];

// biome-ignore lint/suspicious/noControlCharactersInRegex: libevtx writes them
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
