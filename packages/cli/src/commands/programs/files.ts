/** Programs and mazes as the command line names them. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import type { Grid } from "@mesascope/lab/architectures";
import { InputError, keyOf, nearestName } from "@mesascope/lab/core";
import type { World } from "../../world.ts";

/** The text of a file. @throws InputError if it cannot be read. */
export function readText(world: World, file: string): string {
  const path = resolve(world.cwd, file);
  if (!existsSync(path)) throw new InputError("there is no such file", { place: file });
  if (!statSync(path).isFile()) throw new InputError("is a folder, not a file", { place: file });
  return readFileSync(path, "utf8");
}

/** How mazes are named, for help texts. */
export const mazeForm = `Mazes: the name of a file with a drawing, or WIDTHxHEIGHT with any of these after a colon, parted by commas:
  seed=1       which mazes are drawn
  count=1      how many, all to be solved by one program
  loops=0.2    share of inner walls that are broken
  weights=1    costs of cells are drawn from 1 to this
  slack=2      the cost may be at most this many times the least (no limit unless given)
  distance=2   least number of steps from start to goal
  foil         only mazes on which following either wall does not lead to the goal`;

const defaults = { seed: 1, count: 1, loops: 0.2, weights: 1, slack: Number.NaN, distance: 2 };
type Setting = keyof typeof defaults;

/** The mazes that `text` names. @throws InputError with `flag` for anything that names none. */
export async function mazesNamed(world: World, text: string, flag: string): Promise<Grid[]> {
  const size = /^(\d+)x(\d+)(?::(.*))?$/.exec(text);
  if (!size) {
    const { parseGrid } = await import("@mesascope/lab/architectures");
    if (/^\d+x/.test(text) && !existsSync(resolve(world.cwd, text)))
      throw new InputError(`expected a file or WIDTHxHEIGHT, e.g. 5x5, not '${text}'`, {
        place: flag,
      });
    return [parseGrid(readText(world, text), text)];
  }
  const [width, height] = [Number(size[1]), Number(size[2])];
  const { foil, ...settings } = settingsOf(size[3] ?? "", flag);
  if (width * height < 2 || width * height > 4096)
    throw new InputError(`a maze has from 2 to 4096 cells, not ${width} by ${height}`, {
      place: flag,
    });
  const { foilsWallFollowing, sampleMazes } = await import("@mesascope/lab/studies");
  const { count, seed, slack, ...others } = settings;
  return sampleMazes(
    { width, height, ...others, ...(Number.isNaN(slack) ? {} : { slack }) },
    count,
    keyOf(seed),
    foil ? foilsWallFollowing : undefined,
  );
}

function settingsOf(text: string, flag: string) {
  const settings = { ...defaults, foil: false };
  for (const part of text.split(",").filter((word) => word !== "")) {
    const [name, given] = part.split("=");
    const fail = (message: string): never => {
      throw new InputError(message, { place: flag });
    };
    if (name === "foil" && given === undefined) {
      settings.foil = true;
      continue;
    }
    if (!Object.hasOwn(defaults, name!)) {
      const known = [...Object.keys(defaults), "foil"];
      const near = nearestName(name!, known);
      fail(
        `unknown setting '${name}'${near ? `; did you mean '${near}'?` : ";"} Known: ${known.join(", ")}.`,
      );
    }
    const value = given === undefined || given === "" ? Number.NaN : Number(given);
    const [least, most, whole] = {
      seed: [0, Number.MAX_SAFE_INTEGER, true],
      count: [1, 1000, true],
      loops: [0, 1, false],
      weights: [1, 9, true],
      slack: [1, 1000, false],
      distance: [1, 4096, true],
    }[name as Setting] as [number, number, boolean];
    if (!(value >= least && value <= most) || (whole && !Number.isInteger(value)))
      fail(
        `${name} is a ${whole ? "whole " : ""}number from ${least} to ${most}, not '${given ?? ""}'`,
      );
    settings[name as Setting] = value;
  }
  return settings;
}
