/** The deceptive toy example with agents that learn. */
export { deceptionExperiment } from "./experiment.ts";
export { policyGradient, qLearning } from "./learners.ts";
export { episodeEnds, lifetimeEnds, optionsOf, stateCount, stateOf } from "./lifetime.ts";
