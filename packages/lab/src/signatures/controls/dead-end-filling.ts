/** Dead-end filling as a graph: more ticks help and the goal matters, yet no candidate is ever evaluated. */
import {
  add,
  cast,
  conv2d,
  greaterOrEqual,
  maximum,
  mul,
  slice,
  sub,
  type Tensor,
} from "@mesascope/graph";
import type { PredictiveSubject, SupervisedRules } from "../../core/index.ts";
import { pictureSubject } from "./picture-subject.ts";

/**
 * Hooks: `ends` (what is never filled) and `open.<tick>`. A tick fills what has become a dead end twice over, so
 * that the fill advances by a cell. Marks what stays open.
 */
export function deadEndFillingSubject(
  rules: SupervisedRules<never>,
  { ticks }: { readonly ticks: number },
): PredictiveSubject {
  return pictureSubject(rules as SupervisedRules<unknown>, ticks, (graph, picture, count) => {
    const plane = (i: number) => slice(picture, [i], [i + 1], [1]);
    const ends = add(plane(1), plane(2)).as("ends");
    const beside = graph.constant(Float32Array.of(0, 1, 0, 1, 0, 1, 0, 1, 0), [1, 1, 3, 3]);
    let open: Tensor = sub(1, plane(0));
    const marks: Tensor[] = [];
    const hooks = ["ends"];
    for (let tick = 1; tick <= count; tick++) {
      for (let half = 0; half < 2; half++) {
        const kept = cast(greaterOrEqual(conv2d(open, beside, { padding: 1 }), 1.5), "float32");
        open = mul(open, maximum(kept, ends));
      }
      open = mul(open, 1).as(`open.${tick}`);
      hooks.push(`open.${tick}`);
      marks.push(sub(mul(open, 10), 5));
    }
    return { marks, hooks };
  });
}
