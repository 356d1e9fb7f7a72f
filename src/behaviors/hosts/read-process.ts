import type { Reading } from '../reading.js';

/** A process that was started. */
export interface ProcessStart {
  /** File name of the program, lower case, without `.exe`. */
  readonly program: string;
  readonly parent: string;
  readonly commandLine: string;
  /** The command line after the program, lower case. */
  readonly args: string;
  /** Lower case. */
  readonly user: string;
}

export const PROCESS_FIELDS = ['Image', 'CommandLine', 'ParentImage', 'User'];
const MAX_ARGUMENTS = 8;

/** Undefined when the event does not say which program. */
export function readProcess(reading: Reading): ProcessStart | undefined {
  const commandLine = reading.text('CommandLine', 'proctitle') || joinArguments(reading);
  const written = reading.text('Image', 'exe') || firstWord(commandLine);
  const program = programName(written);
  if (program === '') return undefined;
  return {
    program,
    parent: programName(reading.text('ParentImage')),
    commandLine,
    args: commandLine.slice(firstWord(commandLine).length).trim().toLowerCase(),
    user: (reading.text('User', 'user.name') || (reading.event.user ?? '')).toLowerCase(),
  };
}

/** The arguments of a record of the Linux audit system. */
function joinArguments(reading: Reading): string {
  const words = Array.from({ length: MAX_ARGUMENTS }, (_, index) => reading.text(`a${index}`));
  return words.filter((word) => word !== '').join(' ');
}

function firstWord(commandLine: string): string {
  return /^\s*("[^"]*"|\S+)/.exec(commandLine)?.[0] ?? '';
}

export function programName(path: string): string {
  const plain = path.replaceAll('"', '').trim().toLowerCase();
  return (plain.split(/[\\/]/).at(-1) ?? '').replace(/\.exe$/, '');
}
