/**
 * The progressive loss of Bansal et al. 2022 (arXiv 2202.05826), algorithm 1, on one static graph. There, an update's
 * loss is (1 - a) times that of all m ticks plus a times that of k ticks from a state that n ticks without gradient
 * led to, n uniform on 0..m-1 and k on 1..m-n. Here each example counts for one of the two, for the second with
 * probability a and with n and k of its own: the gradient has the same expectation, at the cost of one unroll.
 */
import {
  add,
  type Graph,
  greater,
  mul,
  reshape,
  slice,
  stopGradient,
  type Tensor,
  where,
} from "@mesascope/graph";
import { type Key, Random } from "../../core/index.ts";

export interface Progressive {
  /** Cuts the gradient of each example after its tick n. */
  readonly between: (state: Tensor, tick: number) => Tensor;
  /** Of outputs `[steps, batch, outputs]` after each tick, each example's after tick n + k. */
  readonly read: (ticks: readonly Tensor[]) => Tensor;
  /** Inputs of one update. */
  readonly feeds: (key: Key) => Readonly<Record<string, Float32Array>>;
}

const cutName = "progressive.passes";
const readName = "progressive.read";

/** @param share of the examples that get an unroll of their own. */
export function progressive(
  graph: Graph,
  [ticks, steps, batch]: readonly [number, number, number],
  share: number,
): Progressive {
  const rows = steps * batch;
  const passes = graph.input(cutName, [ticks, rows]);
  const reads = graph.input(readName, [ticks, steps, batch, 1]);
  return {
    between(state, tick) {
      const gate = slice(passes, [tick, 0], [tick + 1, state.shape[0]!], [0, 1]);
      const shape = state.shape.map((length, axis) => (axis === 0 ? length : 1));
      return where(greater(reshape(gate, shape), 0.5), state, stopGradient(state));
    },
    read: (outputs) =>
      outputs
        .map((output, t) => mul(output, reshape(slice(reads, [t], [t + 1]), [steps, batch, 1])))
        .reduce((a, b) => add(a, b)),
    feeds(key) {
      const random = new Random(key);
      const cut = new Float32Array(ticks * rows).fill(1);
      const read = new Float32Array(ticks * rows);
      for (let i = 0; i < batch; i++) {
        const { after, until } = unroll(random, ticks, share);
        for (let step = 0; step < steps; step++) {
          if (after > 0) cut[after * rows + step * batch + i] = 0;
          read[(until - 1) * rows + step * batch + i] = 1;
        }
      }
      return { [cutName]: cut, [readName]: read };
    },
  };
}

/** Ticks after which the gradient begins, and the tick whose output counts. */
export function unroll(
  random: Random,
  ticks: number,
  share: number,
): { readonly after: number; readonly until: number } {
  if (random.uniform() >= share) return { after: 0, until: ticks };
  const after = random.integer(ticks);
  return { after, until: after + 1 + random.integer(ticks - after) };
}
