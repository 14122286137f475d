/** How programs are searched: by exhaustion, by length and time, by local search, by breeding. */
export {
  type EnumeratedLevel,
  type EnumerateOptions,
  type Enumeration,
  enumeratePrograms,
} from "./enumerate.ts";
export { programBits, randomTerm, replaceTerm, termEnd } from "./terms.ts";
