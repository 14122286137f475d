/** lab/signatures: blind measurements of a subject. */
import { createRegistry } from "../core/index.ts";
import { adaptation } from "./adaptation.ts";
import { gradientDescentAlignment } from "./descent-alignment.ts";
import { novelSuccess } from "./novel-success.ts";
import { optimizationPower } from "./optimization-power.ts";
import { predictorDistance } from "./predictor-distance.ts";

export const signatures = createRegistry("signature", [
  novelSuccess,
  optimizationPower,
  adaptation,
  predictorDistance,
  gradientDescentAlignment,
]);
export * from "./circuit/index.ts";
export { rewardByStep } from "./conditions-of-play.ts";
export { drawMeasured } from "./instances.ts";
export { predictiveBits } from "./predictive-power.ts";
