/** The registry of experiments: what studies compute that trains no learner. */
import { createRegistry, type Experiment } from "../../core/index.ts";
import { meteredSelection } from "./metered-selection.ts";

export const experiments = createRegistry<Experiment>("experiment", [meteredSelection as never]);
