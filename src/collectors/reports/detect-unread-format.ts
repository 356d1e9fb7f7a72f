// The first bytes of files that people mistake for reports, as hexadecimal. Source: the formats' own specifications.
const MAGIC: readonly (readonly [hex: string, format: string])[] = [
  ['d0cf11e0a1b11ae1', 'a document of Office 97 to 2003 (save it as DOCX or PDF)'],
  ['7b5c727466', 'RTF (save it as DOCX or PDF)'],
  ['89504e470d0a1a0a', 'a PNG image'],
  ['ffd8ff', 'a JPEG image'],
  ['47494638', 'a GIF image'],
  ['49492a00', 'a TIFF image'],
  ['4d4d002a', 'a TIFF image'],
  ['52494646', 'a WebP image, or sound or video'],
  ['4d5a', 'a Windows program'],
  ['7f454c46', 'a Linux program'],
  ['456c6646696c6500', 'a Windows event log (portolan map reads it)'],
  ['504b', 'a zip file that holds no report'],
];

/** Hexadecimal digits of a start that no text has by chance. */
const CERTAIN_LENGTH = 8;

/**
 * What bytes are that no reader knows, in words; undefined when they are unknown here too.
 *
 * @param isCertain leaves out formats whose start is so short that a text may begin with it.
 */
export function detectUnreadFormat(head: Uint8Array, isCertain: boolean): string | undefined {
  const start = Buffer.from(head.subarray(0, 8)).toString('hex');
  const least = isCertain ? CERTAIN_LENGTH : 0;
  return MAGIC.find(([hex]) => start.startsWith(hex) && hex.length >= least)?.[1];
}

/** Whether bytes are a container of Office 97 that holds an encrypted document. Source: MS-OFFCRYPTO, 2.3.4.4. */
export function isEncryptedOffice(bytes: Uint8Array): boolean {
  const name = Buffer.from('EncryptedPackage', 'utf16le');
  return (
    bytes[0] === 0xd0 &&
    bytes[1] === 0xcf &&
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(name)
  );
}
