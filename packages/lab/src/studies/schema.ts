/** The schema of a study file: what may be declared, with the words that an editor shows. */
import { z } from "zod";

const identifier = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, "must be lower-case words joined by hyphens");

const sentence = z.string().min(10);

const parameters = z.record(z.string(), z.unknown());

export const diversitySchema = z
  .union([z.number().int().min(1), z.literal("fresh")])
  .describe(
    "Number of distinct instances N in the training distribution, or `fresh` for a new one every time.",
  );

const level = z.union([z.string(), z.number()]);

const arm = z
  .record(z.string(), level)
  .describe(
    "Levels of factors that pick one arm of the design, e.g. { diversity: 16, learner: gru }.",
  );

const learner = z
  .strictObject({
    architecture: z.string().describe("Id of an architecture: what is searched over."),
    parameters: parameters.default({}).describe("Parameters of the architecture."),
    algorithm: z.string().describe("Id of an optimizer algorithm: how it is searched."),
    algorithmParameters: parameters.default({}).describe("Parameters of the algorithm."),
  })
  .describe("A learner: architecture and update rule, without the budget.");

const budget = z.strictObject({
  updates: z.number().int().min(1).describe("Parameter updates of one run."),
});

const factors = z
  .record(z.string(), z.array(level).min(1))
  .describe(
    "Factors and their levels; every combination is an arm. `learner` picks from `learners`.",
  );

const profile = z
  .strictObject({
    factors: factors.optional(),
    seeds: z.number().int().min(1).optional(),
    budget: budget.optional(),
    checkpoints: z.number().int().min(1).optional(),
    episodes: z.number().int().min(16).optional(),
    task: parameters.optional().describe("Task parameters that differ in this profile."),
    learners: z
      .record(
        identifier,
        z.strictObject({
          parameters: parameters.optional(),
          algorithmParameters: parameters.optional(),
        }),
      )
      .optional()
      .describe("Parameters of learners, by name, that differ in this profile."),
  })
  .describe("What a profile changes; everything else stays as declared above it.");

const prediction = z.strictObject({
  id: identifier,
  statement: sentence.describe("The prediction in one sentence, stated before the runs."),
  measure: z.string().describe("`signature.part`, e.g. optimization-power.runTime."),
  from: arm
    .optional()
    .describe(
      "The arm compared against; left out, the effect is the arm's own value against zero.",
    ),
  to: arm.describe("The arm whose value is predicted to differ."),
  direction: z.enum(["rises", "falls", "none"]),
  margin: z.number().min(0).describe("Smallest effect that counts, in the measure's unit."),
});

const threshold = z.strictObject({
  measure: z.string(),
  learner: z.string(),
  level: z
    .number()
    .min(0)
    .max(1)
    .describe("Share of the reference solver's value that must be crossed."),
});

export const studySchema = z
  .strictObject({
    id: identifier.describe("Name of the study; the file is called NNN-id.yaml."),
    title: z.string().min(3),
    condition: identifier.describe("Id of the condition that the study tests."),
    claim: sentence.describe("What the paper claims, in our words."),
    rationale: sentence.describe("What was chosen where the paper is silent, and why."),
    task: z.strictObject({
      family: z.string().describe("Id of a task family."),
      form: z.string().optional().describe("Named set of parameters that the family declares."),
      parameters: parameters
        .default({})
        .describe("Parameters of the family, over those of the form."),
    }),
    learners: z.record(identifier, learner),
    factors,
    seeds: z.number().int().min(1).describe("Number of seeds: the unit of replication."),
    budget,
    checkpoints: z
      .number()
      .int()
      .min(1)
      .default(6)
      .describe(
        "Points of training, evenly spaced on a log scale, at which learners are measured.",
      ),
    measure: z.strictObject({
      signatures: z.array(z.string()).min(1),
      episodes: z
        .number()
        .int()
        .min(16)
        .default(2048)
        .describe("Episodes a condition of measurement."),
    }),
    predictions: z.array(prediction).min(1).describe("The first is the study's main prediction."),
    thresholds: z.array(threshold).default([]),
    notControlled: z.array(sentence).min(1).describe("What the study does not control."),
    profiles: z.strictObject({ start: profile, quick: profile, full: profile }),
  })
  .describe("A Mesascope study.");

export type StudyFile = z.infer<typeof studySchema>;
export type Profile = keyof StudyFile["profiles"];
export const profiles = ["start", "quick", "full"] as const satisfies readonly Profile[];
