/** From the text of a study file to every run of one of its profiles. */
import { parse as parseYamlValue } from "yaml";
import { architectures } from "../architectures/index.ts";
import {
  contentHash,
  type Diversity,
  InputError,
  type Json,
  messageOf,
  nearestName,
  parseParameters,
  unknownName,
} from "../core/index.ts";
import { optimizerAlgorithms } from "../optimizers/index.ts";
import { signatures } from "../signatures/index.ts";
import { makeTask, taskFamilies } from "../tasks/index.ts";
import { checkPairing } from "../training/index.ts";
import { conditions } from "./conditions.ts";
import { diversitySchema, type Profile, type StudyFile, studySchema } from "./schema.ts";
import type { Arm, PlannedRun, PlannedStudy, RunSpec } from "./types.ts";
import { placesIn, readYaml } from "./yaml.ts";

/**
 * Reads a study file and checks that everything it names exists.
 * @param place name of the file, for messages.
 * @throws InputError with line and column.
 */
export function parseStudy(text: string, place: string): StudyFile {
  const file = readYaml(text, place, studySchema);
  checkNames(file, placesIn(text, place));
  return file;
}

type Place = (...path: (string | number)[]) => string;

/** Everything that a study names exists. */
function checkNames(file: StudyFile, at: Place): void {
  if (!conditions.some(({ id }) => id === file.condition))
    throw new InputError(
      unknownName(
        "condition",
        file.condition,
        conditions.map(({ id }) => id),
      ),
      {
        place: at("condition"),
      },
    );
  const family = taskFamilies.get(file.task.family, at("task", "family"));
  if (file.task.form !== undefined && !(file.task.form in family.forms))
    throw new InputError(
      unknownName(`form of ${family.id}`, file.task.form, Object.keys(family.forms)),
      {
        place: at("task", "form"),
      },
    );
  file.measure.signatures.forEach((id, i) => {
    signatures.get(id, at("measure", "signatures", i));
  });
  for (const [name, learner] of Object.entries(file.learners)) {
    architectures.get(learner.architecture, at("learners", name, "architecture"));
    optimizerAlgorithms.get(learner.algorithm, at("learners", name, "algorithm"));
  }
  for (const [name, { learners }] of Object.entries(file.profiles))
    for (const id of Object.keys(learners ?? {}))
      if (!(id in file.learners))
        throw new InputError(unknownName("learner", id, Object.keys(file.learners)), {
          place: at("profiles", name, "learners", id),
        });
  checkFactors(file, at);
}

const prefixes = ["task.", "architecture.", "algorithm."] as const;

function checkFactors(file: StudyFile, at: Place): void {
  const grids: [Record<string, (string | number)[]> | undefined, (string | number)[]][] = [
    [file.factors, ["factors"]],
    ...Object.entries(file.profiles).map(
      ([name, profile]) =>
        [profile.factors, ["profiles", name, "factors"]] as [typeof profile.factors, string[]],
    ),
  ];
  for (const [factors, path] of grids)
    for (const [name, levels] of Object.entries(factors ?? {})) {
      const known = ["diversity", "learner"];
      if (!known.includes(name) && !prefixes.some((prefix) => name.startsWith(prefix)))
        throw new InputError(
          `unknown factor '${name}': a factor is 'diversity', 'learner', or a parameter such as 'task.arms'`,
          { place: at(...path, name) },
        );
      levels.forEach((level, i) => {
        checkLevel(file, name, level, at(...path, name, i));
      });
    }
  if (!file.factors["diversity"] || !file.factors["learner"])
    throw new InputError("'factors' needs the levels of both 'diversity' and 'learner'", {
      place: at("factors"),
    });
  file.predictions.forEach((prediction, i) => {
    for (const side of ["from", "to"] as const)
      for (const [name, level] of Object.entries(prediction[side] ?? {})) {
        if (!(name in file.factors))
          throw new InputError(unknownName("factor", name, Object.keys(file.factors)), {
            place: at("predictions", i, side, name),
          });
        checkLevel(file, name, level, at("predictions", i, side, name));
      }
  });
}

function checkLevel(file: StudyFile, name: string, level: string | number, place: string): void {
  if (name === "diversity") {
    if (!diversitySchema.safeParse(level).success)
      throw new InputError(
        `diversity must be a whole number of at least 1, or 'fresh', not ${level}`,
        { place },
      );
  }
  if (name === "learner" && !(String(level) in file.learners))
    throw new InputError(unknownName("learner", String(level), Object.keys(file.learners)), {
      place,
    });
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
  let study = resolve(file, options.profile);
  if (options.seeds !== undefined) study = { ...study, seeds: options.seeds };
  for (const assignment of options.set ?? []) study = assign(study, assignment);
  const runs: PlannedRun[] = [];
  for (const arm of expand(study.factors))
    for (let seed = 1; seed <= study.seeds; seed++) runs.push(planRun(study, arm, seed));
  const checked = new Set<string>();
  for (const { spec } of runs) {
    const name = contentHash([spec.task as Json, spec.diversity]);
    if (!checked.has(name))
      makeTask(spec.task.family, spec.task.parameters, {
        diversity: spec.diversity,
        seed: spec.seed,
      });
    checked.add(name);
  }
  return {
    file: study,
    number: options.number,
    profile: options.profile,
    seeds: study.seeds,
    updates: study.budget.updates,
    runs,
    source: options.source,
  };
}

