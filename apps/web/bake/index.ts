/** From studies, evidence and outcomes to what pages are told (Node only; the build and the server share it). */
export { readCalibration } from "./calibration.ts";
export { type BakedFiles, bake } from "./files.ts";
export { glossaryFrom } from "./glossary.ts";
export { committedEvidence } from "./results.ts";
export { sourcesFrom } from "./sources.ts";
export { briefOf, type KnownStudy, viewOf } from "./view.ts";
