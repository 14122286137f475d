/** The maze walk: a family whose instances share structure, so that rules and search both carry over. */
import type { EpisodicFamily } from "../../../core/index.ts";
import type { Maze } from "../maze.ts";
import { sampleMaze } from "../sample.ts";
import { countMazes, enumerateMazes, mazeIdentity } from "../space.ts";
import { mazeWords } from "../words.ts";
import { walkCard } from "./card.ts";
import { walkChance } from "./chance.ts";
import { type WalkParameters, walkForms, walkParameters } from "./parameters.ts";
import { walkSolvers } from "./players.ts";
import { walkOptimum, walkReference } from "./reference.ts";
import { type WalkState, walkRules } from "./rules.ts";

export { bestReward } from "./reference.ts";
export { stepFrom, type WalkPlanes, walkPlanes } from "./rules.ts";
export type { WalkParameters, WalkState };

export const mazeWalk: EpisodicFamily<WalkParameters, Maze, WalkState> = {
  kind: "episodic",
  id: "maze-walk",
  card: walkCard,
  parameters: walkParameters,
  forms: walkForms,
  sample: sampleMaze,
  words: (_, maze) => mazeWords(maze),
  identity: mazeIdentity,
  count: countMazes,
  enumerate: enumerateMazes,
  rules: walkRules,
  chance: walkChance,
  optimum: walkOptimum,
  solvers: walkSolvers,
  reference: walkReference,
};
