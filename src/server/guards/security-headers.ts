import type { ServerSettings } from '../server-settings.js';

/**
 * Headers of every answer. No script and no style but from files of ours, no frame of another site unless the operator
 * permits it.
 */
export function securityHeaders(
  { frameAncestors = [] }: ServerSettings,
  isSecure: boolean,
): Readonly<Record<string, string>> {
  const ancestors = frameAncestors.length === 0 ? "'none'" : frameAncestors.join(' ');
  const policy = [
    "default-src 'self'",
    "img-src 'self' data: blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    `frame-ancestors ${ancestors}`,
  ].join('; ');
  return {
    'Content-Security-Policy': policy,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    'X-Permitted-Cross-Domain-Policies': 'none',
    ...(frameAncestors.length === 0 ? { 'X-Frame-Options': 'DENY' } : {}),
    ...(isSecure ? { 'Strict-Transport-Security': 'max-age=31536000' } : {}),
  };
}
