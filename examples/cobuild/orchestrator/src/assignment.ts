/**
 * The cheapest assignment of rows to columns: `result[row]` is a column, or -1 for a row that is left out. Costs of
 * `Infinity` forbid a pair. Hungarian method with potentials, O(rows² × columns) (Kuhn 1955; Jonker and Volgenant 1987).
 */
export function cheapestAssignment(costs: readonly (readonly number[])[]): number[] {
  const rows = costs.length;
  const realColumns = costs[0]?.length ?? 0;
  if (rows === 0) return [];
  // One spare column for each row stands for "left out"; it is dearer than every real pair together.
  const finite = costs.flat().filter(Number.isFinite);
  const spare = finite.reduce((sum, cost) => sum + Math.abs(cost), 1);
  const columns = realColumns + rows;
  const cost = (row: number, column: number): number => {
    if (column >= realColumns) return spare;
    const value = costs[row]![column]!;
    return Number.isFinite(value) ? value : spare * (rows + 1);
  };

  const rowPotential = new Float64Array(rows + 1);
  const columnPotential = new Float64Array(columns + 1);
  const rowOf = new Int32Array(columns + 1);
  const cameFrom = new Int32Array(columns + 1);
  for (let row = 1; row <= rows; row += 1) {
    const slack = new Float64Array(columns + 1).fill(Infinity);
    const used = new Uint8Array(columns + 1);
    rowOf[0] = row;
    let column = 0;
    do {
      used[column] = 1;
      const current = rowOf[column]!;
      let smallest = Infinity;
      let nearest = 0;
      for (let next = 1; next <= columns; next += 1) {
        if (used[next]) continue;
        const reduced = cost(current - 1, next - 1) - rowPotential[current]! - columnPotential[next]!;
        if (reduced < slack[next]!) {
          slack[next] = reduced;
          cameFrom[next] = column;
        }
        if (slack[next]! < smallest) {
          smallest = slack[next]!;
          nearest = next;
        }
      }
      for (let next = 0; next <= columns; next += 1) {
        if (used[next]) {
          rowPotential[rowOf[next]!]! += smallest;
          columnPotential[next]! -= smallest;
        } else {
          slack[next]! -= smallest;
        }
      }
      column = nearest;
    } while (rowOf[column] !== 0);
    while (column !== 0) {
      const previous = cameFrom[column]!;
      rowOf[column] = rowOf[previous]!;
      column = previous;
    }
  }

  const result = new Array<number>(rows).fill(-1);
  for (let column = 1; column <= realColumns; column += 1) {
    const row = rowOf[column]!;
    if (row > 0 && Number.isFinite(costs[row - 1]![column - 1]!)) result[row - 1] = column - 1;
  }
  return result;
}
