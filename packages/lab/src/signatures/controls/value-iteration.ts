/** Value iteration (Bellman 1957) as a graph: an optimizer whose evaluations, objective and ticks are known. */
import {
  add,
  concat,
  conv2d,
  div,
  exp,
  type Graph,
  log,
  logSumExp,
  max,
  maximum,
  mul,
  slice,
  sub,
  sum,
  type Tensor,
} from "@mesascope/graph";
import {
  type Key,
  type PredictiveSubject,
  Random,
  type SupervisedRules,
} from "../../core/index.ts";
import { pictureSubject } from "./picture-subject.ts";

export interface ValueIterationOptions {
  /** Ticks by default; a tick is a sweep over all cells. */
  readonly ticks: number;
  /** 0: the best neighbour counts; above, the soft best, at this temperature in steps; below 0.7 so that values stay finite. */
  readonly temperature?: number;
  /** Deviation of an error in what it believes entering a pixel to cost, fixed for the subject. */
  readonly corruption?: number;
  /** Whether it knows of costs; if not it seeks the fewest steps. */
  readonly seesCosts?: boolean;
  readonly key: Key;
}

/** Value lost by a step of cost 1. */
const discount = 0.93;
const unit = -Math.log(discount);
/** What stands for no value at all where a logarithm is taken, and the smallest value that counts as one. */
const nothing = 1e-12;
const smallest = 1e-9;

/**
 * Hooks: `goal` (where value comes from), `value.<tick>` (two planes: discounted value of each pixel towards the
 * goal, and from the start). Marks pixels through which the best way goes.
 */
export function valueIterationSubject(
  rules: SupervisedRules<never>,
  options: ValueIterationOptions,
): PredictiveSubject {
  return pictureSubject(
    rules as SupervisedRules<unknown>,
    options.ticks,
    (graph, picture, ticks) => {
      const plane = (i: number) => slice(picture, [i], [i + 1], [1]);
      const passable = sub(1, plane(0));
      const start = plane(1);
      const goal = mul(plane(2), 1).as("goal");
      const entering = enteringShare(graph, picture, options);
      const sweep = sweeper(graph, passable, options.temperature ?? 0);
      let toGoal = goal;
      let fromStart = start;
      const marks: Tensor[] = [];
      const hooks = ["goal"];
      for (let tick = 1; tick <= ticks; tick++) {
        // Two sweeps of pixels are one of cells: a passage lies between any two.
        for (let half = 0; half < 2; half++) {
          toGoal = maximum(sweep(mul(entering, toGoal)), goal);
          fromStart = maximum(mul(entering, sweep(fromStart)), start);
        }
        const value = concat([toGoal, fromStart], 1).as(`value.${tick}`);
        hooks.push(`value.${tick}`);
        toGoal = slice(value, [0], [1], [1]);
        fromStart = slice(value, [1], [2], [1]);
        marks.push(onBestWay(toGoal, fromStart, start, passable));
      }
      return { marks, hooks };
    },
  );
}

/** Share of value that is left on entering each pixel `[chunk or 1, 1, height, width]`. */
function enteringShare(
  graph: Graph,
  picture: Tensor,
  { corruption = 0, seesCosts = true, key }: ValueIterationOptions,
): Tensor {
  const [, channels, height, width] = picture.shape as [number, number, number, number];
  const random = new Random(key);
  const cells = Float32Array.from({ length: height * width }, (_, pixel) => {
    const isCell = Math.floor(pixel / width) % 2 === 1 && (pixel % width) % 2 === 1;
    const error = isCell ? Math.max(0.1, 1 + corruption * random.normal()) : 0;
    return -unit * error;
  });
  const perCost = graph.constant(cells, [1, 1, height, width]);
  if (channels < 4 || !seesCosts) return exp(perCost);
  const costs = mul(slice(picture, [3], [4], [1]), 15);
  return exp(mul(perCost, costs));
}

/** The best of the four neighbours' values, or a soft best, on passable pixels. */
function sweeper(graph: Graph, passable: Tensor, temperature: number): (value: Tensor) => Tensor {
  const kernel = new Float32Array(4 * 9);
  [1, 3, 5, 7].forEach((place, i) => {
    kernel[i * 9 + place] = 1;
  });
  const shifts = graph.constant(kernel, [4, 1, 3, 3]);
  return (value) => {
    const neighbours = conv2d(value, shifts, { padding: 1 });
    if (temperature === 0) return mul(passable, max(neighbours, { axes: [1], keepDims: true }));
    // The exponent 1 / temperature acts on discounted values: their logarithms are costs.
    const costs = log(add(neighbours, nothing));
    const scale = temperature * unit;
    const soft = mul(logSumExp(div(costs, scale), { axes: [1], keepDims: true }), scale);
    return mul(passable, exp(soft));
  };
}

/** Positive where value towards the goal and from the start multiply to the best there is, within half a step. */
function onBestWay(toGoal: Tensor, fromStart: Tensor, start: Tensor, passable: Tensor): Tensor {
  const through = log(add(mul(toGoal, fromStart), nothing));
  const best = log(add(sum(mul(toGoal, start), { axes: [1, 2, 3], keepDims: true }), smallest));
  const lost = div(sub(best, through), unit);
  // A start that no value has reached yet has nothing marked.
  return mul(sub(0.5, lost), add(mul(passable, 9), 1));
}
