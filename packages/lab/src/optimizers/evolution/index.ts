/** Evolution: base optimizers that know what candidates are worth, and no gradient. */
export * from "./algorithms.ts";
export * from "./breeding.ts";
export { cmaConstants, defaultPopulation } from "./cma-constants.ts";
export * from "./cma-es.ts";
export * from "./evolution-strategy.ts";
export { type Layout, layoutOf } from "./flat.ts";
export * from "./genetic.ts";
export { type EvolutionMethod, type EvolutionState, ranking, type Vector } from "./method.ts";
export * from "./random-search.ts";
export { populationInput, stackGraph, stackVectors } from "./stacked-graph.ts";
