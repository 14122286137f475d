/** The planes of a model's input as sums of the task's fields. */
import { InputError, type Observed, unknownName } from "../../core/index.ts";
import type { MappingPlace, OnnxMapping } from "./mapping.ts";

/** One plane: a constant, and fields by their offset in an observation with their weights. */
export interface PlaneSum {
  /** As the mapping says it. */
  readonly text: string;
  readonly constant: number;
  readonly terms: readonly { readonly offset: number; readonly weight: number }[];
}

/** Planes that are no field: 1 and 0 everywhere, and what can be walked on. */
const constants = { one: 1, zero: 0 } as const;

/** Names that a plane may be made of. */
export function planeNames({ observation }: Pick<Observed, "observation">): string[] {
  const names = observation.map(({ name }) => name);
  return [...names, ...(names.includes("walls") ? ["open"] : []), ...Object.keys(constants)];
}

/**
 * The planes that an input is made of; the task's own in its order where the mapping names none.
 * @throws InputError for names that the task does not have, and for planes of a task that shows no picture.
 */
export function planesOf(
  rules: Observed,
  { planes }: OnnxMapping["input"],
  at: MappingPlace,
): PlaneSum[] {
  if (!rules.grid) {
    if (planes)
      throw new InputError("this task shows no picture: leave the planes out", {
        place: at("input", "planes"),
      });
    return [];
  }
  const known = planeNames(rules);
  const given = planes ?? rules.observation.map(({ name }) => name);
  return given.map((plane, i) => {
    const parts = typeof plane === "string" ? { [plane]: 1 } : plane;
    let constant = 0;
    const terms: { offset: number; weight: number }[] = [];
    const offsetOf = (name: string) => rules.observation.find((f) => f.name === name)!.offset;
    for (const [name, weight] of Object.entries(parts)) {
      if (!known.includes(name))
        throw new InputError(unknownName("plane", name, known), {
          place:
            typeof plane === "string" ? at("input", "planes", i) : at("input", "planes", i, name),
        });
      if (name === "open") {
        constant += weight;
        terms.push({ offset: offsetOf("walls"), weight: -weight });
      } else if (name in constants) constant += weight * constants[name as keyof typeof constants];
      else terms.push({ offset: offsetOf(name), weight });
    }
    return { text: textOf(plane), constant, terms };
  });
}

const textOf = (plane: string | Readonly<Record<string, number>>): string =>
  typeof plane === "string"
    ? plane
    : Object.entries(plane)
        .map(([name, weight]) => (weight === 1 ? name : `${weight} ${name}`))
        .join(" + ");
