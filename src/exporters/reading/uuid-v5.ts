// Source: RFC 9562 §5.5; the namespace is of Portolan's own, drawn at random once.
const NAMESPACE = '6d1f0d3b-5c0e-4a27-9f5e-1b7d2c9a4e83';

/**
 * The UUID, version 5, of some words: the same words have the same one, for ever, in every version of Portolan.
 *
 * @param words joined so that no two lists are the same text.
 */
export async function uuidV5(...words: readonly string[]): Promise<string> {
  const namespace = Uint8Array.from(NAMESPACE.replaceAll('-', '').match(/../g) ?? [], (pair) =>
    Number.parseInt(pair, 16),
  );
  const name = new TextEncoder().encode(JSON.stringify(words));
  const joined = new Uint8Array(namespace.length + name.length);
  joined.set(namespace);
  joined.set(name, namespace.length);
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-1', joined)).slice(0, 16);
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [8, 12, 16, 20, 32]
    .map((end, index) => hex.slice([0, 8, 12, 16, 20][index], end))
    .join('-');
}
