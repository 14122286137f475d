/** The gradient of a whole sequence of GRU steps. */
import type { Tensor } from "../core/graph.ts";
import { add, mul, sub } from "../ops/elementwise.ts";
import { concat, slice, split, zeros } from "../ops/layout.ts";
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

export interface GruSequence {
  /** `[steps * batch, F]` */
  readonly x: Tensor;
  readonly steps: readonly GruStep[];
  /** The states after all steps, `[steps * batch, H]`. */
  readonly after: Tensor;
  readonly wi: Tensor;
  readonly wh: Tensor;
  readonly keep: readonly Tensor[] | undefined;
}

/**
 * Every gradient within a step is the gradient dh of its result times a factor known from the forward pass:
 * with a = (1 - z)(1 - n^2), that of n's argument is dh a, of r's dh a hidden r (1 - r), of z's
 * dh (h - n) z (1 - z) = dh (h' - n)(1 - z), of the state's share of n dh a r. The factors are computed for all steps
 * at once; only dh itself goes back step by step.
 * @param dy `[steps * batch, H]`
 * @param needsInput whether the gradient of x is wanted.
 * @returns gradients of x, of the first state, of wi, wh, bi and bh.
 */
export function gruGradient(
  dy: Tensor,
  sequence: GruSequence,
  needsInput: boolean,
): (Tensor | undefined)[] {
  const { x, steps, after, wi } = sequence;
  const width = dy.shape[1]!;
  const inputs = x.shape[1]!;
  const all = (pick: (step: GruStep) => Tensor) => concat(steps.map(pick), 0);
  const [r, z, n] = [all((s) => s.r), all((s) => s.z), all((s) => s.n)];
  const open = sub(1, z);
  const towardsNew = mul(open, sub(1, mul(n, n)));
  const towardsHidden = mul(towardsNew, r);
  const hidden = all((s) => s.hidden);
  const factors = concat(
    [mul(mul(towardsHidden, hidden), sub(1, r)), mul(sub(after, n), open), towardsHidden],
    1,
  );
  const { arrived, gates, first } = goBack(dy, split(factors, steps.length, 0), sequence);
  const fresh = mul(concat(arrived, 0), towardsNew);
  // One product for all that the gates' gradients are multiplied with; the input's share of n stands apart.
  const joined = concat([all((s) => s.before), x], 1);
  const products = gemm(gates, joined, undefined, { transposeA: true });
  const gateSums = sum(gates, { axes: [0] });
  const fromInput = [
    slice(products, [0, width], [2 * width, width + inputs]),
    gemm(fresh, x, undefined, { transposeA: true }),
  ];
  const toInput = () => {
    const silent = zeros(x.graph, [width, inputs]);
    const throughGates = concat([slice(wi, [0], [2 * width]), silent], 0);
    return gemm(gates, throughGates, gemm(fresh, slice(wi, [2 * width], [3 * width]), undefined));
  };
  return [
    needsInput ? toInput() : undefined,
    first,
    concat(fromInput, 0),
    slice(products, [0, 0], [3 * width, width]),
    concat([slice(gateSums, [0], [2 * width]), sum(fresh, { axes: [0] })], 0),
    gateSums,
  ];
}

/**
 * Goes back from the last step: the gradients of the states after each step, in the steps' order, those of the gates'
 * arguments and of the state's share of n, `[steps * batch, 3 H]`, and that of the state before the first step.
 */
function goBack(dy: Tensor, factors: readonly Tensor[], { steps, wh, keep }: GruSequence) {
  const own = split(dy, steps.length, 0);
  const arrived: Tensor[] = [];
  const gates: Tensor[] = [];
  let carried: Tensor | undefined;
  for (let t = steps.length - 1; t >= 0; t--) {
    const dh = carried === undefined ? own[t]! : add(own[t]!, carried);
    const through = mul(concat([dh, dh, dh], 1), factors[t]!);
    const back = gemm(through, wh, mul(dh, steps[t]!.z));
    carried = keep === undefined ? back : mul(back, keep[t]!);
    arrived.push(dh);
    gates.push(through);
  }
  return {
    arrived: arrived.toReversed(),
    gates: concat(gates.toReversed(), 0),
    first: carried!,
  };
}
