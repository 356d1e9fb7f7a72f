const MASK = (1n << 64n) - 1n;
const rotate = (lane: bigint, by: bigint): bigint => ((lane << by) | (lane >> (64n - by))) & MASK;
const RATE = 136;

// Source: The Keccak reference 3.0, sections 1.2 and 2.3: both tables follow from their rules.
const ROUND_CONSTANTS = roundConstants();
const OFFSETS = rotationOffsets();

function roundConstants(): readonly bigint[] {
  let register = 1;
  const bit = (): boolean => {
    const out = (register & 1) === 1;
    register = (register << 1) ^ ((register >> 7) * 0x171);
    return out;
  };
  // A register of eight bits, x^8 + x^6 + x^5 + x^4 + 1, gives the bits at the places 2^j - 1.
  return Array.from({ length: 24 }, () => {
    let constant = 0n;
    for (let j = 0n; j < 7n; j += 1n) if (bit()) constant |= 1n << ((1n << j) - 1n);
    return constant;
  });
}

function rotationOffsets(): readonly bigint[] {
  const offsets = new Array<bigint>(25).fill(0n);
  let [x, y] = [1, 0];
  for (let t = 0; t < 24; t += 1) {
    offsets[x + 5 * y] = BigInt((((t + 1) * (t + 2)) / 2) % 64);
    [x, y] = [y, (2 * x + 3 * y) % 5];
  }
  return offsets;
}

/** Keccak-256 as Ethereum and Monero use it: before NIST changed the padding for SHA-3. A few bytes a call. */
export function keccak256(bytes: Uint8Array): Uint8Array {
  const padded = new Uint8Array((Math.floor(bytes.length / RATE) + 1) * RATE);
  padded.set(bytes);
  padded[bytes.length] = 0x01;
  const last = padded.length - 1;
  padded[last] = (padded[last] ?? 0) | 0x80;
  const view = new DataView(padded.buffer);
  let state = new Array<bigint>(25).fill(0n);
  for (let at = 0; at < padded.length; at += RATE) {
    state = state.map((lane, index) =>
      index < RATE / 8 ? lane ^ view.getBigUint64(at + index * 8, true) : lane,
    );
    for (const constant of ROUND_CONSTANTS) state = permute(state, constant);
  }
  const digest = new DataView(new ArrayBuffer(32));
  for (let index = 0; index < 4; index += 1)
    digest.setBigUint64(index * 8, state[index] ?? 0n, true);
  return new Uint8Array(digest.buffer);
}

function permute(state: readonly bigint[], constant: bigint): bigint[] {
  const lane = (lanes: readonly bigint[], index: number): bigint => lanes[index] ?? 0n;
  const columns = [0, 1, 2, 3, 4].map((x) =>
    [0, 5, 10, 15, 20].reduce((sum, y) => sum ^ lane(state, x + y), 0n),
  );
  const mixed = state.map(
    (one, index) =>
      one ^ lane(columns, ((index % 5) + 4) % 5) ^ rotate(lane(columns, ((index % 5) + 1) % 5), 1n),
  );
  const moved = new Array<bigint>(25).fill(0n);
  for (let x = 0; x < 5; x += 1)
    for (let y = 0; y < 5; y += 1)
      moved[y + 5 * ((2 * x + 3 * y) % 5)] = rotate(
        lane(mixed, x + 5 * y),
        OFFSETS[x + 5 * y] ?? 0n,
      );
  return moved.map((one, index) => {
    const row = index - (index % 5);
    const [next, after] = [
      lane(moved, row + ((index + 1) % 5)),
      lane(moved, row + ((index + 2) % 5)),
    ];
    const chi = one ^ (~next & MASK & after);
    return index === 0 ? chi ^ constant : chi;
  });
}
