/** Finds circuits in a thread of its own, which is ended to stop: the solver never looks up. */
import { serve } from "../../live/job.ts";
import { type CircuitAnswer, type CircuitQuestion, solve } from "./solve.ts";

serve<CircuitQuestion, string, CircuitAnswer>(solve);
