/** Tree search over any game: reference players, and what a learned policy and value are searched with. */

export { alphaBeta, type Heuristic, type Minimax } from "./alpha-beta.ts";
export { lookAhead, type ValueAll } from "./look-ahead.ts";
export {
  type Evaluate,
  type Evaluation,
  type PuctOptions,
  PuctSearch,
  puct,
  uniformEvaluation,
} from "./puct.ts";
export type { SearchResult } from "./tree.ts";
export { type UctOptions, uct } from "./uct.ts";
