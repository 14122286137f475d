/** A small, total language for grid tasks, with exact description lengths: what program search searches over. */
export { assemble } from "./assemble.ts";
export { drawGrid, parseGrid } from "./drawing.ts";
export { cheapestPath, type Grid, type GridWorld, gridWorld } from "./grid.ts";
export {
  bitsOf,
  decode,
  encode,
  type GridLanguage,
  gridLanguage,
  languageNamed,
  languages,
  type Prices,
  repriced,
} from "./language.ts";
export { type Ablation, createMachine, type Machine, Status } from "./machine.ts";
export { parseProgram } from "./parse.ts";
export { headingOf, type ProgramPolicyOptions, programPolicy } from "./policy.ts";
export {
  type PrimitiveName,
  placeOf,
  primitives,
  primitivesOf,
  Sort,
  sortNames,
} from "./primitives.ts";
export { printProgram } from "./print.ts";
export { type GridRun, runOnGrids } from "./run.ts";
export { enumerableGrids, gradedGrids } from "./space.ts";
