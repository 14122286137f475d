/** Planning of studies that train learners. */
import { architectures } from "../../architectures/index.ts";
import {
  contentHash,
  type Diversity,
  InputError,
  type Json,
  parseParameters,
  unknownName,
} from "../../core/index.ts";
import { optimizerAlgorithms } from "../../optimizers/index.ts";
import { signatures } from "../../signatures/index.ts";
import { makeTask, taskFamilies } from "../../tasks/index.ts";
import { checkPairing, checkSight } from "../../training/index.ts";
import { checkpointsOf } from "../checkpoints.ts";
import { diversitySchema, type Profile, type TrainingFile } from "../schema.ts";
import type { Arm, PlannedRun, TrainingSpec } from "../types.ts";
import { checkArms, checkFactorNames, checkShared, type Place } from "./names.ts";

/** Everything that a study names exists. */
export function checkTraining(file: TrainingFile, at: Place): void {
  checkShared(file, at);
  const family = taskFamilies.get(file.task.family, at("task", "family"));
  if (file.task.form !== undefined && !(file.task.form in family.forms))
    throw new InputError(
      unknownName(`form of ${family.id}`, file.task.form, Object.keys(family.forms)),
      {
        place: at("task", "form"),
      },
    );
  const measures = (ids: readonly string[] | undefined, ...path: readonly string[]) =>
    ids?.forEach((id, i) => {
      const place = at(...path, "signatures", i);
      if (!signatures.get(id, place)[family.kind])
        throw new InputError(
          `signature '${id}' does not measure learners of ${family.kind} tasks`,
          { place },
        );
    });
  measures(file.measure.signatures, "measure");
  measures(file.measure.final?.signatures, "measure", "final");
  for (const [name, { final }] of Object.entries(file.profiles))
    if (final) measures(final.signatures, "profiles", name, "final");
  file.thresholds.forEach(({ level }, i) => {
    if (level !== undefined && family.kind !== "episodic")
      throw new InputError(`a threshold on ${family.id} is given by 'at', not by 'level'`, {
        place: at("thresholds", i),
      });
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

function checkFactors(file: TrainingFile, at: Place): void {
  const known = (name: string) =>
    ["diversity", "learner"].includes(name) || prefixes.some((prefix) => name.startsWith(prefix));
  checkFactorNames(file, at, (name, place) => {
    if (!known(name))
      throw new InputError(
        `unknown factor '${name}': a factor is 'diversity', 'learner', or a parameter such as 'task.arms'`,
        { place },
      );
  });
  if (!file.factors["diversity"] || !file.factors["learner"])
    throw new InputError("'factors' needs the levels of both 'diversity' and 'learner'", {
      place: at("factors"),
    });
  checkArms(file, at, (name, level, place) => checkLevel(file, name, level, place));
}

function checkLevel(file: TrainingFile, name: string, level: string | number, place: string): void {
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

/** The study with a profile's changes applied and all parameters written out. */
export function resolveTraining(file: TrainingFile, name: Profile): TrainingFile {
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
      checkPairing(architecture, algorithm, family);
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
  ) as TrainingFile["learners"];
  return {
    ...file,
    task,
    learners,
    factors: { ...file.factors, ...profile.factors },
    seeds: profile.seeds ?? file.seeds,
    budget: profile.budget ?? file.budget,
    checkpoints: profile.checkpoints ?? file.checkpoints,
    measure: measuredIn(file.measure, profile),
  };
}

/** What is measured in a profile. */
function measuredIn(
  { final, ...measure }: TrainingFile["measure"],
  { episodes = measure.episodes, final: changes }: TrainingFile["profiles"][Profile],
): TrainingFile["measure"] {
  if (changes === false || !final) return { ...measure, episodes };
  const { signatures: ids = final.signatures, episodes: count = final.episodes } = changes ?? {};
  return { ...measure, episodes, final: { signatures: ids, episodes: count } };
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

/**
 * Every arm with every seed from 1.
 * @throws InputError for levels that no task can have.
 */
export function planTraining(
  study: TrainingFile,
  arms: readonly Arm[],
): PlannedRun<TrainingSpec>[] {
  const runs = arms.flatMap((arm) =>
    Array.from({ length: study.seeds }, (_, i) => planRun(study, arm, i + 1)),
  );
  const checked = new Set<string>();
  for (const { spec } of runs) {
    const id = spec.learner.architecture;
    const name = contentHash([spec.task as Json, spec.diversity, id]);
    if (!checked.has(name)) {
      const task = makeTask(spec.task.family, spec.task.parameters, {
        diversity: spec.diversity,
        seed: spec.seed,
      });
      const architecture = architectures.get(id);
      if (architecture.kind === "network") checkSight(architecture, task);
    }
    checked.add(name);
  }
  return runs;
}

function planRun(study: TrainingFile, arm: Arm, seed: number): PlannedRun<TrainingSpec> {
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
  const algorithm = optimizerAlgorithms.get(learner.algorithm);
  const algorithmParameters = filled(algorithm, "algorithm", learner.algorithmParameters);
  const updates = updatesOf(study.budget, algorithm.candidates?.(algorithmParameters));
  const spec: TrainingSpec = {
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
      algorithmParameters,
    },
    budget: { updates },
    checkpoints: checkpointsOf(updates, study.checkpoints),
    measure: study.measure,
    seed,
  };
  const hash = contentHash(spec as unknown as Json).slice(0, 10);
  return { id: `${name}-n${arm["diversity"]}-s${seed}-${hash}`, study: study.id, arm, seed, spec };
}

/** The first limit that is met ends training; an update evaluates its candidates all or none. */
function updatesOf(
  { updates, candidates }: TrainingFile["budget"],
  population: number | undefined,
): number {
  if (candidates === undefined || population === undefined) return updates;
  return Math.max(1, Math.min(updates, Math.floor(candidates / population)));
}
