/** Games: what reacting can reach, what search adds, and what a Q-network holds of it. */
export { dqnLookahead } from "./dqn-lookahead.ts";
export { byDepth, byTreeSearch, match, type Player, reactive } from "./players.ts";
export { PolicyValue } from "./policy-value.ts";
export { allLabelled, drawPositions, type Labelled, labelled, solvedGame } from "./positions.ts";
export { learnByPlaying } from "./q-learning.ts";
export { QNetwork } from "./q-network.ts";
export { rulesAgainstSearch } from "./rules-against-search.ts";
export { selfPlay } from "./self-play.ts";