/** The study with a profile's changes applied and all parameters written out. */
function resolve(file: StudyFile, name: Profile): StudyFile {
  const profile = file.profiles[name];
  const family = taskFamilies.get(file.task.family);
  const form = file.task.form ? family.forms[file.task.form] : {};
  const task = {
    ...file.task,
    parameters: parseParameters(
      family,
      { ...form, ...file.task.parameters, ...profile.task },
      `${file.id}: task '${family.id}'`,
    ) as Record<string, unknown>,
  };
  const learners = Object.fromEntries(
    Object.entries(file.learners).map(([id, learner]) => {
      const architecture = architectures.get(learner.architecture);
      const algorithm = optimizerAlgorithms.get(learner.algorithm);
      checkPairing(architecture, algorithm);
      const changes = profile.learners?.[id];
      return [
        id,
        {
          ...learner,
          parameters: parseParameters(
            architecture,
            { ...learner.parameters, ...changes?.parameters },
            `${file.id}: learner '${id}'`,
          ),
          algorithmParameters: parseParameters(
            algorithm,
            { ...learner.algorithmParameters, ...changes?.algorithmParameters },
            `${file.id}: learner '${id}'`,
          ),
        },
      ];
    }),
  ) as StudyFile["learners"];
  return {
    ...file,
    task,
    learners,
    factors: { ...file.factors, ...profile.factors },
    seeds: profile.seeds ?? file.seeds,
    budget: profile.budget ?? file.budget,
    checkpoints: profile.checkpoints ?? file.checkpoints,
    measure: { ...file.measure, episodes: profile.episodes ?? file.measure.episodes },
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
  const parsed = studySchema.safeParse(copy);
  if (!parsed.success) throw new InputError(parsed.error.issues[0]!.message, { place });
  checkNames(parsed.data, () => place);
  return parsed.data;
}

function expand(factors: StudyFile["factors"]): Arm[] {
  let arms: Arm[] = [{}];
  for (const [name, levels] of Object.entries(factors))
    arms = arms.flatMap((arm) => levels.map((level) => ({ ...arm, [name]: level })));
  return arms;
}

/** Parameters of `owner` among an arm's factors, e.g. `task.arms` for owner `task`. */
function factorParameters(arm: Arm, owner: string): Record<string, unknown> {
  const prefix = `${owner}.`;
  return Object.fromEntries(
    Object.entries(arm)
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, level]) => [name.slice(prefix.length), level]),
  );
}

function planRun(study: StudyFile, arm: Arm, seed: number): PlannedRun {
  const name = String(arm["learner"]);
  const learner = study.learners[name]!;
  const filled = (
    kind: Parameters<typeof parseParameters>[0],
    owner: string,
    given: object,
  ): Json =>
    parseParameters(
      kind,
      { ...given, ...factorParameters(arm, owner) },
      `${study.id}: ${owner}`,
    ) as Json;
  const spec: RunSpec = {
    version: 1,
    task: {
      family: study.task.family,
      parameters: filled(taskFamilies.get(study.task.family), "task", study.task.parameters),
    },
    diversity: arm["diversity"] as Diversity,
    learner: {
      architecture: learner.architecture,
      architectureParameters: filled(
        architectures.get(learner.architecture),
        "architecture",
        learner.parameters,
      ),
      algorithm: learner.algorithm,
      algorithmParameters: filled(
        optimizerAlgorithms.get(learner.algorithm),
        "algorithm",
        learner.algorithmParameters,
      ),
    },
    budget: { updates: study.budget.updates },
    checkpoints: checkpointsOf(study.budget.updates, study.checkpoints),
    measure: { signatures: study.measure.signatures, episodes: study.measure.episodes },
    seed,
  };
  const hash = contentHash(spec as unknown as Json).slice(0, 10);
  return { id: `${name}-n${arm["diversity"]}-s${seed}-${hash}`, study: study.id, arm, seed, spec };
}

/** `count` numbers of updates, each twice the one before, ending at `updates`. */
export function checkpointsOf(updates: number, count: number): number[] {
  const points = new Set<number>();
  for (let i = count - 1; i >= 0; i--) points.add(Math.max(1, Math.round(updates / 2 ** i)));
  return [...points];
}
