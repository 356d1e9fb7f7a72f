import { createReadStream } from 'node:fs';
import {
  detectCollector,
  type Event,
  jsonCollector,
  type Logsource,
  type OpenLog,
  openLogs,
} from '../collectors/index.js';
import type { Issue } from '../model/index.js';
import { createEventKindCounter, type EventKindCounter } from './map-event-kinds.js';
import { type ShownMatches, toMatchedEvent } from './map-matched-event.js';
import type { RuleMatcher } from './map-matcher.js';
import { clipText } from './map-text.js';
import type { LogSummary, MapUnit, MatchedEvent, UnitBatch } from './map-unit.js';

/** Pieces of evidence that are kept of a technique, rule or host. */
export const MAX_EVIDENCE = 5;

/** Events that are kept whole of a rule on a host. */
const MAX_WHOLE_EVENTS = 25;

const BATCH_ITEMS = 500;

/** What readers need beside rules; plain, so that it can go to workers. */
export interface ReaderSetting {
  readonly since: string | undefined;
  readonly until: string | undefined;
  /** Whether behaviours run, which are given every event that they watch. */
  readonly behaviors: boolean;
  /** By rule: fields of an event that are kept when the rule fires, for what runs over the whole input. */
  readonly fieldsOf: readonly (readonly string[])[];
  /** Whether every match comes with its fields, and with its event. */
  readonly keepsEvents: boolean;
}

/** What readers work with. */
export interface ReaderParts {
  readonly matcher: RuleMatcher;
  readonly setting: ReaderSetting;
  /** Whether a behaviour looks at events of a logsource. */
  readonly isWatched: (logsource: Logsource) => boolean;
}

export interface UnitReader {
  /**
   * Reads a unit. What is wrong with a file is an Issue, and so is a fault of Portolan that a file brings out: the other
   * files must not suffer.
   *
   * @param onProgress called now and then with what was read of the unit so far.
   * @param signal ends the reading early.
   */
  read(unit: MapUnit, onProgress: UnitProgress, signal?: AbortSignal): AsyncGenerator<UnitBatch>;
}

export type UnitProgress = (progress: { readonly bytes: number; readonly events: number }) => void;

export function createUnitReader(parts: ReaderParts): UnitReader {
  return {
    async *read(unit, onProgress, signal) {
      const shown: ShownMatches = new Map();
      const context = {
        ...parts,
        unit,
        onProgress,
        signal,
        shown,
        maxShown: parts.setting.keepsEvents ? MAX_WHOLE_EVENTS : MAX_EVIDENCE,
        events: 0,
      };
      const issueOf = (issue: Issue): UnitBatch => ({
        unit: unit.index,
        source: unit.path,
        matched: [],
        issues: [issue],
        log: undefined,
      });
      try {
        if (unit.part !== undefined) yield* readPart(unit.part, context);
        else
          for await (const log of openLogs(unit.path))
            if (log.kind === 'issue') yield issueOf(log);
            else yield* readWhole(log, context);
      } catch (error) {
        yield issueOf(failureOf(unit.path, error));
      }
    },
  };
}

interface ReadContext extends ReaderParts {
  readonly unit: MapUnit;
  readonly onProgress: UnitProgress;
  readonly signal: AbortSignal | undefined;
  /** Rule → host → matches of which the fields were kept. */
  readonly shown: ShownMatches;
  readonly maxShown: number;
  events: number;
}

function failureOf(source: string, error: unknown): Issue {
  const at = { source };
  if (error instanceof Error && 'syscall' in error) {
    const code = 'code' in error ? String(error.code) : '';
    const reason = code === 'ENOENT' ? 'is no longer there' : `cannot be read (${code})`;
    return { kind: 'issue', code: 'FILE_UNREADABLE', message: reason, at };
  }
  const words = error instanceof Error ? error.message : String(error);
  const message = `a fault in Portolan ended the reading of it: ${clipText(words, 200)}`;
  return { kind: 'issue', code: 'READING_FAILED', message, at };
}

function readWhole({ source, file }: OpenLog, context: ReadContext): AsyncGenerator<UnitBatch> {
  const collector = detectCollector(source, file.head);
  const { chunks, modified, bytesRead } = file;
  return readLog(context, {
    source,
    batches: collector?.read({ source, chunks, modified }),
    format: collector?.name,
    isEmpty: file.head.length === 0,
    bytesRead,
    linesRead: () => 0,
    issues: file.issues,
  });
}

