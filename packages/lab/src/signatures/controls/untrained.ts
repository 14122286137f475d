/** Untrained networks: recurrent convolutions with recall (Bansal et al. 2022) and random parameters. */
import {
  type Graph,
  recurrentConvHead,
  recurrentConvStart,
  recurrentConvTick,
  recurrentConvWeights,
  type Tensor,
} from "@mesascope/graph";
import {
  type Key,
  type PredictiveSubject,
  Random,
  type SupervisedRules,
} from "../../core/index.ts";
import { pictureSubject } from "./picture-subject.ts";

/** Hooks: `state.<tick>`, `width` planes. The same key gives the same parameters at any number of ticks. */
export function untrainedSubject(
  rules: SupervisedRules<never>,
  { width, ticks, key }: { readonly width: number; readonly ticks: number; readonly key: Key },
): PredictiveSubject {
  return pictureSubject(
    rules as SupervisedRules<unknown>,
    ticks,
    (graph: Graph, picture, count) => {
      const random = new Random(key);
      const weights = recurrentConvWeights(graph, {
        inputs: picture.shape[1]!,
        width,
        outputs: 1,
        random: () => random.uniform(),
      });
      const tick = recurrentConvTick(picture, weights);
      let state = recurrentConvStart(picture, weights);
      const marks: Tensor[] = [];
      const hooks: string[] = [];
      for (let t = 1; t <= count; t++) {
        state = tick(state).as(`state.${t}`);
        hooks.push(`state.${t}`);
        marks.push(recurrentConvHead(state, weights));
      }
      return { marks, hooks };
    },
  );
}
