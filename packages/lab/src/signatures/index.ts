/** lab/signatures: blind measurements of a subject. */
export * from "./calibration/index.ts";
export * from "./circuit/index.ts";
export { rewardByStep } from "./conditions-of-play.ts";
export * from "./controls/index.ts";
export { coded } from "./description-length.ts";
export { heldWay } from "./held-way.ts";
export * from "./imported/index.ts";
export { drawMeasured } from "./instances.ts";
export { predictiveBits } from "./predictive-power.ts";
export {
  type Criterion,
  type CriterionFinding,
  criteria,
  type Evidence,
  type Finding,
  type Label,
  type Profile,
  profileOf,
  type Thresholds,
} from "./profile.ts";
export { mazeSignatures, signatures } from "./registry.ts";
