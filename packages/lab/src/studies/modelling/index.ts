/** Modelling of agents: the sequences that they leave, how much is in them, and what a predictor of them holds. */
export { sequenceEntropies } from "./entropy.ts";
export { probeRuledOut, type RuledOutProbe } from "./probe.ts";
export { searchersEpisodes, type Target, toPredict, withOthersRewards } from "./sequences.ts";
