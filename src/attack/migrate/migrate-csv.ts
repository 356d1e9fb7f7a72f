import { applyEdits, type TextEdit } from './apply-edits.js';
import { findCsvColumns } from './csv-columns.js';
import {
  bodyRows,
  type CsvReading,
  contextOfRow,
  platformsOf,
  type TacticToken,
  type TechniqueToken,
  tacticTokens,
  techniqueTokens,
} from './csv-tokens.js';
import type { Migrator, VersionSighting } from './migration.js';
import type { MigrationStep, TextMigration, TextMove } from './migration-step.js';
import { type MovedName, moveRow } from './move-row.js';
import { type CsvCell, scanCsv } from './scan-csv.js';
import type { TacticNames } from './tactic-spelling.js';

/** Ids, tactics and platforms of a CSV text; what `detectVersion` asks for. */
export function sightCsv(text: string, migrator: Migrator): VersionSighting {
  // Between them the oldest and the newest version have every tactic.
  const versions = migrator.versions();
  const names = {
    from: migrator.tactics(versions[0] ?? ''),
    to: migrator.tactics(versions.at(-1) ?? ''),
  };
  const reading = readCsv(text, names);
  const rows = bodyRows(reading);
  return {
    techniqueIds: rows.flatMap((row) =>
      techniqueTokens(reading, row).map(({ techniqueId }) => techniqueId),
    ),
    // An id such as TA0005 is a tactic in every version, so it tells none apart.
    tactics: rows.flatMap((row) =>
      tacticTokens(reading, row, names).flatMap(({ raw, spelled }) =>
        /\d/.test(raw) ? [] : [spelled.shortname],
      ),
    ),
    platforms: rows.flatMap((row) => platformsOf(reading, row)),
  };
}

/**
 * Moves the technique ids and tactics of a CSV text. Which columns hold them is told by header or content; all other bytes stay.
 * A row with one technique is a list of (technique, tactic) pairs; one with several is moved like the tags of a rule.
 */
export function migrateCsv(text: string, { migrator, from, to }: TextMove): TextMigration {
  const names = { from: migrator.tactics(from), to: migrator.tactics(to) };
  const reading = readCsv(text, names);
  const edits: TextEdit[] = [];
  const steps: MigrationStep[] = [];
  for (const row of bodyRows(reading)) {
    const techniques = techniqueTokens(reading, row);
    const tactics = tacticTokens(reading, row, names);
    if (techniques.length === 0 && tactics.length === 0) continue;
    const moved = moveRow(migrator, {
      context: { ...contextOfRow(reading, row), from, to },
      techniqueIds: techniques.map(({ techniqueId }) => techniqueId),
      tactics: tactics.map(({ spelled }) => spelled.shortname),
    });
    const separator = reading.table.delimiter === ',' ? '; ' : ', ';
    const pieces = [
      ...techniques.map((token, index) =>
        toPiece(token, moved.techniques[index], (id) => spellTechnique(id, token)),
      ),
      ...tactics.map((token, index) => toPiece(token, moved.tactics[index], token.spelled.spell)),
    ];
    edits.push(...editCells(text, pieces, separator));
    steps.push(...pieces.flatMap((piece) => toStep(piece, reading.table.lines[row]) ?? []));
  }
  return {
    kind: 'text-migration',
    text: edits.length === 0 ? text : applyEdits(text, edits),
    steps,
  };
}

function readCsv(text: string, names: TacticNames): CsvReading {
  const table = scanCsv(text);
  return { text, table, columns: findCsvColumns(text, table, [...names.from, ...names.to]) };
}

/** A token of a row, what it means, and what is to stand there. */
interface Piece {
  readonly token: TechniqueToken | TacticToken;
  readonly moved: MovedName | undefined;
  /** Spelled like the token. */
  readonly names: readonly string[];
}

function toPiece(
  token: TechniqueToken | TacticToken,
  moved: MovedName | undefined,
  spell: (name: string) => string,
): Piece {
  return { token, moved, names: moved?.changed === true ? moved.names.map(spell) : [token.raw] };
}

/** A name that already stands in the cell, or that an earlier one becomes, is not written again. */
function editCells(text: string, pieces: readonly Piece[], separator: string): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  const takenIn = new Map<CsvCell, Set<string>>();
  for (const { token, moved, names } of pieces) {
    const taken = takenIn.get(token.cell) ?? new Set();
    takenIn.set(token.cell, taken);
    if (moved?.changed !== true) for (const name of names) taken.add(name);
  }
  for (const [index, { token, moved, names }] of pieces.entries()) {
    if (moved?.changed !== true) continue;
    const taken = takenIn.get(token.cell) ?? new Set();
    const fresh = names.filter((name) => !taken.has(name));
    for (const name of fresh) taken.add(name);
    edits.push(
      fresh.length > 0
        ? { start: token.start, end: token.end, text: fresh.join(separator) }
        : removeToken(text, token, pieces[index - 1]?.token),
    );
  }
  return edits;
}

/** Takes the separator before it along; where words stand between, the token alone goes. */
function removeToken(
  text: string,
  token: Piece['token'],
  before: Piece['token'] | undefined,
): TextEdit {
  if (before !== undefined && before.cell === token.cell) {
    const gap = text.slice(before.end, token.start);
    // A quote that is not closed runs over lines that are rows to the eye: their breaks stay.
    const isClosed = text[token.cell.end - 1] === '"';
    if (/^[\s,;|/&+]*$/.test(gap) && (isClosed || !/[\r\n]/.test(gap)))
      return { start: before.end, end: token.end, text: '' };
  }
  const after = /^[ ,;|/&+]*/.exec(text.slice(token.end, Math.min(token.end + 20, token.cell.end)));
  return { start: token.start, end: token.end + (after?.[0].length ?? 0), text: '' };
}

function toStep({ token, moved }: Piece, line: number | undefined): MigrationStep | undefined {
  if (moved === undefined || (!moved.changed && moved.decision === 'automatic')) return undefined;
  return {
    kind: 'migration-step',
    raw: token.raw,
    from: 'techniqueId' in token ? token.techniqueId : token.spelled.shortname,
    to: moved.names.join(', '),
    decision: moved.decision,
    reason: moved.reason,
    line,
  };
}

function spellTechnique(techniqueId: string, { raw, separator }: TechniqueToken): string {
  const spelled = techniqueId.replace('.', separator);
  return raw.startsWith('t') ? spelled.toLowerCase() : spelled;
}
