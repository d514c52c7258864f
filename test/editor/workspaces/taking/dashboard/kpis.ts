export interface Tile {
  readonly label: string;
  readonly value: number;
}

export const tiles: Tile[] = [];

