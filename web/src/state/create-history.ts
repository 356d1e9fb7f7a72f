import { createStore, type Store } from './create-store.js';

/** A state with the states before and after it. */
export interface Timeline<T> {
  readonly present: T;
  /** Oldest first. */
  readonly past: readonly Step<T>[];
  /** Next one first. */
  readonly future: readonly Step<T>[];
}

/** A state that can be gone back to, and what was done to leave it. */
interface Step<T> {
  readonly state: T;
  /** What was done, for people: `score 4 techniques`. */
  readonly label: string;
  readonly merge: string | undefined;
}

/** A state whose changes can be undone and redone. */
export interface History<T> extends Pick<Store<Timeline<T>>, 'subscribe' | 'current'> {
  present(): T;
  /**
   * Makes `next` the state.
   *
   * @param merge steps in a row with one such word count as one: typing, dragging, moving a selection.
   */
  commit(label: string, next: T, merge?: string): void;
  /** Changes the present without a step: what is no act of the user, or is nothing to go back to. */
  amend(next: T): void;
  /** @returns what was undone; undefined when there is nothing. */
  undo(): string | undefined;
  redo(): string | undefined;
}

const DEFAULT_LIMIT = 300;

/** The timeline after a commit; equal states leave it as it is. */
function committed<T>(
  timeline: Timeline<T>,
  step: { readonly label: string; readonly next: T; readonly merge: string | undefined },
  limit = DEFAULT_LIMIT,
): Timeline<T> {
  const { present, past } = timeline;
  if (Object.is(step.next, present)) return timeline;
  const last = past.at(-1);
  const merges = step.merge !== undefined && last?.merge === step.merge;
  const kept = merges ? past : [...past, { state: present, label: step.label, merge: step.merge }];
  return { present: step.next, past: kept.slice(-limit), future: [] };
}

/** One step back; the same timeline when there is none. */
function undone<T>({ present, past, future }: Timeline<T>): Timeline<T> {
  const last = past.at(-1);
  if (last === undefined) return { present, past, future };
  const step = { state: present, label: last.label, merge: undefined };
  return { present: last.state, past: past.slice(0, -1), future: [step, ...future] };
}

/** One step forward; the same timeline when there is none. */
function redone<T>({ present, past, future }: Timeline<T>): Timeline<T> {
  const [next, ...rest] = future;
  if (next === undefined) return { present, past, future };
  const step = { state: present, label: next.label, merge: undefined };
  return { present: next.state, past: [...past, step], future: rest };
}

/** A history that begins with `initial`. @param limit steps that are kept. */
export function createHistory<T>(initial: T, limit = DEFAULT_LIMIT): History<T> {
  const store = createStore<Timeline<T>>({ present: initial, past: [], future: [] });
  return {
    current: store.current,
    subscribe: store.subscribe,
    present: () => store.current().present,
    commit: (label, next, merge) =>
      store.set(committed(store.current(), { label, next, merge }, limit)),
    amend: (next) => store.set({ ...store.current(), present: next }),
    undo() {
      const label = store.current().past.at(-1)?.label;
      if (label !== undefined) store.set(undone(store.current()));
      return label;
    },
    redo() {
      const label = store.current().future[0]?.label;
      if (label !== undefined) store.set(redone(store.current()));
      return label;
    },
  };
}