function readPart(
  { start, end }: { readonly start: number; readonly end: number },
  context: ReadContext,
): AsyncGenerator<UnitBatch> {
  const { path } = context.unit;
  const counts = { bytes: 0, lines: 0 };
  const stream = createReadStream(path, { start, end: end - 1, highWaterMark: 256 * 1024 });
  const counted = async function* (): AsyncGenerator<Uint8Array> {
    for await (const chunk of stream) {
      const bytes: Buffer = chunk;
      counts.bytes += bytes.length;
      for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) counts.lines += 1;
      yield bytes;
    }
  };
  return readLog(context, {
    source: path,
    batches: jsonCollector.read({ source: path, chunks: counted() }),
    format: jsonCollector.name,
    isEmpty: false,
    bytesRead: () => counts.bytes,
    linesRead: () => counts.lines,
    issues: [],
  });
}

interface LogInput {
  readonly source: string;
  /** Undefined when no collector knows the format. */
  readonly batches: ReturnType<typeof jsonCollector.read> | undefined;
  readonly format: string | undefined;
  readonly isEmpty: boolean;
  readonly bytesRead: () => number;
  readonly linesRead: () => number;
  /** Of the file itself; whole when it is read. */
  readonly issues: readonly Issue[];
}

async function* readLog(context: ReadContext, input: LogInput): AsyncGenerator<UnitBatch> {
  const { unit, matcher, isWatched } = context;
  const reading = new LogReading(
    context,
    createEventKindCounter({ isCovered: (one) => matcher.isCovered(one), isWatched }),
  );
  const { source } = input;
  try {
    for await (const { events, issues } of input.batches ?? []) {
      for (const event of events) reading.take(event);
      reading.issues.push(...issues);
      context.events += events.length;
      context.onProgress({ bytes: input.bytesRead(), events: context.events });
      if (context.signal?.aborted === true) return;
      if (reading.size >= BATCH_ITEMS)
        yield { unit: unit.index, source, ...reading.flush(), log: undefined };
    }
  } catch (error) {
    reading.issues.push(failureOf(source, error));
  }
  reading.issues.push(...input.issues);
  const log = reading.summary(input);
  yield { unit: unit.index, source, ...reading.flush(), log };
}

/** What is gathered of one log. */
class LogReading {
  readonly issues: Issue[] = [];
  readonly #context: ReadContext;
  readonly #kinds: EventKindCounter;
  #matched: MatchedEvent[] = [];
  #events = 0;
  #covered = 0;
  #outsideTime = 0;
  #withoutTime = 0;
  #firstTime: string | undefined;
  #lastTime: string | undefined;

  constructor(context: ReadContext, kinds: EventKindCounter) {
    this.#context = context;
    this.#kinds = kinds;
  }

  get size(): number {
    return this.#matched.length + this.issues.length;
  }

  take(event: Event): void {
    this.#events += 1;
    const { isCovered, isWatched } = this.#kinds.add(event);
    if (isCovered) this.#covered += 1;
    if (!this.#isInTime(event.time)) {
      this.#outsideTime += 1;
      return;
    }
    const fired = this.#context.matcher.match(event);
    if (fired.length === 0 && !isWatched) return;
    this.#matched.push(toMatchedEvent(event, { fired, isWatched }, this.#context));
  }

  #isInTime(time: string | undefined): boolean {
    if (time === undefined) {
      this.#withoutTime += 1;
      return true;
    }
    if (this.#firstTime === undefined || time < this.#firstTime) this.#firstTime = time;
    if (this.#lastTime === undefined || time > this.#lastTime) this.#lastTime = time;
    const { since, until } = this.#context.setting;
    return (since === undefined || time >= since) && (until === undefined || time < until);
  }

  flush(): Pick<UnitBatch, 'matched' | 'issues'> {
    const matched = this.#matched;
    this.#matched = [];
    return { matched, issues: this.issues.splice(0) };
  }

  summary({ format, isEmpty, bytesRead, linesRead }: LogInput): LogSummary {
    return {
      format,
      isEmpty,
      events: this.#events,
      coveredEvents: this.#covered,
      outsideTime: this.#outsideTime,
      withoutTime: this.#withoutTime,
      firstTime: this.#firstTime,
      lastTime: this.#lastTime,
      kinds: this.#kinds.kinds(),
      bytes: bytesRead(),
      lines: linesRead(),
    };
  }
}
