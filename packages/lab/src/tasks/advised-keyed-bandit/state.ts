/** State within an episode of the advised keyed bandit. */
import type { BanditState } from "../keyed-bandit/index.ts";

/** The bandit's state, and what the searcher has seen and says. */
export interface AdvisedBanditState extends BanditState {
  /** Bit `arm` is set once the arm was pulled. */
  readonly tried: number;
  /** The arm that paid; -1 before one has. */
  readonly found: number;
  /** The arm that is advised; -1 where none is. */
  readonly advice: number;
}
