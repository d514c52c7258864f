// Layout of the C4 link, revision 7, as disclosed by Corvid Motion GmbH under clause B.2.1.
const SYNC = 0xc4;
const KIND_ROUTE = 0x21;
const KIND_STATUS = 0x42;
const STATUS_LENGTH = 12;
const LEGS_PER_FRAME = 30;

/** The keystream of a session: a 16-bit Galois register, stepped eight times a byte, seeded by key and sequence. */
function whiten(bytes: Uint8Array, key: number, sequence: number): Uint8Array {
  let state = ((key ^ (sequence * 0x9e37)) & 0xffff) || 0xace1;
  return bytes.map((byte) => {
    for (let i = 0; i < 8; i += 1) state = (state >> 1) ^ (state & 1 ? 0xb400 : 0);
    return byte ^ (state & 0xff);
  });
}

/** Two interleaved sums with different starting values, so that swapped halves are noticed. */
function tally(bytes: Uint8Array): number {
  let even = 0x1f;
  let odd = 0x3d;
  bytes.forEach((byte, i) => {
    if (i % 2 === 0) even = (even + byte) % 251;
    else odd = (odd + byte + even) % 241;
  });
  return (even << 8) | odd;
}

/** Straight legs instead of cells: a leg is a direction in two bits and a length in six. */
function legsOf(route: readonly Cell[]): number[] {
  const legs: number[] = [];
  let run = 0;
  let heading = -1;
  const flush = () => {
    if (run > 0) legs.push((heading << 6) | run);
    run = 0;
  };
  for (let i = 1; i < route.length; i += 1) {
    const dx = route[i]!.x - route[i - 1]!.x;
    const dy = route[i]!.y - route[i - 1]!.y;
    if (dx === 0 && dy === 0) {
      // Waiting is a leg of length zero in the present heading; the vehicle holds for one tick.
      flush();
      legs.push(Math.max(0, heading) << 6);
      continue;
    }
    const next = dx === 1 ? 0 : dy === 1 ? 1 : dx === -1 ? 2 : 3;
    if (next !== heading || run === 63) flush();
    heading = next;
    run += 1;
  }
  flush();
  return legs;
}
// TERMS-END
