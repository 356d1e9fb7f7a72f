/**
 * Whether a zip file is an Office document, book or program by the name of its first member, or holds `word/`: tools
 * that pack a document anew change the order.
 */
export function isOfficeDocument(bytes: Uint8Array): boolean {
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return false;
  const start = Buffer.from(bytes.subarray(0, 200)).toString('latin1');
  if (
    /^PK...{26}(?:\[Content_Types\]\.xml|mimetype|_rels\/|META-INF\/|docProps\/|word\/)/s.test(
      start,
    )
  ) {
    return true;
  }
  // The table of members is at the end.
  const end = Buffer.from(bytes.subarray(Math.max(0, bytes.length - 65_536))).toString('latin1');
  return end.includes('[Content_Types].xml');
}
