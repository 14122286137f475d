/** commands/circuits: exact circuits of small Boolean functions. */
export { addCircuitsCommand } from "./census.ts";
