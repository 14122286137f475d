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
  candidates: z
    .number()
    .int()
    .min(1)
    .optional()
    .describe(
      "Candidates that one run of an algorithm with a population evaluates at the most, in whole updates.",
    ),
});

const factors = z
  .record(z.string(), z.array(level).min(1))
  .describe(
    "Factors and their levels; every combination is an arm. `learner` picks from `learners`.",
  );

const profileBase = {
  factors: factors.optional(),
  seeds: z.number().int().min(1).optional(),
};

const signatureIds = z.array(z.string()).min(1);

const count = z.number().int().min(16);

const finalMeasure = z
  .strictObject({
    signatures: signatureIds,
    episodes: count.describe("Episodes or examples of each part."),
  })
  .describe("What is measured once, of the trained learner, with an untrained twin beside it.");

const trainingProfile = z
  .strictObject({
    ...profileBase,
    budget: budget.optional(),
    checkpoints: z.number().int().min(1).optional(),
    episodes: count.optional(),
    final: z
      .union([z.literal(false), finalMeasure.partial()])
      .optional()
      .describe("What differs in `measure.final`; false leaves it out."),
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

const experimentProfile = z
  .strictObject({
    ...profileBase,
    parameters: parameters
      .optional()
      .describe("Parameters of the experiment that differ in this profile."),
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

const threshold = z
  .strictObject({
    measure: z.string(),
    learner: z.string(),
    level: z
      .number()
      .min(0)
      .max(1)
      .optional()
      .describe("Share of the reference solver's value that must be crossed."),
    at: z
      .number()
      .optional()
      .describe("The value itself that must be crossed, in place of `level`."),
    meaning: z.string().optional().describe("What crossing `at` means, in a few words."),
  })
  .refine(({ level, at }) => (level === undefined) !== (at === undefined), {
    message: "a threshold needs either 'level' or 'at'",
  });

const analysis = z
  .strictObject({
    id: z.string().describe("Id of an analysis: what is concluded from all runs together."),
    parameters: parameters.default({}).describe("Parameters of the analysis."),
  })
  .describe(
    "Conclusions drawn from all runs together, perhaps forecast before some of them start.",
  );

const figure = z
  .strictObject({
    id: identifier.describe("Name of the figure and of its files."),
    measures: z
      .array(z.string())
      .min(1)
      .describe("`signature.part` of each value drawn; several are a line each."),
    predicted: z
      .array(z.string())
      .default([])
      .describe("Measures that hold predicted values, drawn hollow and dashed."),
    across: z
      .string()
      .describe("The horizontal axis: a factor, `step` for values along steps, or `measure`."),
    lines: z.string().optional().describe("Factor with a line for each level."),
    panels: z.string().optional().describe("Factor with a panel for each level."),
    fixed: arm.default({}).describe("Levels of the factors that are not drawn."),
    places: z
      .tuple([z.number(), z.number()])
      .optional()
      .describe("What the first and the last step stand for, where `across` is `step`."),
    scale: z
      .enum(["linear", "log2"])
      .default("linear")
      .describe("Scale of a horizontal axis of numbers."),
    labels: z
      .strictObject({ across: z.string(), values: z.string() })
      .describe("Axes, with units."),
    names: z
      .record(z.string(), z.string())
      .default({})
      .describe("What levels and measures are called in the figure."),
    range: z.tuple([z.number(), z.number()]).optional().describe("Ends of the vertical axis."),
    references: z
      .array(z.strictObject({ at: z.number(), label: z.string() }))
      .default([])
      .describe("Known values, such as chance, drawn as lines."),
    title: z
      .strictObject({
        prediction: identifier.optional().describe("Whose verdict decides; by default the first."),
        supported: sentence,
        contradicted: sentence,
        undetermined: sentence,
      })
      .describe("The finding in words, for each verdict that the prediction may have."),
  })
  .describe("A figure of measured values over one factor.");

const studyBase = {
  id: identifier.describe("Name of the study; the file is called NNN-id.yaml."),
  title: z.string().min(3),
  condition: identifier.describe("Id of the condition that the study tests."),
  claim: sentence.describe("What the paper claims, in our words."),
  rationale: sentence.describe("What was chosen where the paper is silent, and why."),
  factors,
  seeds: z.number().int().min(1).describe("Number of seeds: the unit of replication."),
  inStart: z
    .boolean()
    .default(true)
    .describe("Whether `mesascope start` runs the study; one that it does not run is still named."),
  analysis: analysis.optional(),
  predictions: z.array(prediction).min(1).describe("The first is the study's main prediction."),
  figures: z.array(figure).default([]).describe("Figures beside those that the lab draws anyway."),
  notControlled: z.array(sentence).min(1).describe("What the study does not control."),
};

export const trainingSchema = z
  .strictObject({
    kind: z.literal("training").default("training").describe("Trains learners on a task."),
    ...studyBase,
    task: z.strictObject({
      family: z.string().describe("Id of a task family."),
      form: z.string().optional().describe("Named set of parameters that the family declares."),
      parameters: parameters
        .default({})
        .describe("Parameters of the family, over those of the form."),
    }),
    learners: z.record(identifier, learner),
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
      signatures: signatureIds.describe("What is measured at every checkpoint."),
      episodes: count.default(2048).describe("Episodes or examples a condition of measurement."),
      final: finalMeasure.optional(),
    }),
    thresholds: z.array(threshold).default([]),
    profiles: z.strictObject({
      start: trainingProfile,
      quick: trainingProfile,
      full: trainingProfile,
    }),
  })
  .describe("A Mesascope study that trains learners on a task.");

export const experimentSchema = z
  .strictObject({
    kind: z
      .literal("experiment")
      .describe("Runs an experiment of its own, not one learner on one task."),
    ...studyBase,
    experiment: z.strictObject({
      id: z.string().describe("Id of an experiment: what one run computes."),
      parameters: parameters.default({}).describe("Parameters of the experiment."),
    }),
    profiles: z.strictObject({
      start: experimentProfile,
      quick: experimentProfile,
      full: experimentProfile,
    }),
  })
  .describe("A Mesascope study by an experiment of its own.");

export const studySchema = z.union([trainingSchema, experimentSchema]);

export type FigureSpec = z.infer<typeof figure>;
export type TrainingFile = z.infer<typeof trainingSchema>;
export type ExperimentFile = z.infer<typeof experimentSchema>;
export type StudyFile = TrainingFile | ExperimentFile;
export type Profile = keyof StudyFile["profiles"];
export const profiles = ["start", "quick", "full"] as const satisfies readonly Profile[];
