import type { MoveOrder, VehicleReport } from '../../public/messages.js';

/** A line of Palisade's published text protocol that we cannot use. */
export class TelegramError extends Error {
  override readonly name = 'TelegramError';
}

const FAULTS: Readonly<Record<string, string>> = {
  E1: 'lift blocked',
  E2: 'load overhang',
  E3: 'rail sensor lost',
  E4: 'deck temperature',
};

/**
 * Reads a telegram such as `ST 14 x=3 y=7 lv=2 soc=81 load=1 err=-`. Fields may come in any order and unknown fields are
 * ignored, as the published interface asks of every client.
 */
export function readTelegram(line: string): VehicleReport {
  const [kind, vehicle, ...fields] = line.trim().split(/\s+/);
  if (kind !== 'ST') throw new TelegramError(`a telegram of kind "${kind ?? ''}"`);
  const values = new Map<string, string>();
  for (const field of fields) {
    const at = field.indexOf('=');
    if (at < 1) throw new TelegramError(`the field "${field}" has no value`);
    values.set(field.slice(0, at), field.slice(at + 1));
  }
  const number = (name: string): number => {
    const value = Number(values.get(name) ?? NaN);
    if (!Number.isFinite(value)) throw new TelegramError(`the field "${name}" is missing or no number`);
    return value;
  };
  const error = values.get('err') ?? '-';
  return {
    vehicle: Number(vehicle),
    make: 'palisade-shuttle',
    cell: { x: number('x'), y: number('y') },
    charge: Math.min(1, Math.max(0, number('soc') / 100)),
    carrying: values.get('load') === '1',
    ...(error === '-' ? {} : { fault: FAULTS[error] ?? `unknown fault ${error}` }),
  };
}

/** The telegram that carries a route: cells as `x.y`, a wait as `w`. */
export function routeTelegram(order: MoveOrder): string {
  const steps = order.route.map((cell, i) => {
    const before = order.route[i - 1];
    return before !== undefined && before.x === cell.x && before.y === cell.y ? 'w' : `${cell.x}.${cell.y}`;
  });
  return `RT ${order.vehicle} t=${order.start} ${steps.join(' ')}`;
}
