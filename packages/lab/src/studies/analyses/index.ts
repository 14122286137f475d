/** The registry of analyses. */
import { createRegistry } from "../../core/index.ts";
import { crossing } from "./crossing.ts";
import { matched } from "./matched.ts";
import { toyModelMetered } from "./metered.ts";
import { overArms } from "./over-arms.ts";
import { reachable } from "./reachable.ts";
import { toyModel } from "./toy-model.ts";
import { transition } from "./transition.ts";
import type { Analysis } from "./types.ts";

export type { ScoredCell, ToyModelFindings } from "./toy-model.ts";
export type { SeedForecast } from "./toy-model-fit.ts";
export type { StrategyPoint, TransitionFindings, TransitionThreshold } from "./transition.ts";
export type { Analysis } from "./types.ts";

export const analyses = createRegistry<Analysis>("analysis", [
  crossing as never,
  matched as never,
  overArms as never,
  reachable as never,
  toyModelMetered as never,
  toyModel as never,
  transition as never,
]);
