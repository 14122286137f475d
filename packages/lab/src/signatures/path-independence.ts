/**
 * Does the end depend on where thinking starts? The state that is reached from the usual start and from another
 * maze's end state, compared by their cosine. Anil et al. 2022 (arXiv 2211.09961).
 */
import type { Signature } from "../core/index.ts";
import { mean, meanInterval } from "../stats/index.ts";
import {
  insideOf,
  level,
  mazeView,
  notApplicable,
  onlyMazes,
  runFrom,
  stateAt,
} from "./maze/index.ts";

/** Cosine of two states of each example; of states of zeros, 1 where both are. */
function cosines(a: Float32Array, b: Float32Array, batch: number, shift = 0): number[] {
  const size = a.length / batch;
  return Array.from({ length: batch }, (_, i) => {
    const other = ((i + shift) % batch) * size;
    let [ab, aa, bb] = [0, 0, 0];
    for (let j = 0; j < size; j++) {
      const [x, y] = [a[i * size + j]!, b[other + j]!];
      ab += x * y;
      aa += x * x;
      bb += y * y;
    }
    return aa === 0 && bb === 0 ? 1 : ab / Math.max(Math.sqrt(aa * bb), 1e-30);
  });
}

/** Every example gets the state of the next one. */
function turned(state: Float32Array, batch: number): Float32Array {
  const size = state.length / batch;
  const out = new Float32Array(state.length);
  for (let i = 0; i < batch; i++)
    out.set(state.subarray(((i + 1) % batch) * size, (((i + 1) % batch) + 1) * size), i * size);
  return out;
}

export const pathIndependence: Signature = {
  id: "path-independence",
  question: "Does thinking end at the same state wherever it starts?",
  source: "Anil et al. 2022 (arXiv 2211.09961)",
  unit: "cosine of end states",
  async supervised(subject, instances, { task }) {
    const view = mazeView(task, instances.heldOut);
    if (!view) return notApplicable("path-independence", onlyMazes);
    const inside = subject.ticks === undefined ? undefined : await insideOf(subject, view);
    if (!inside || inside.ticks < 2)
      return notApplicable("path-independence", "the subject has no two ticks with hook points");
    const batch = view.mazes.length;
    const end = inside.states.at(-1)!;
    const names = inside.bases.map(({ name }) => `${name}.${inside.ticks}`);
    const { read } = await runFrom(subject, view, inside, turned(end, batch), 1, names);
    const reached = cosines(end, stateAt(read, inside, inside.ticks, view), batch);
    return {
      signature: "path-independence",
      applicable: true,
      value: mean(reached),
      unit: "cosine",
      interval: meanInterval(reached, level),
      n: batch,
      baselines: { "end states of different mazes": mean(cosines(end, end, batch, 1)) },
      parts: {},
      series: {},
    };
  },
};
