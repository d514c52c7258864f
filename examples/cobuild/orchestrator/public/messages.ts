// What vehicles and the orchestrator say to each other. This folder is open to everybody in the programme.

export type VehicleMake = 'corvid-c4' | 'palisade-shuttle';

/** A cell of the floor grid; x to the right, y downwards. */
export interface Cell {
  readonly x: number;
  readonly y: number;
}

export interface VehicleReport {
  readonly vehicle: number;
  readonly make: VehicleMake;
  readonly cell: Cell;
  /** 0 is empty, 1 is full. */
  readonly charge: number;
  readonly carrying: boolean;
  readonly fault?: string;
}

export interface MoveOrder {
  readonly vehicle: number;
  /** Cells in order; the vehicle is on cell `i` at tick `start + i`. Waiting repeats a cell. */
  readonly route: readonly Cell[];
  readonly start: number;
}

export const sameCell = (a: Cell, b: Cell): boolean => a.x === b.x && a.y === b.y;
