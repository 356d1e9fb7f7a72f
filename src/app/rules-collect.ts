import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { listFiles, openLogs } from '../collectors/index.js';
import type { Issue } from '../model/index.js';
import { readRules } from '../sigma/index.js';

/** The files of a pack of rules, read into memory. */
export interface PackContent {
  /** Path below the pack, with `/` → text; only YAML files that hold a rule, and licences. */
  readonly files: ReadonlyMap<string, string>;
  /** Rules, correlations and filters that can be read. */
  readonly rules: number;
  /** Name or first line of the licence; undefined when there is none. */
  readonly licence: string | undefined;
  readonly issues: readonly Issue[];
}

const RULE_FILE = /\.ya?ml$/i;
const LICENCE_FILE = /(?:^|\/)(?:licen[cs]e|copying)[^/]{0,40}$/i;
const MAX_FILES = 50_000;
const MAX_FILE_BYTES = 4 * 1024 * 1024;
const MAX_TOTAL_BYTES = 256 * 1024 * 1024;

/** Reads the rules in a folder, an archive or a file. Names in archives are checked: none leads out of the pack. */
export async function collectPack(path: string): Promise<PackContent> {
  const collected = new Collection();
  const listed = await listFiles([path]);
  collected.issues.push(...listed.issues);
  for (const file of listed.files)
    if (file === path) await collectMembers(path, collected);
    else if (isWanted(file)) collected.add(toSlashes(relative(path, file)), await readFile(file));
  return collected;
}

function isWanted(name: string): boolean {
  return RULE_FILE.test(name) || LICENCE_FILE.test(name);
}

function toSlashes(path: string): string {
  return path.replaceAll('\\', '/');
}

/** A file by itself: an archive, or one file of rules. */
async function collectMembers(path: string, collected: Collection): Promise<void> {
  for await (const member of openLogs(path)) {
    if (member.kind === 'issue') {
      collected.issues.push(member);
      continue;
    }
    const name = member.source === path ? 'rules.yml' : member.source.slice(path.length + 1);
    if (!isWanted(name)) continue;
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of member.file.chunks) {
      size += chunk.length;
      if (size > MAX_FILE_BYTES) break;
      chunks.push(chunk);
    }
    collected.issues.push(...member.file.issues);
    collected.add(name, Buffer.concat(chunks), size);
    if (collected.isFull) return;
  }
}

class Collection implements PackContent {
  readonly files = new Map<string, string>();
  readonly issues: Issue[] = [];
  rules = 0;
  licence: string | undefined;
  isFull = false;
  #bytes = 0;

  add(name: string, bytes: Uint8Array, size = bytes.length): void {
    const problem = this.#problemOf(name, size);
    if (problem !== undefined) {
      const { code, message } = problem;
      this.issues.push({ kind: 'issue', code, message, at: { source: name } });
      return;
    }
    const text = Buffer.from(bytes).toString('utf8');
    if (!RULE_FILE.test(name)) this.licence ??= licenceIn(text);
    else if (!this.#addRules(name, text)) return;
    this.#bytes += size;
    this.files.set(name, text);
  }

  /** Whether the file holds a rule. */
  #addRules(name: string, text: string): boolean {
    const read = readRules(text, { source: name });
    const count = read.rules.length + read.correlations.length + read.filters.length;
    this.issues.push(...read.issues);
    this.rules += count;
    return count > 0;
  }

  #problemOf(name: string, size: number): Pick<Issue, 'code' | 'message'> | undefined {
    if (!isSafeName(name))
      return { code: 'ARCHIVE_UNSUPPORTED', message: 'the name cannot be a path within the pack' };
    if (size > MAX_FILE_BYTES)
      return { code: 'INPUT_TOO_LARGE', message: `expected at most ${MAX_FILE_BYTES} bytes` };
    if (this.files.size < MAX_FILES && this.#bytes + size <= MAX_TOTAL_BYTES) return undefined;
    this.isFull = true;
    const message = `expected at most ${MAX_FILES} files and ${MAX_TOTAL_BYTES} bytes; the rest is left out`;
    return { code: 'INPUT_TOO_LARGE', message };
  }
}

// Characters that no system's file names may hold, and names that Windows keeps for devices.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there.
const BAD_CHARACTERS = /[\u0000-\u001f<>:"|?*\\]/;
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;
const MAX_NAME = 240;

/** Whether a member's name is a plain path below the pack on every system. */
export function isSafeName(name: string): boolean {
  if (name.length > MAX_NAME || BAD_CHARACTERS.test(name)) return false;
  return name
    .split('/')
    .every((part) => part !== '' && !/^\.|[. ]$/.test(part) && !DEVICE.test(part));
}

const LICENCE_NAME =
  /(?:Detection Rule License|Apache License|MIT License|GNU (?:Lesser |Affero )?General Public License|BSD \d-Clause|Creative Commons)[^\n\r\]]{0,40}/i;

/** The licence's name where it is a usual one, else its first line. */
function licenceIn(text: string): string | undefined {
  const named = LICENCE_NAME.exec(text)?.[0];
  const first = text.split('\n').find((line) => /\w/.test(line));
  return (named ?? first)
    ?.replace(/^[#\s]+/, '')
    .trim()
    .slice(0, 200);
}
