/** The registry of signatures. */
import { createRegistry, type Signature } from "../core/index.ts";
import { adaptation } from "./adaptation.ts";
import { computeAllocation } from "./compute-allocation.ts";
import { gradientDescentAlignment } from "./descent-alignment.ts";
import { descriptionLength } from "./description-length.ts";
import { dynamics } from "./dynamics.ts";
import { emulation } from "./emulation.ts";
import { goalPatch } from "./goal-patch.ts";
import { novelSuccess } from "./novel-success.ts";
import { optimizationPower } from "./optimization-power.ts";
import { pathIndependence } from "./path-independence.ts";
import { planPatch } from "./plan-patch.ts";
import { planProbe } from "./plan-probe.ts";
import { powerByEpisode } from "./power-by-episode.ts";
import { predictorDistance } from "./predictor-distance.ts";
import { pursuit } from "./pursuit.ts";
import { replan } from "./replan.ts";
import { sizeExtrapolation } from "./size-extrapolation.ts";
import { thinkingTime } from "./thinking-time.ts";
import { ticks } from "./ticks.ts";
import { valuePatch } from "./value-patch.ts";
import { valueProbe } from "./value-probe.ts";

/** Signatures that are measured on mazes in the path form only. */
export const mazeSignatures: readonly Signature[] = [
  pursuit,
  ticks,
  valueProbe,
  valuePatch,
  emulation,
  goalPatch,
  planProbe,
  planPatch,
  replan,
  dynamics,
  pathIndependence,
  computeAllocation,
];

export const signatures = createRegistry("signature", [
  novelSuccess,
  optimizationPower,
  powerByEpisode,
  adaptation,
  predictorDistance,
  gradientDescentAlignment,
  descriptionLength,
  thinkingTime,
  sizeExtrapolation,
  ...mazeSignatures,
]);
