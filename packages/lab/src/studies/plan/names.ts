/** Checks of names that every kind of study makes. */
import { InputError, parseParameters, unknownName } from "../../core/index.ts";
import { analyses } from "../analyses/index.ts";
import { conditions } from "../conditions.ts";
import type { StudyFile } from "../schema.ts";

/** Says where the value at a path of a study file stands. */
export type Place = (...path: (string | number)[]) => string;

/** The condition and the analysis exist. */
export function checkShared(file: StudyFile, at: Place): void {
  const known = conditions.map(({ id }) => id);
  if (!known.includes(file.condition))
    throw new InputError(unknownName("condition", file.condition, known), {
      place: at("condition"),
    });
  if (file.analysis)
    parseParameters(
      analyses.get(file.analysis.id, at("analysis", "id")),
      file.analysis.parameters,
      at("analysis", "parameters"),
    );
}

/** Calls `check` with the name of every factor that the study or one of its profiles declares. */
export function checkFactorNames(
  file: StudyFile,
  at: Place,
  check: (name: string, place: string) => void,
): void {
  for (const [factors, path] of grids(file))
    for (const name of Object.keys(factors)) check(name, at(...path, name));
}

/** Calls `check` with every level of a factor, and with those of the arms that predictions name. */
export function checkArms(
  file: StudyFile,
  at: Place,
  check: (name: string, level: string | number, place: string) => void,
): void {
  for (const [factors, path] of grids(file))
    for (const [name, levels] of Object.entries(factors))
      levels.forEach((level, i) => {
        check(name, level, at(...path, name, i));
      });
  file.predictions.forEach((prediction, i) => {
    for (const side of ["from", "to"] as const)
      for (const [name, level] of Object.entries(prediction[side] ?? {})) {
        const place = at("predictions", i, side, name);
        if (!(name in file.factors))
          throw new InputError(unknownName("factor", name, Object.keys(file.factors)), { place });
        check(name, level, place);
      }
  });
}

function grids(file: StudyFile): [Record<string, (string | number)[]>, string[]][] {
  return [
    [file.factors, ["factors"]],
    ...Object.entries(file.profiles).map(
      ([name, profile]) =>
        [profile.factors ?? {}, ["profiles", name, "factors"]] as [
          Record<string, (string | number)[]>,
          string[],
        ],
    ),
  ];
}
