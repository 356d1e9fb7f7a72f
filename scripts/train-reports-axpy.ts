/** 32-bit floats in one memory, and the sum that most of training is spent in. */
export interface FloatMemory {
  readonly floats: Float32Array;
  /**
   * Adds `factor` times one row of floats to another, four at once.
   *
   * @param to place of the first float that is added to; a multiple of 4, as are `from` and `length`.
   */
  readonly addScaled: (to: number, from: number, length: number, factor: number) => void;
}

/** What is used of the global WebAssembly, which the types of Node.js do not declare. */
interface WebAssemblyParts {
  readonly Memory: new (limits: { initial: number; maximum: number }) => { buffer: ArrayBuffer };
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (
    module: object,
    imports: object,
  ) => {
    readonly exports: Readonly<Record<string, unknown>>;
  };
}

const PAGE_BYTES = 65_536;

/** Memory for so many floats, all 0. JavaScript alone takes four times as long: it does not use the processor's vectors. */
export function createFloatMemory(length: number): FloatMemory {
  const pages = Math.ceil((length * 4) / PAGE_BYTES);
  const { Memory, Module, Instance } = (globalThis as unknown as { WebAssembly: WebAssemblyParts })
    .WebAssembly;
  const memory = new Memory({ initial: pages, maximum: pages });
  const module = new Module(new Uint8Array(MODULE.flat()));
  const { exports } = new Instance(module, { m: { m: memory } });
  const add = exports['a'] as (to: number, from: number, end: number, factor: number) => void;
  return {
    floats: new Float32Array(memory.buffer),
    // biome-ignore lint/complexity/useMaxParams: called a billion times; a record each would cost more than the sum.
    addScaled: (to, from, count, factor) => add(to * 4, from * 4, (to + count) * 4, factor),
  };
}

const [I32, F32, V128] = [0x7f, 0x7d, 0x7b];
const read = (local: number) => [0x20, local];
const write = (local: number) => [0x21, local];
const LOAD = [0xfd, 0x00, 0x04, 0x00];
const STORE = [0xfd, 0x0b, 0x04, 0x00];
const SPLAT = [0xfd, 0x13];
const MULTIPLY = [0xfd, 0xe6, 0x01];
const ADD = [0xfd, 0xe4, 0x01];
const step = (local: number) => [...read(local), 0x41, 16, 0x6a, ...write(local)];

/** Parameters: 0 = to, 1 = from, 2 = end of to, in bytes; 3 = factor. Local 4: the factor four times. */
const BODY = [
  ...[1, 1, V128],
  ...[...read(3), ...SPLAT, ...write(4)],
  ...[0x03, 0x40], // loop
  ...[
    ...read(0),
    ...read(0),
    ...LOAD,
    ...read(1),
    ...LOAD,
    ...read(4),
    ...MULTIPLY,
    ...ADD,
    ...STORE,
  ],
  ...[...step(0), ...step(1)],
  ...[...read(0), ...read(2), 0x49, 0x0d, 0x00], // again while to < end
  ...[0x0b, 0x0b],
];

// Source: WebAssembly Core Specification 2.0, "Binary Format" and "Vector Instructions".
const section = (id: number, content: readonly number[]) => [id, content.length, ...content];
const MODULE = [
  [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
  section(1, [1, 0x60, 4, I32, I32, I32, F32, 0]),
  // Memory `m` of module `m`, with bounds of 1 to 65,536 pages.
  section(2, [1, 1, 0x6d, 1, 0x6d, 0x02, 0x01, 0x01, 0x80, 0x80, 0x04]),
  section(3, [1, 0]),
  section(7, [1, 1, 0x61, 0, 0]),
  section(10, [1, BODY.length, ...BODY]),
];
