/** The experiment `plants-animals`: fixed and learning organisms in worlds of more and more kinds of environment. */
import { z } from "zod";
import { type Experiment, pauses } from "../../core/index.ts";
import { mean } from "../../stats/index.ts";
import { choicesOf, forage, recoveredShare, type SeasonOf } from "../../tasks/index.ts";
import { crossingDiversity, expectedPlasticShare, tunedShare } from "../../theory/index.ts";
import { measurement } from "../experiments/measurement.ts";

const share = (value: number) => z.number().min(0).max(0.5).default(value);

const parameters = z
  .strictObject({
    environments: z
      .number()
      .int()
      .min(1)
      .max(1024)
      .describe("E: kinds of environment that a lineage meets, one a season."),
    foods: z.number().int().min(1).max(16).default(3).describe("Foods, one of them good."),
    places: z.number().int().min(1).max(16).default(2).describe("Places where it may lie."),
    steps: z.number().int().min(1).max(1000).default(20).describe("Foraging steps in a life."),
    base: z.number().positive().default(1).describe("Energy of an organism that finds nothing."),
    gain: z.number().positive().default(1).describe("Energy of a life of good meals, beyond that."),
    cost: z.number().min(0).default(0.25).describe("Energy that a nervous system takes in a life."),
    mutation: share(0.01).describe("Probability that an inherited choice mutates."),
    switching: share(0.001).describe("Probability that a nervous system appears or is lost."),
    capacity: z.number().int().min(2).max(100_000).default(1000).describe("Room for organisms."),
    seasons: z.number().int().min(8).max(100_000).default(2000).describe("Generations."),
  })
  .refine(({ foods, places, steps }) => foods * places >= 2 && foods * places <= steps, {
    path: ["steps"],
    error: "a life needs as many steps as there are choices, of which there are at least two",
  })
  .refine(({ cost, base }) => cost <= base, {
    path: ["cost"],
    error: "must be at most the base energy, or organisms could have less than none",
  });

type Parameters = z.infer<typeof parameters>;

/** Points of the share's course that are kept. */
const points = 100;

export const plantsAnimals: Experiment<Parameters> = {
  id: "plants-animals",
  title: "Plants and animals",
  description:
    "Organisms forage in a world whose kinds of environment follow one another, a season each. All inherit a choice of food and place for every kind; some also have a nervous system, which costs energy and lets them try other choices within their lives. The share that has one is measured over the last quarter of the seasons, beside the share that a model without chance expects.",
  parameters,
  unit: "seasons",
  work: ({ seasons }) => seasons,
  async run(p, { key, signal, report }) {
    const rest = pauses();
    const course: SeasonOf[] = [];
    for (const season of forage(p, key)) {
      course.push(season);
      if (!rest.due()) continue;
      await rest.take();
      report(course.length);
      if (signal.aborted) return undefined;
    }
    return { measurements: [measured(p, course)], data: { extinct: course.length < p.seasons } };
  },
};

function measured(p: Parameters, course: readonly SeasonOf[]) {
  const late = course.slice(Math.floor(0.75 * course.length));
  const of = (part: (season: SeasonOf) => number) => mean(late.map(part));
  const model = { ...p, choices: choicesOf(p), recovered: recoveredShare(p) };
  const crossing = crossingDiversity(model, model);
  const plastic = of((season) => season.plastic);
  const every = Math.max(1, Math.floor(course.length / points));
  return measurement(
    "plasticity",
    [plastic, "share of organisms"],
    {
      share: [plastic, "share of organisms"],
      predicted: [expectedPlasticShare(model, p.environments, p.seasons), "share of organisms"],
      // A number that does not exist is not written: no crossing is the largest diversity there is.
      predictedCrossing: [Math.min(crossing, 2 ** 20), "environments"],
      innate: [of((season) => season.innate), "share of organisms"],
      predictedInnate: [tunedShare(model, p.environments), "share of organisms"],
      fed: [of((season) => season.fed), "share of steps"],
      lifetimeBits: [of((season) => season.learned) * Math.log2(model.choices), "bits"],
      alive: [of((season) => season.count), "organisms"],
    },
    { shareBySeason: course.filter((_, t) => t % every === 0).map((season) => season.plastic) },
  );
}
