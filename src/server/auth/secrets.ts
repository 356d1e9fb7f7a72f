import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 random bits, 43 characters that are safe in a URL, header and cookie. */
export function randomSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** SHA-256 as hex: what is kept of a secret that is random itself. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** The token against cross-site requests that belongs to a session's secret; it does not tell the secret. */
export function csrfTokenOf(sessionSecret: string): string {
  return createHmac('sha256', sessionSecret).update('portolan csrf').digest('base64url');
}

/** Compares texts in a time that does not tell where they differ. */
export function isSameText(a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) => createHash('sha256').update(text).digest());
  return left !== undefined && right !== undefined && timingSafeEqual(left, right);
}
