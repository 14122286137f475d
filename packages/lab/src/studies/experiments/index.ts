/** The registry of experiments: what studies do other than train one learner on one task. */
import { createRegistry, type Experiment } from "../../core/index.ts";
import { adversarialMaze } from "../adversarial/index.ts";
import { deceptionExperiment } from "../deception/index.ts";
import { hintonNowlanExperiment, plantsAnimals } from "../evolution/index.ts";
import { dqnLookahead, rulesAgainstSearch } from "../games/index.ts";
import { leavingMemorizer, parameterPath } from "../landscape/index.ts";
import { markedExit } from "../objectives/index.ts";
import { completion, randomFunctions } from "../simplicity/index.ts";
import { exPost } from "./ex-post.ts";
import { hardCodedSearch } from "./hard-coded-search.ts";
import { humanModelling } from "./human-modelling.ts";
import { meteredFunnel } from "./metered-funnel.ts";
import { meteredSelection } from "./metered-selection.ts";
import { minimalCircuits } from "./minimal-circuits.ts";
import { priorInformation } from "./prior-information.ts";
import {
  compressionExperiment,
  reachabilityExperiment,
  shortestProgramExperiment,
} from "./programs.ts";
import { restriction } from "./restriction.ts";
import { trainingShare } from "./training-share.ts";

export const experiments = createRegistry<Experiment>("experiment", [
  meteredSelection as never,
  meteredFunnel as never,
  minimalCircuits as never,
  shortestProgramExperiment as never,
  compressionExperiment as never,
  reachabilityExperiment as never,
  exPost as never,
  humanModelling as never,
  trainingShare as never,
  priorInformation as never,
  deceptionExperiment as never,
  markedExit as never,
  rulesAgainstSearch as never,
  dqnLookahead as never,
  randomFunctions as never,
  completion as never,
  plantsAnimals as never,
  hintonNowlanExperiment as never,
  hardCodedSearch as never,
  restriction as never,
  parameterPath as never,
  leavingMemorizer as never,
  adversarialMaze as never,
]);
