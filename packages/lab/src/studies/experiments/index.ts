/** The registry of experiments: what studies do other than train one learner on one task. */
import { createRegistry, type Experiment } from "../../core/index.ts";
import { deceptionExperiment } from "../deception/index.ts";
import { completion, randomFunctions } from "../simplicity/index.ts";
import { hardCodedSearch } from "./hard-coded-search.ts";
import { meteredSelection } from "./metered-selection.ts";
import { minimalCircuits } from "./minimal-circuits.ts";
import {
  compressionExperiment,
  reachabilityExperiment,
  shortestProgramExperiment,
} from "./programs.ts";
import { restriction } from "./restriction.ts";

export const experiments = createRegistry<Experiment>("experiment", [
  meteredSelection as never,
  minimalCircuits as never,
  shortestProgramExperiment as never,
  compressionExperiment as never,
  reachabilityExperiment as never,
  deceptionExperiment as never,
  randomFunctions as never,
  completion as never,
  hardCodedSearch as never,
  restriction as never,
]);
