/** lab/optimizers: how the architectures are searched. */
import type { Graph, Tensor } from "@mesascope/graph";
import { type Architecture, createRegistry, type OptimizerAlgorithm } from "../core/index.ts";
import {
  cmaEsAlgorithm,
  evolutionStrategyAlgorithm,
  geneticAlgorithmAlgorithm,
  randomSearchAlgorithm,
} from "./evolution/index.ts";
import { actorCritic } from "./gradient/actor-critic.ts";
import { adversarial } from "./gradient/adversarial.ts";
import { imitation } from "./gradient/imitation.ts";
import { ppo } from "./gradient/ppo.ts";
import { supervised } from "./gradient/supervised.ts";
import { lookup } from "./table/lookup.ts";
import { qLearning } from "./table/q-learning.ts";
import { valueTable } from "./table/value-table.ts";

/** Each algorithm searches one kind of architecture; whoever pairs them checks that they fit. */
export const optimizerAlgorithms = createRegistry<OptimizerAlgorithm<Architecture<Graph, Tensor>>>(
  "optimizer algorithm",
  [
    actorCritic as never,
    ppo as never,
    imitation as never,
    supervised as never,
    adversarial as never,
    qLearning as never,
    lookup as never,
    valueTable as never,
    cmaEsAlgorithm as never,
    evolutionStrategyAlgorithm as never,
    geneticAlgorithmAlgorithm as never,
    randomSearchAlgorithm as never,
  ],
);
export * from "./evolution/index.ts";
export { returnsToGo } from "./gradient/actor-critic.ts";
export {
  type DiscriminatorSize,
  discriminator,
  discriminatorName,
} from "./gradient/adversarial-loss.ts";
export { stepGraph } from "./gradient/episodic-network.ts";
export { functionOf } from "./gradient/predicted-examples.ts";
export { lossFields, supervisedLoss } from "./gradient/supervised-loss.ts";
export * from "./program-search/index.ts";
export * from "./synthesis/index.ts";
