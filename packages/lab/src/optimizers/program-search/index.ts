/** How programs are searched: by exhaustion, by length and time, by local search, by breeding. */
export {
  type EnumeratedLevel,
  type EnumerateOptions,
  type Enumeration,
  enumeratePrograms,
  everyProgram,
} from "./enumerate.ts";
export { type GeneticOptions, type GeneticResult, geneticSearch } from "./genetic.ts";
export {
  type Frontier,
  type LevinOptions,
  type LevinResult,
  lengthTimeFrontier,
  levinSearch,
  type TimedProgram,
} from "./levin.ts";
export {
  type LocalSearchOptions,
  type LocalSearchResult,
  localSearch,
  type Visited,
} from "./local.ts";
export { drawTerm, programBits, replaceTerm, termEnd } from "./terms.ts";
