/** The gradient of a whole sequence of GRU steps. */
import type { Tensor } from "../core/graph.ts";
import { add, mul, sub } from "../ops/elementwise.ts";
import { concat, reshape, split } from "../ops/layout.ts";
import { gemm } from "../ops/matrix.ts";
import { sum } from "../ops/reduce.ts";

/** What one step computed, each `[batch, H]`: h' = n + z (h - n), n = tanh(x + r hidden). */
export interface GruStep {
  readonly before: Tensor;
  readonly r: Tensor;
  readonly z: Tensor;
  readonly n: Tensor;
  /** The state's share of n: h wh_n + bh_n. */
  readonly hidden: Tensor;
  readonly after: Tensor;
}

/**
 * Every gradient within a step is the gradient dh of its result times a factor known from the forward pass:
 * with a = (1 - z)(1 - n^2), that of n's argument is dh a, of r's dh a hidden r (1 - r), of z's dh (h - n) z (1 - z), of
 * the state's share of n dh a r. The factors are computed for all steps at once; only dh itself goes back step by step.
 * @param dy `[steps, batch, H]`
 * @returns gradients of the input's shares of the gates and of n for all steps, of the first state, of wh and of bh_n.
 */
export function gruGradient(
  dy: Tensor,
  steps: readonly GruStep[],
  wh: Tensor,
  keep: readonly Tensor[] | undefined,
): Tensor[] {
  const [count, batch, width] = dy.shape as [number, number, number];
  const rows = count * batch;
  const all = (pick: (step: GruStep) => Tensor) => concat(steps.map(pick), 0);
  const [before, r, z, n] = [
    all((s) => s.before),
    all((s) => s.r),
    all((s) => s.z),
    all((s) => s.n),
  ];
  const towardsNew = mul(sub(1, z), sub(1, mul(n, n)));
  const towardsHidden = mul(towardsNew, r);
  const factors = concat(
    [
      mul(
        mul(
          towardsHidden,
          all((s) => s.hidden),
        ),
        sub(1, r),
      ),
      mul(sub(before, n), sub(z, mul(z, z))),
      towardsHidden,
    ].map((factor) => reshape(factor, [rows, 1, width])),
    1,
  );
  const { arrived, first } = goBack(dy, split(factors, count, 0), steps, wh, keep);
  const total = concat(arrived.toReversed(), 0);
  const gates = reshape(mul(reshape(total, [rows, 1, width]), factors), [rows, 3 * width]);
  const [toGates, toHidden] = split(gates, [2 * width, width], 1) as [Tensor, Tensor];
  return [
    toGates,
    mul(total, towardsNew),
    first,
    gemm(gates, before, undefined, { transposeA: true }),
    sum(toHidden, { axes: [0] }),
  ];
}

/** The gradients dh of the states after each step, last first, and that of the state before the first. */
function goBack(
  dy: Tensor,
  factors: readonly Tensor[],
  steps: readonly GruStep[],
  wh: Tensor,
  keep: readonly Tensor[] | undefined,
): { arrived: Tensor[]; first: Tensor } {
  const [count, batch, width] = dy.shape as [number, number, number];
  const own = split(reshape(dy, [count * batch, width]), count, 0);
  const arrived: Tensor[] = [];
  let carried: Tensor | undefined;
  for (let t = count - 1; t >= 0; t--) {
    const dh = carried === undefined ? own[t]! : add(own[t]!, carried);
    arrived.push(dh);
    const gates = mul(reshape(dh, [batch, 1, width]), factors[t]!);
    const back = gemm(reshape(gates, [batch, 3 * width]), wh, mul(dh, steps[t]!.z));
    carried = keep === undefined ? back : mul(back, keep[t]!);
  }
  return { arrived, first: carried! };
}
