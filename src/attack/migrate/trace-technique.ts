import { compareVersions } from '../compare-versions.js';
import { choosePredecessor } from './choose-predecessor.js';
import type { Edition, Editions } from './edition.js';
import { findEnvironment } from './environments.js';
import type { MigrationContext } from './migration.js';
import { SPLITS, type Split } from './splits.table.js';
import { lessSure, type Trace } from './trace.js';

/** From where to where, as places in `editions`. */
export interface TraceOptions {
  readonly editions: Editions;
  readonly fromIndex: number;
  readonly toIndex: number;
  readonly context: MigrationContext;
}

/** Follows one id from edition to edition. The id is kept, for a person to decide, where nothing leads on. */
export function traceTechnique(techniqueId: string, options: TraceOptions): Trace {
  const { editions, fromIndex, toIndex } = options;
  const start = startingEdition(techniqueId, options);
  if (start === undefined) return unknownId(techniqueId);
  if (start.index === fromIndex) return walk(keep(techniqueId), fromIndex, options);
  const trace = walk(keep(techniqueId), start.index, options);
  const known = editions[start.index]?.version;
  if (start.index === toIndex && trace.techniqueId === techniqueId) {
    return { ...trace, reason: `${techniqueId} is an id of ATT&CK ${known} already` };
  }
  return { ...trace, reason: `${techniqueId} is an id of ATT&CK ${known}; ${trace.reason}` };
}

function keep(techniqueId: string): Trace {
  return { techniqueId, decision: 'automatic', reason: 'the id stays', alternatives: [] };
}

function unknownId(techniqueId: string): Trace {
  return {
    techniqueId,
    decision: 'needs-person',
    reason: `${techniqueId} is in no known ATT&CK version; kept`,
    alternatives: [],
  };
}

/**
 * The edition that an id really belongs to: the one asked for when it knows the id; else the nearest that has it active,
 * the wanted side first; else any that knows it.
 */
function startingEdition(
  techniqueId: string,
  { editions, fromIndex, toIndex }: TraceOptions,
): { readonly index: number } | undefined {
  if (editions[fromIndex]?.technique(techniqueId) !== undefined) return { index: fromIndex };
  const places = editions
    .map((edition, index) => ({ edition, index }))
    .filter(({ edition }) => edition.technique(techniqueId) !== undefined);
  const active = places.filter(({ edition }) => edition.active(techniqueId) !== undefined);
  const candidates = active.length > 0 ? active : places;
  const distance = (index: number): number =>
    Math.abs(index - fromIndex) -
    (Math.sign(index - fromIndex) === Math.sign(toIndex - fromIndex) ? 0.5 : 0);
  candidates.sort((a, b) => distance(a.index) - distance(b.index));
  return candidates[0];
}

function walk(start: Trace, startIndex: number, options: TraceOptions): Trace {
  const { editions, toIndex, context } = options;
  const first = editions[startIndex];
  if (first === undefined) return start;
  let trace = followRevocations(start, first, context);
  const step = toIndex >= startIndex ? 1 : -1;
  for (let index = startIndex; index !== toIndex; index += step) {
    const [here, next] = [editions[index], editions[index + step]];
    if (here === undefined || next === undefined || trace.decision === 'needs-person') break;
    trace =
      step === 1
        ? followRevocations(trace, next, context)
        : stepBack(trace, { here, next, context });
  }
  return trace;
}

function followRevocations(trace: Trace, edition: Edition, context: MigrationContext): Trace {
  let current = trace;
  const seen = new Set<string>();
  for (;;) {
    const technique = edition.technique(current.techniqueId);
    if (technique?.status === 'active') return current;
    if (technique === undefined) return lost(current, `is not in ATT&CK ${edition.version}`);
    if (technique.status === 'deprecated') {
      return lost(current, `is deprecated in ATT&CK ${edition.version}, without successor`);
    }
    const successor = edition.revokedBy(technique);
    if (successor === undefined) {
      return lost(current, `is revoked in ATT&CK ${edition.version}, without successor`);
    }
    if (seen.has(current.techniqueId)) {
      return lost(current, `is revoked in a circle in ATT&CK ${edition.version}`);
    }
    seen.add(current.techniqueId);
    const split = SPLITS.find(
      ({ techniqueId, since }) =>
        techniqueId === current.techniqueId && compareVersions(edition.version, since) >= 0,
    );
    current =
      split === undefined
        ? extend(current, {
            techniqueId: successor.attackId,
            decision: 'automatic',
            reason: `${current.techniqueId} is revoked by ${successor.attackId} ${successor.name} in ATT&CK ${edition.version}`,
            alternatives: [],
          })
        : extend(
            current,
            chooseOfSplit(split, { edition, successorId: successor.attackId, context }),
          );
  }
}

function lost(trace: Trace, why: string): Trace {
  return extend(trace, {
    techniqueId: trace.techniqueId,
    decision: 'needs-person',
    reason: `${trace.techniqueId} ${why}; kept`,
    alternatives: [],
  });
}

interface SplitChoice {
  readonly edition: Edition;
  readonly successorId: string;
  readonly context: MigrationContext;
}

function chooseOfSplit(split: Split, { edition, successorId, context }: SplitChoice): Trace {
  const known = Object.values(split.targets).filter((id) => edition.active(id) !== undefined);
  const all = [successorId, ...known];
  const became = `${split.techniqueId} became ${all.join(', ')} in ATT&CK ${edition.version}`;
  const found = findEnvironment(context);
  if (found === undefined) {
    return {
      techniqueId: successorId,
      decision: 'suggested',
      reason: `${became}; nothing says which, so ${successorId}, where revoked-by points`,
      alternatives: known,
    };
  }
  const target = split.targets[found.environment] ?? successorId;
  const techniqueId = edition.active(target) === undefined ? successorId : target;
  return {
    techniqueId,
    decision: found.source === 'text' ? 'suggested' : 'automatic',
    reason: `${became}; ${techniqueId} because of ${found.because}`,
    alternatives: all.filter((id) => id !== techniqueId),
  };
}

interface StepBack {
  readonly here: Edition;
  readonly next: Edition;
  readonly context: MigrationContext;
}

function stepBack(trace: Trace, { here, next, context }: StepBack): Trace {
  const technique = here.active(trace.techniqueId);
  if (technique === undefined) return lost(trace, `is not in ATT&CK ${here.version}`);
  const choice = choosePredecessor(technique, { here, older: next, context });
  return choice === undefined ? trace : extend(trace, choice);
}

function extend(trace: Trace, step: Trace): Trace {
  const isFirst = trace.reason === 'the id stays';
  return {
    techniqueId: step.techniqueId,
    decision: lessSure(trace.decision, step.decision),
    reason: isFirst ? step.reason : `${trace.reason}; ${step.reason}`,
    alternatives: step.alternatives.length > 0 ? step.alternatives : trace.alternatives,
  };
}
