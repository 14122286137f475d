/** What learned algorithms optimize for, against planted and unidentifiable objectives. */
export { Disagreement } from "./disagreement.ts";
export { markedExit } from "./experiment.ts";
