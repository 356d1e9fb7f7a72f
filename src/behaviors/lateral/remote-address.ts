/** Whether an address is one, and not the machine's own loopback. */
export function isRemoteAddress(address: string): boolean {
  const plain = address.replace(/^::ffff:/, '');
  return /^[\da-f.:]+$/.test(plain) && plain.length > 3 && !/^(127\.|0\.0\.0\.0$|::1$)/.test(plain);
}
