/** The registry of task families. */
import { createRegistry, type Registry, type TaskFamily } from "../core/index.ts";
import { advisedKeyedBandit } from "./advised-keyed-bandit/index.ts";
import { ballsAndUrns } from "./balls-and-urns/index.ts";
import { inContextRegression } from "./in-context-regression/index.ts";
import { keyedBandit } from "./keyed-bandit/index.ts";
import { keyedRegression } from "./keyed-regression/index.ts";
import { mazePath, mazeWalk } from "./maze/index.ts";
import { repeatedKeyedBandit } from "./repeated-keyed-bandit/index.ts";

/** Every family, looked up by id. */
export const taskFamilies: Registry<TaskFamily> = createRegistry<TaskFamily>("task family", [
  // The registry forgets what an instance and a state are: only the family itself looks inside them.
  keyedBandit as TaskFamily,
  inContextRegression as TaskFamily,
  keyedRegression as TaskFamily,
  ballsAndUrns as TaskFamily,
  mazeWalk as TaskFamily,
  mazePath as TaskFamily,
  repeatedKeyedBandit as TaskFamily,
  advisedKeyedBandit as TaskFamily,
]);
