/**
 * Foraging: a population in a world of E kinds of environment, in which organisms act by what they inherit or, at a
 * metabolic cost, learn within their lives. The paper's plants and animals (Hubinger et al. 2019, section 1.1).
 */
export { type ForagingOptions, forage, type SeasonOf } from "./history.ts";
export { choicesOf, recoveredShare } from "./world.ts";
