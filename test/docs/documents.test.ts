import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runPortolan } from '../cli/run-portolan.js';

const documents = spawnSync('git', ['ls-files', '*.md'], { encoding: 'utf8' })
  .stdout.trim()
  .split('\n');

/** Targets of the relative links of a document, without their anchors. */
function relativeLinks(text: string): readonly string[] {
  return [...text.matchAll(/\]\(([^)\s#]+)(?:#[^)]*)?\)/g)].flatMap(([, target = '']) =>
    /^[a-z]+:/.test(target) ? [] : [target],
  );
}

/** Calls of the command that a document shows: lines that begin with it, and code between words. */
function shownCommands(text: string): readonly string[] {
  const lines = text.replaceAll('\\\n', ' ').split('\n');
  const inline = [...text.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);
  return [...lines, ...inline].flatMap((code) => {
    const [, call] = /^(?:npx )?portolan ([^#|>]+)/.exec(code.trim()) ?? [];
    return call === undefined ? [] : [call.trim()];
  });
}

const helps = new Map<string, string>();
function helpOf(verb: string): string {
  const known = helps.get(verb) ?? runPortolan([...verb.split(' '), '--help']).stdout;
  helps.set(verb, known);
  return known;
}

const listsVerb = (help: string, verb: string): boolean =>
  new RegExp(`^  ${verb}(?:\\||\\s|$)`, 'm').test(help);

/** What of a shown call the command itself does not know: a verb, an option. */
function unknownParts(call: string): readonly string[] {
  const words = call.replaceAll(/"[^"]*"/g, 'X').split(/\s+/);
  const first = words[0] ?? '';
  if (!/^[a-z]+$/.test(first)) return [];
  if (!listsVerb(runHelp, first)) return [first];
  const hasVerbs = helpOf(first).includes('\nCommands:');
  const second = words[1] ?? '';
  const isVerb = hasVerbs && /^[a-z]+$/.test(second);
  if (isVerb && !listsVerb(helpOf(first), second)) return [`${first} ${second}`];
  const help = helpOf(isVerb ? `${first} ${second}` : first);
  const options = words.filter((word) => word.startsWith('--') && word !== '--help');
  return options
    .map((option) => option.replace(/[=,.;:)\]|].*$/, ''))
    .filter((option) => !new RegExp(`(?<![\\w-])${option}(?![\\w-])`).test(help));
}

const runHelp = runPortolan(['--help']).stdout;

describe('the documents', () => {
  it.each(documents)('%s links to files that are there', (document) => {
    const links = relativeLinks(readFileSync(document, 'utf8'));
    expect(links.filter((link) => !existsSync(join(dirname(document), link)))).toEqual([]);
  });

  // The architecture also names commands that are still to come.
  const ofToday = documents.filter((document) => document !== 'ARCHITECTURE.md');
  it.each(ofToday)('%s shows commands and options that exist', (document) => {
    const calls = shownCommands(readFileSync(document, 'utf8'));
    const unknown = calls.flatMap((call) =>
      unknownParts(call).map((part) => `${part} in: portolan ${call}`),
    );
    expect(unknown).toEqual([]);
  });

  it('finds the calls that it should look at', () => {
    expect(shownCommands(readFileSync('README.md', 'utf8')).length).toBeGreaterThan(5);
    expect(unknownParts('attack show T1059 --nonsense')).toEqual(['--nonsense']);
    expect(unknownParts('attack dance')).toEqual(['attack dance']);
    expect(unknownParts('dance')).toEqual(['dance']);
  });
});
