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
  checkFigures(file, at);
  if (file.analysis)
    parseParameters(
      analyses.get(file.analysis.id, at("analysis", "id")),
      file.analysis.parameters,
      at("analysis", "parameters"),
    );
}

/** Every figure draws or fixes each factor that has several levels, and takes its title from a prediction. */
function checkFigures(file: StudyFile, at: Place): void {
  const factors = Object.keys(file.factors);
  const predictions = file.predictions.map(({ id }) => id);
  const ids = file.figures.map(({ id }) => id);
  file.figures.forEach((figure, i) => {
    const place = (...path: (string | number)[]) => at("figures", i, ...path);
    const known = (
      name: string | undefined,
      among: readonly string[],
      key: string,
      kind: string,
    ) => {
      if (name !== undefined && !among.includes(name))
        throw new InputError(unknownName(kind, name, among), { place: place(key) });
    };
    known(figure.across, [...factors, "step", "measure"], "across", "factor");
    known(figure.lines, factors, "lines", "factor");
    known(figure.panels, factors, "panels", "factor");
    for (const name of Object.keys(figure.fixed)) known(name, factors, "fixed", "factor");
    known(figure.title.prediction, predictions, "title", "prediction");
    if (figure.places && figure.across !== "step")
      throw new InputError(`'places' is for figures across 'step', not across '${figure.across}'`, {
        place: place("places"),
      });
    if (ids.indexOf(figure.id) < i)
      throw new InputError(`there are two figures '${figure.id}'`, { place: place("id") });
    const named = [figure.across, figure.lines, figure.panels, ...Object.keys(figure.fixed)];
    const open = factors.find((name) => file.factors[name]!.length > 1 && !named.includes(name));
    if (open)
      throw new InputError(
        `figure '${figure.id}' needs factor '${open}' under across, lines, panels or fixed`,
        { place: place() },
      );
  });
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
