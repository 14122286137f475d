/** Evolution as the base optimizer: plants and animals, and the experiment of 1987 that they come from. */
export { hintonNowlanExperiment } from "./hinton-nowlan.ts";
export { plantsAnimals } from "./plants-animals.ts";
