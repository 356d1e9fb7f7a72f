import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { userFolder } from '../attack/index.js';
import { isRecord } from '../model/index.js';

/*
 * <user folder>/rules/<name>/
 *   source.json               names the generation that counts; replacing this one file is what installs
 *   <generation>/…            the YAML files, with the folders that they had
 */

/** A pack of rules in the user's folder. */
export interface RulePackSource {
  readonly name: string;
  /** Folder or URL that it came from. */
  readonly source: string;
  /** When it was installed, ISO 8601 UTC. */
  readonly installed: string;
  /** YAML files. */
  readonly files: number;
  /** Rules and correlations that can be used. */
  readonly rules: number;
  /** Name or first line of its licence; undefined when it has none. */
  readonly licence: string | undefined;
  /** SHA-256 of the archive as hex; undefined for a folder. */
  readonly sha256: string | undefined;
  /** Name of the folder that holds the files. */
  readonly generation: string;
}

/** An entry of the user's folder: a sound pack, or why it cannot be used. */
export interface InstalledPack {
  readonly name: string;
  /** Where its rules are. */
  readonly folder: string;
  readonly pack: RulePackSource | undefined;
  /** One line; undefined when it is sound. */
  readonly problem: string | undefined;
}

export const PACK_FILE = 'source.json';
const NAME = /^[a-z0-9][a-z0-9._-]{0,39}$/;
const GENERATION = /^[0-9a-f]{16}$/;

/** Whether a text can name a pack: lower case letters, digits, `.`, `_`, `-`; at most 40 characters. */
export function isPackName(text: string): boolean {
  return NAME.test(text) && !text.endsWith('.');
}

/** Where packs are. */
export function packsFolder(user: string = userFolder()): string {
  return join(user, 'rules');
}

/** The packs that are there, by name; also those that are damaged. */
export function listPacks(user: string = userFolder()): readonly InstalledPack[] {
  const folder = packsFolder(user);
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && isPackName(entry.name))
    .map(({ name }) => readPackFolder(join(folder, name), name))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function readPackFolder(folder: string, name: string): InstalledPack {
  const damaged = (problem: string): InstalledPack => ({ name, folder, pack: undefined, problem });
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(join(folder, PACK_FILE), 'utf8'));
  } catch {
    return damaged(`${PACK_FILE} is missing or damaged; add it again`);
  }
  const pack = isRecord(value) ? readPackSource(value, name) : undefined;
  if (pack === undefined) return damaged(`${PACK_FILE} is damaged; add it again`);
  const rules = join(folder, pack.generation);
  if (!existsSync(rules)) return damaged('its rules are missing; add it again');
  return { name, folder: rules, pack, problem: undefined };
}

function readPackSource(
  value: Readonly<Record<string, unknown>>,
  name: string,
): RulePackSource | undefined {
  const { source, installed, files, rules, licence, sha256, generation } = value;
  if (typeof source !== 'string' || typeof installed !== 'string') return undefined;
  if (typeof files !== 'number' || typeof rules !== 'number') return undefined;
  if (typeof generation !== 'string' || !GENERATION.test(generation)) return undefined;
  return {
    name,
    source,
    installed,
    files,
    rules,
    licence: typeof licence === 'string' ? licence : undefined,
    sha256: typeof sha256 === 'string' ? sha256 : undefined,
    generation,
  };
}

/** What `--rules` means: a path that is there, else the folder of the pack of this name, else the path as it is. */
export function ruleFolderOf(path: string, user: string = userFolder()): string {
  if (existsSync(path) || !isPackName(path)) return path;
  const installed = listPacks(user).find(({ name }) => name === path);
  return installed?.problem === undefined ? (installed?.folder ?? path) : path;
}
