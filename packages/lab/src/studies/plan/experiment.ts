/** Planning of studies by experiment. */
import {
  contentHash,
  InputError,
  type Json,
  parameterNames,
  parseParameters,
  unknownName,
} from "../../core/index.ts";
import { experiments } from "../experiments/index.ts";
import type { ExperimentFile, Profile } from "../schema.ts";
import type { Arm, ExperimentSpec, PlannedRun } from "../types.ts";
import { checkArms, checkFactorNames, checkShared, type Place } from "./names.ts";

/** Everything that a study names exists; each factor is a parameter of the experiment. */
export function checkExperiment(file: ExperimentFile, at: Place): void {
  checkShared(file, at);
  const experiment = experiments.get(file.experiment.id, at("experiment", "id"));
  const known = parameterNames(experiment.parameters);
  checkFactorNames(file, at, (name, place) => {
    if (!known.includes(name)) throw new InputError(unknownName("factor", name, known), { place });
  });
  checkArms(file, at, () => {});
}

/** The study with a profile's changes applied. */
export function resolveExperiment(file: ExperimentFile, name: Profile): ExperimentFile {
  const profile = file.profiles[name];
  return {
    ...file,
    experiment: {
      ...file.experiment,
      parameters: { ...file.experiment.parameters, ...profile.parameters },
    },
    factors: { ...file.factors, ...profile.factors },
    seeds: profile.seeds ?? file.seeds,
  };
}

/**
 * Every arm with every seed from 1; an exact experiment's once.
 * @throws InputError for parameters that the experiment refuses.
 */
export function planExperiment(
  study: ExperimentFile,
  arms: readonly Arm[],
): PlannedRun<ExperimentSpec>[] {
  const experiment = experiments.get(study.experiment.id);
  return arms.flatMap((arm) => {
    const parameters = parseParameters(
      experiment,
      { ...study.experiment.parameters, ...arm },
      `${study.id}: experiment '${experiment.id}'`,
    );
    return Array.from({ length: experiment.exact ? 1 : study.seeds }, (_, i) => {
      const spec: ExperimentSpec = {
        version: 1,
        experiment: { id: experiment.id, parameters: parameters as Json },
        work: experiment.work(parameters),
        seed: i + 1,
      };
      const hash = contentHash(spec as unknown as Json).slice(0, 10);
      const levels = Object.values(arm).map((level) => String(level).replace(/[^\w.]+/g, "-"));
      const name =
        levels
          .join("-")
          .slice(0, 60)
          .replace(/^[^A-Za-z0-9]+/, "") || experiment.id;
      return { id: `${name}-s${i + 1}-${hash}`, study: study.id, arm, seed: i + 1, spec };
    });
  });
}
