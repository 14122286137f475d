/** Signatures on a model from outside: its mapping file, and the measurements. */
export {
  type InspectedTask,
  mappingSchema,
  parseMapping,
  supervisedFamily,
} from "./mapping-file.ts";
export { type InspectOptions, inspectSubject } from "./measure.ts";
export {
  answersTo,
  type PlanAnswers,
  type PlanRow,
  type PlanStrip,
  planStrip,
  usualTicks,
} from "./plan-strip.ts";
export { drawnRun, planOfRun, type RunPlan } from "./run-plan.ts";
export { mappingTemplate } from "./template.ts";
export { understoodLines } from "./understood.ts";
