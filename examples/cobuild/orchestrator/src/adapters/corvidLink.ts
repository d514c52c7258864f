import type { Cell, MoveOrder, VehicleReport } from '../../public/messages.js';

/** Frames of one C4 session, in both directions. */
export interface CorvidSession {
  readonly vehicle: number;
  readonly key: number;
  /** The next sequence number that the vehicle expects. */
  sequence: number;
}

export class LinkError extends Error {
  override readonly name = 'LinkError';
}

const CELL_MILLIMETRES = 1200;

// TERMS-BEGIN asset=corvid-protocol
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

/** The frames that carry a route to its vehicle; the session's sequence moves on by one a frame. */
export function routeFrames(session: CorvidSession, order: MoveOrder): Uint8Array[] {
  if (order.vehicle !== session.vehicle) throw new LinkError('this order is for another vehicle');
  const legs = legsOf(order.route);
  const frames: Uint8Array[] = [];
  for (let first = 0; first < Math.max(1, legs.length); first += LEGS_PER_FRAME) {
    const part = legs.slice(first, first + LEGS_PER_FRAME);
    const last = first + LEGS_PER_FRAME >= legs.length;
    const body = whiten(Uint8Array.from([last ? 1 : 0, part.length, ...part]), session.key, session.sequence);
    frames.push(frame(session, KIND_ROUTE, body));
    session.sequence = (session.sequence + 1) & 0xffff;
  }
  return frames;
}

/** The report in a status frame. Throws a `LinkError` that names what is wrong with it. */
export function readStatus(session: CorvidSession, bytes: Uint8Array): VehicleReport {
  if (bytes[0] !== SYNC) throw new LinkError('the frame does not start with the sync byte');
  if (bytes.length !== 6 + STATUS_LENGTH) throw new LinkError(`a status frame of ${bytes.length} bytes`);
  const body = bytes.subarray(4, bytes.length - 2);
  const stated = (bytes[bytes.length - 2]! << 8) | bytes[bytes.length - 1]!;
  if (bytes[1] !== KIND_STATUS || tally(bytes.subarray(1, bytes.length - 2)) !== stated) {
    throw new LinkError('the frame is damaged');
  }
  const sequence = (bytes[2]! << 8) | bytes[3]!;
  // TERMS-BEGIN asset=corvid-protocol
  const plain = whiten(body, session.key, sequence);
  const view = new DataView(plain.buffer, plain.byteOffset, plain.byteLength);
  const flags = view.getUint8(0);
  const x = view.getInt32(1, true);
  const y = view.getInt32(5, true);
  // Charge is sent as the cell voltage above 2.9 V in steps of 5 mV and runs through a fixed knee, not linearly.
  const above = view.getUint8(9) * 0.005;
  const charge = above < 0.35 ? (above / 0.35) * 0.12 : Math.min(1, 0.12 + ((above - 0.35) / 0.55) * 0.88);
  const faultCode = view.getUint16(10, true);
  // TERMS-END
  return {
    vehicle: session.vehicle,
    make: 'corvid-c4',
    cell: { x: Math.round(x / CELL_MILLIMETRES), y: Math.round(y / CELL_MILLIMETRES) },
    charge,
    carrying: (flags & 1) === 1,
    ...(faultCode === 0 ? {} : { fault: `C4-${faultCode.toString(16).padStart(4, '0')}` }),
  };
}

/** A status frame as a vehicle would send it; the simulator uses it. */
export function statusFrame(session: CorvidSession, millimetres: Cell, cellSteps: number, carrying: boolean, fault = 0): Uint8Array {
  const body = new Uint8Array(STATUS_LENGTH);
  const view = new DataView(body.buffer);
  view.setUint8(0, carrying ? 1 : 0);
  view.setInt32(1, millimetres.x, true);
  view.setInt32(5, millimetres.y, true);
  view.setUint8(9, cellSteps);
  view.setUint16(10, fault, true);
  return frame(session, KIND_STATUS, whiten(body, session.key, session.sequence));
}

function frame(session: CorvidSession, kind: number, body: Uint8Array): Uint8Array {
  const head = [kind, session.sequence >> 8, session.sequence & 0xff];
  const sum = tally(Uint8Array.from([...head, ...body]));
  return Uint8Array.from([SYNC, ...head, ...body, sum >> 8, sum & 0xff]);
}
