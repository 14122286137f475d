/** The calibration that verdicts on one subject quote: the data folder's own, or the one that comes with the lab. */
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { InputError, messageOf } from "@mesascope/lab/core";
import type { KnownCalibration } from "@mesascope/lab/signatures";
import { shortPath } from "./short-path.ts";
import type { World } from "./world.ts";

/** Error rates by signature and of the profile, and the file that they are from. */
export type KnownErrors = KnownCalibration & { readonly file: string };

/**
 * What `mesascope calibrate` wrote into the data folder, or else what was committed of it.
 * @throws InputError for a file that holds something else.
 */
export async function readCalibration(
  world: World,
  data: string,
): Promise<KnownErrors | undefined> {
  const own = join(resolve(world.cwd, data), "calibration.json");
  const path = [own, world.calibrationFile].find(existsSync);
  if (path === undefined) return undefined;
  const { parseCalibration } = await import("@mesascope/lab/signatures");
  const file = shortPath(world, path);
  try {
    return { ...parseCalibration(JSON.parse(readFileSync(path, "utf8"))), file };
  } catch (cause) {
    const what =
      cause instanceof InputError ? cause.message : `is no calibration: ${messageOf(cause)}`;
    throw new InputError(what, { place: file, cause });
  }
}
