import { addField } from '../declare-shape.js';
import type { FieldValue } from '../event.js';

/** The operating system that a path is of, by its form; undefined when that does not tell. */
export function productOfPath(path: string | undefined): string | undefined {
  if (path === undefined) return undefined;
  if (path.includes('\\') || /^[A-Za-z]:/.test(path)) return 'windows';
  if (!path.startsWith('/')) return undefined;
  return /^\/(Applications|System|Library|Users|private|Volumes)\//.test(path) ? 'macos' : 'linux';
}

/** An operating system as logs name it → Sigma's product. */
export function productOfSystem(system: string | undefined): string | undefined {
  const word = system?.toLowerCase() ?? '';
  if (/^win/.test(word)) return 'windows';
  if (/^(mac|darwin|os ?x)/.test(word)) return 'macos';
  return /linux|^lin$|ubuntu|debian|redhat|rhel|centos|suse|amazon|fedora/.test(word)
    ? 'linux'
    : undefined;
}

const HIVES: Readonly<Record<string, string>> = {
  HKEY_LOCAL_MACHINE: 'HKLM',
  HKEY_USERS: 'HKU',
  HKEY_CURRENT_USER: 'HKCU',
  HKEY_CLASSES_ROOT: 'HKCR',
};

/** A registry path as Sysmon writes it, and rules with it: `HKEY_LOCAL_MACHINE\…` and `\REGISTRY\MACHINE\…` are `HKLM\…`. */
export function sysmonRegistryPath(path: string): string {
  const [, hive = '', rest = ''] = /^(HKEY_[A-Z_]+)(.*)$/is.exec(path) ?? [];
  const short = Object.hasOwn(HIVES, hive.toUpperCase()) ? HIVES[hive.toUpperCase()] : undefined;
  if (short !== undefined) return short + rest;
  return path
    .replace(/^\\REGISTRY\\MACHINE(?=\\|$)/i, 'HKLM')
    .replace(/^\\REGISTRY\\USER(?=\\|$)/i, 'HKU');
}

/** Hashes in one text, as Sysmon writes them: `MD5=…,SHA256=…`; undefined without any. */
export function sysmonHashes(
  hashes: readonly (readonly [algorithm: string, value: string | undefined])[],
): string | undefined {
  const known = hashes.filter(([, value]) => value !== undefined && value !== '');
  return known.length === 0
    ? undefined
    : known.map(([algorithm, value]) => `${algorithm}=${value ?? ''}`).join(',');
}

/** Adds fields by Sigma's names; those that are there already are kept. */
export function addFields(
  fields: Map<string, FieldValue>,
  added: Readonly<Record<string, FieldValue | undefined>>,
): void {
  for (const [name, value] of Object.entries(added)) addField(fields, name, value);
}
