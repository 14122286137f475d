/** Value iteration (Bellman 1957) on pictures of mazes as an ONNX file, as a user might bring one. */
import {
  add,
  concat,
  conv2d,
  div,
  Graph,
  log,
  max,
  maximum,
  mul,
  reshape,
  slice,
  sub,
  sum,
  toOnnx,
} from "@mesascope/graph";

export interface MazeModelOptions {
  /** Rows and columns of cells. */
  readonly cells: number;
  /** Examples that the file takes at once. */
  readonly batch: number;
  readonly ticks: number;
  /** Named and laid out as the lab's own files: `observations` in, `logits.<tick>` and at last `logits` out. */
  readonly own?: boolean;
}

const discount = 0.9;
const nothing = 1e-12;

/**
 * Input `picture` `[batch, 3, height, width]`: walls, start, goal. Outputs `marks.<tick>` `[batch, 1, height, width]`,
 * above 0 on pixels of the best way; inside `goal`, the plane itself, and `value.<tick>` `[batch, 2, height, width]`, the discounted value of each
 * pixel towards the goal and from the start.
 */
export function mazeModel({ cells, batch, ticks, own = false }: MazeModelOptions): Uint8Array {
  const side = 2 * cells + 1;
  const graph = new Graph();
  const shape = [batch, 3, side, side];
  const picture = own
    ? reshape(graph.input("observations", [1, batch, 3 * side * side]), shape)
    : graph.input("picture", shape);
  const plane = (i: number) => slice(picture, [i], [i + 1], [1]);
  const passable = sub(1, plane(0));
  const start = plane(1);
  const goal = plane(2).as("goal");
  const kernel = new Float32Array(4 * 9);
  [1, 3, 5, 7].forEach((place, i) => {
    kernel[i * 9 + place] = discount;
  });
  const shifts = graph.constant(kernel, [4, 1, 3, 3]);
  let [toGoal, fromStart] = [goal, start];
  const sweep = (value: typeof goal, source: typeof goal) =>
    maximum(
      mul(passable, max(conv2d(value, shifts, { padding: 1 }), { axes: [1], keepDims: true })),
      source,
    );
  const marks = Array.from({ length: ticks }, (_, i) => {
    for (let half = 0; half < 2; half++) {
      toGoal = sweep(toGoal, goal);
      fromStart = sweep(fromStart, start);
    }
    const value = concat([toGoal, fromStart], 1).as(`value.${i + 1}`);
    toGoal = slice(value, [0], [1], [1]);
    fromStart = slice(value, [1], [2], [1]);
    const through = log(add(mul(toGoal, fromStart), nothing));
    // Nothing is marked before any value has come to the start.
    const best = log(add(sum(mul(toGoal, start), { axes: [1, 2, 3], keepDims: true }), 1e-9));
    const steps = div(sub(best, through), -Math.log(discount));
    const marked = sub(0.5, steps);
    if (!own) return marked.as(`marks.${i + 1}`);
    const name = i + 1 < ticks ? `logits.${i + 1}` : "logits";
    return reshape(marked, [1, batch, side * side]).as(name);
  });
  return toOnnx(graph, { outputs: marks });
}
