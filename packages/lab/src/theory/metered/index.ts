/** The bit-metered base optimizer: selection among genomes in which every halving is counted. */
export { bestOf, type SelectedGenome } from "./best-of.ts";
export {
  entryChance,
  type Fitness,
  type GeneLevel,
  type GenomeSpace,
  genomeSpace,
} from "./genome.ts";
export { type IdealGenome, idealGenome } from "./ideal.ts";
export { type Generation, type TruncationOptions, truncationSelection } from "./truncation.ts";
