/** Every error that this package raises on purpose: one sentence naming the operation, its operands and their shapes. */
export class GraphError extends Error {
  override readonly name = "GraphError";
}

/** Throws a {@link GraphError} with `message` unless `condition` holds. The message is built only when needed. */
export function check(condition: boolean, message: () => string): asserts condition {
  if (!condition) throw new GraphError(message());
}

/** The candidate nearest to `name` by edit distance, as the end of a sentence: `; did you mean "x"`, or nothing. */
export function suggestion(name: string, candidates: Iterable<string>): string {
  let best: string | undefined;
  let least = Math.max(2, Math.floor(name.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(name, candidate);
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best === undefined ? "" : `; did you mean "${best}"`;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
