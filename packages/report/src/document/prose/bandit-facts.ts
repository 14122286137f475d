/** Numbers of a keyed bandit that its prose states, read from the study that was run. */
import type { EpisodicOutcome } from "@mesascope/lab/studies";

/** Parameters of the bandit in the paper's letters; a parameter that a study does not have is undefined. */
export interface BanditFacts {
  readonly arms: number | undefined;
  readonly steps: number | undefined;
  readonly keyBits: number | undefined;
  /** Probability that the best arm pays. */
  readonly best: number | undefined;
  /** Probability that any other arm pays. */
  readonly others: number | undefined;
  /** One reward tells which arm is best. */
  readonly noiseless: boolean;
}

/** Reads the facts from the spec of the first run, in which forms and defaults are resolved. */
export function banditFacts(outcome: EpisodicOutcome): BanditFacts {
  const parameters = outcome.study.runs[0]?.spec.task.parameters;
  const read = (name: string) => {
    const value =
      typeof parameters === "object" && parameters !== null && !Array.isArray(parameters)
        ? (parameters as Readonly<Record<string, unknown>>)[name]
        : undefined;
    return typeof value === "number" ? value : undefined;
  };
  const best = read("best");
  const others = read("others");
  return {
    arms: read("arms"),
    steps: read("steps"),
    keyBits: read("keyBits"),
    best,
    others,
    noiseless: best === 1 && others === 0,
  };
}
