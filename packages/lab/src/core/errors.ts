/** Typed errors: what the user gave us is told apart from what went wrong while working. */

/** Input from outside (YAML, flag, file, model) that cannot be used; the command exits with 2. */
export class InputError extends Error {
  override readonly name = "InputError";
  /** Where the input stands, e.g. `studies/001-x.yaml:12:3` or `--set seeds`. */
  readonly place: string | undefined;

  constructor(message: string, options: { place?: string; cause?: unknown } = {}) {
    super(options.place ? `${options.place}: ${message}` : message, { cause: options.cause });
    this.place = options.place;
  }
}

/** Work that was asked for correctly and failed; the command exits with 1. */
export class WorkError extends Error {
  override readonly name = "WorkError";
}

/** One sentence for any thrown value; never a stack trace. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Damerau-Levenshtein distance with adjacent transpositions (optimal string alignment). */
function editDistance(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) => {
    const row = new Array<number>(b.length + 1).fill(0);
    row[0] = i;
    return row;
  });
  for (let j = 0; j <= b.length; j++) rows[0]![j] = j;
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min(rows[i - 1]![j]! + 1, rows[i]![j - 1]! + 1, rows[i - 1]![j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, rows[i - 2]![j - 2]! + 1);
      rows[i]![j] = best;
    }
  }
  return rows[a.length]![b.length]!;
}

/** The candidate nearest to `name` in edit distance, if one is near enough to be meant. */
export function nearestName(name: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let distance = Math.max(2, Math.ceil(name.length * 0.4)) + 1;
  for (const candidate of candidates) {
    const contained = candidate.includes(name) && name.length >= 3;
    const d = contained ? 1 : editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (d < distance) {
      best = candidate;
      distance = d;
    }
  }
  return best;
}

/** "unknown architecture 'grv'; did you mean 'gru'? Known: gru, mlp." */
export function unknownName(kind: string, name: string, candidates: Iterable<string>): string {
  const known = [...candidates].sort();
  const near = nearestName(name, known);
  const hint = near ? `; did you mean '${near}'?` : ";";
  return `unknown ${kind} '${name}'${hint} Known: ${known.join(", ")}.`;
}
