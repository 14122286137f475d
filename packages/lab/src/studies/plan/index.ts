/** From the text of a study file to every run of one of its profiles. */
import { parse as parseYamlValue } from "yaml";
import { z } from "zod";
import { InputError, messageOf, nearestName } from "../../core/index.ts";
import { experiments } from "../experiments/index.ts";
import { experimentSchema, type Profile, type StudyFile, trainingSchema } from "../schema.ts";
import type { Arm, PlannedStudy } from "../types.ts";
import { placesIn, readYaml } from "../yaml.ts";
import { checkExperiment, planExperiment, resolveExperiment } from "./experiment.ts";
import type { Place } from "./names.ts";
import { checkTraining, planTraining, resolveTraining } from "./training.ts";

export { checkpointsOf } from "../checkpoints.ts";

/**
 * Reads a study file and checks that everything it names exists.
 * @param place name of the file, for messages.
 * @throws InputError with line and column.
 */
export function parseStudy(text: string, place: string): StudyFile {
  const { kind } = readYaml(text, place, z.looseObject({ kind: z.unknown().optional() }));
  const file = readYaml<StudyFile>(
    text,
    place,
    kind === "experiment" ? experimentSchema : trainingSchema,
  );
  check(file, placesIn(text, place));
  return file;
}

function check(file: StudyFile, at: Place): void {
  if (file.kind === "experiment") checkExperiment(file, at);
  else checkTraining(file, at);
}

/** What a profile, `--seeds` and `--set` change. */
export interface PlanOptions {
  /** Three-digit number of the file. */
  readonly number: string;
  /** Text of the file. */
  readonly source: string;
  readonly profile: Profile;
  readonly seeds?: number;
  /** `path=value` pairs over the resolved study, e.g. `budget.updates=100`. */
  readonly set?: readonly string[];
}

/**
 * Applies a profile and expands the design into runs: every arm with every seed from 1.
 * @throws InputError for parameters that their owners refuse, and for levels that no task can have.
 */
export function planStudy(file: StudyFile, options: PlanOptions): PlannedStudy {
  const { number, profile, source } = options;
  let study: StudyFile =
    file.kind === "experiment" ? resolveExperiment(file, profile) : resolveTraining(file, profile);
  if (options.seeds !== undefined) study = { ...study, seeds: options.seeds };
  for (const assignment of options.set ?? []) study = assign(study, assignment);
  const planned = { number, profile, source, seeds: study.seeds };
  const arms = expand(study.factors);
  if (study.kind === "experiment")
    return {
      ...planned,
      kind: "experiment",
      file: study,
      unit: experiments.get(study.experiment.id).unit,
      runs: planExperiment(study, arms),
    };
  return {
    ...planned,
    kind: "training",
    file: study,
    updates: study.budget.updates,
    runs: planTraining(study, arms),
  };
}

/** The study with one `path=value` applied; the path must exist. */
function assign(study: StudyFile, assignment: string): StudyFile {
  const place = `--set ${assignment}`;
  const equals = assignment.indexOf("=");
  if (equals < 1) throw new InputError("expected key=value, e.g. budget.updates=100", { place });
  const path = assignment.slice(0, equals).split(".");
  let value: unknown;
  try {
    value = parseYamlValue(assignment.slice(equals + 1));
  } catch (cause) {
    throw new InputError(`the value is not valid YAML: ${messageOf(cause)}`, { place, cause });
  }
  const copy = structuredClone(study) as StudyFile;
  let node: Record<string, unknown> = copy as unknown as Record<string, unknown>;
  path.forEach((key, depth) => {
    if (node === null || typeof node !== "object" || !Object.hasOwn(node, key)) {
      const near = nearestName(key, Object.keys(node ?? {}));
      const hint = near ? `; did you mean '${[...path.slice(0, depth), near].join(".")}'?` : "";
      throw new InputError(`the study has no key '${path.join(".")}'${hint}`, { place });
    }
    if (depth === path.length - 1) node[key] = value;
    else node = node[key] as Record<string, unknown>;
  });
  const schema = copy.kind === "experiment" ? experimentSchema : trainingSchema;
  const parsed = schema.safeParse(copy);
  if (!parsed.success) throw new InputError(parsed.error.issues[0]!.message, { place });
  check(parsed.data, () => place);
  return parsed.data;
}

function expand(factors: StudyFile["factors"]): Arm[] {
  let arms: Arm[] = [{}];
  for (const [name, levels] of Object.entries(factors))
    arms = arms.flatMap((arm) => levels.map((level) => ({ ...arm, [name]: level })));
  return arms;
}
