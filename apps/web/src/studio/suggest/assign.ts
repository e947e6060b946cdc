/** The best one-to-one pairing in total (Hungarian method), not the best for the row that comes first. */

/** A possible pair with its worth; rows and columns are any indices. */
export interface Candidate {
  readonly row: number;
  readonly column: number;
  readonly score: number;
}

const filled = <T>(length: number, value: T): T[] => Array.from({ length }, () => value);

/** Shortest augmenting paths with potentials on a square matrix of costs; gives the column of each row. */
function solve(costs: readonly (readonly number[])[]): number[] {
  const size = costs.length;
  const rowPotential = filled(size + 1, 0);
  const columnPotential = filled(size + 1, 0);
  const rowOf = filled(size + 1, 0);
  for (let row = 1; row <= size; row += 1) {
    const way = filled(size + 1, 0);
    const least = filled(size + 1, Infinity);
    const used = filled(size + 1, false);
    rowOf[0] = row;
    let column = 0;
    do {
      used[column] = true;
      const current = rowOf[column] ?? 0;
      let delta = Infinity;
      let next = 0;
      for (let each = 1; each <= size; each += 1) {
        if (used[each]) continue;
        const cost =
          (costs[current - 1]?.[each - 1] ?? 0) - (rowPotential[current] ?? 0) - (columnPotential[each] ?? 0);
        if (cost < (least[each] ?? Infinity)) {
          least[each] = cost;
          way[each] = column;
        }
        if ((least[each] ?? Infinity) < delta) {
          delta = least[each] ?? Infinity;
          next = each;
        }
      }
      for (let each = 0; each <= size; each += 1) {
        if (used[each]) {
          const owner = rowOf[each] ?? 0;
          rowPotential[owner] = (rowPotential[owner] ?? 0) + delta;
          columnPotential[each] = (columnPotential[each] ?? 0) - delta;
        } else least[each] = (least[each] ?? Infinity) - delta;
      }
      column = next;
    } while (rowOf[column] !== 0);
    while (column !== 0) {
      const previous = way[column] ?? 0;
      rowOf[column] = rowOf[previous] ?? 0;
      column = previous;
    }
  }
  const result = filled(size, -1);
  for (let column = 1; column <= size; column += 1) result[(rowOf[column] ?? 1) - 1] = column - 1;
  return result;
}

/** Candidates that hang together; pairing is solved per group, which keeps the matrices small. */
function groupsOf(candidates: readonly Candidate[]): Candidate[][] {
  const parent = new Map<string, string>();
  const find = (key: string): string => {
    const up = parent.get(key) ?? key;
    if (up === key) return key;
    const top = find(up);
    parent.set(key, top);
    return top;
  };
  for (const { row, column } of candidates) parent.set(find(`r${row}`), find(`c${column}`));
  const groups = new Map<string, Candidate[]>();
  for (const each of candidates) {
    const key = find(`r${each.row}`);
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  return [...groups.values()];
}

/** The pairing with the highest total score; every row and column is used at most once. */
export function assignPairs(candidates: readonly Candidate[]): Candidate[] {
  return groupsOf(candidates).flatMap((group) => {
    const rows = [...new Set(group.map((each) => each.row))];
    const columns = [...new Set(group.map((each) => each.column))];
    const size = Math.max(rows.length, columns.length);
    const byCell = new Map(group.map((each) => [`${each.row}:${each.column}`, each]));
    const costs = Array.from({ length: size }, (_, r) =>
      Array.from({ length: size }, (_unused, c) => -(byCell.get(`${rows[r]}:${columns[c]}`)?.score ?? 0)),
    );
    return solve(costs).flatMap((column, row) => byCell.get(`${rows[row]}:${columns[column]}`) ?? []);
  });
}
