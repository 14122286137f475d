/** Adversarial training on mazes: what the generator and the discriminator hold. */
export { adversarialMaze } from "./experiment.ts";
