/** The assignment of rows to columns that is worth most: Kuhn 1955, by shortest augmenting paths (Edmonds and Karp 1972). */

/**
 * @param worth `[n, n]`, row by row.
 * @returns the column of each row, each column once, so that the sum of their worth is largest.
 */
export function bestAssignment(worth: ArrayLike<number>, n: number): Int32Array {
  const cost = (row: number, column: number) => -worth[row * n + column]!;
  const [ofRow, ofColumn] = [new Float64Array(n), new Float64Array(n)];
  /** Row of each column; n: none yet. The last place stands for the row that is being placed. */
  const taken = new Int32Array(n + 1).fill(n);
  for (let row = 0; row < n; row++) {
    const slack = new Float64Array(n).fill(Number.POSITIVE_INFINITY);
    const before = new Int32Array(n).fill(n);
    const seen = new Uint8Array(n);
    const reached: number[] = [];
    let at = n;
    taken[n] = row;
    do {
      const from = taken[at]!;
      let next = -1;
      for (let column = 0; column < n; column++) {
        if (seen[column]) continue;
        const reduced = cost(from, column) - ofRow[from]! - ofColumn[column]!;
        if (reduced < slack[column]!) {
          slack[column] = reduced;
          before[column] = at;
        }
        if (next < 0 || slack[column]! < slack[next]!) next = column;
      }
      const step = slack[next]!;
      ofRow[row]! += step;
      for (const column of reached) {
        ofRow[taken[column]!]! += step;
        ofColumn[column]! -= step;
      }
      for (let column = 0; column < n; column++) if (!seen[column]) slack[column]! -= step;
      seen[next] = 1;
      reached.push(next);
      at = next;
    } while (taken[at] !== n);
    for (; at !== n; at = before[at]!) taken[at] = taken[before[at]!]!;
  }
  const columns = new Int32Array(n);
  for (let column = 0; column < n; column++) columns[taken[column]!] = column;
  return columns;
}
