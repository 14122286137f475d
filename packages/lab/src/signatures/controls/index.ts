/** Subjects with known answers, on which signatures are calibrated. */
export { type Control, controlsOf } from "./catalogue.ts";
export { deadEndFillingSubject } from "./dead-end-filling.ts";
export { bagOfHeuristics } from "./heuristics.ts";
export { type LinearAttentionOptions, linearAttentionDescent } from "./linear-attention.ts";
export { memorySubject } from "./memory.ts";
export { pictureSubject } from "./picture-subject.ts";
export { type Planes, type Program, programSubject, type Shown } from "./program-subject.ts";
export { untrainedSubject } from "./untrained.ts";
export { type ValueIterationOptions, valueIterationSubject } from "./value-iteration.ts";
export { blindPlan, followWall, goGreedily, walker } from "./walkers.ts";
export { aStar, trials, wavefront, withIdleLabels } from "./waves.ts";
