/** What `mesascope calibrate` wrote, as far as pages show it. */
import { existsSync, readFileSync } from "node:fs";
import { calibrationSchema, type KnownErrors } from "../views/index.ts";

/** The calibration in a file; undefined where there is no such file or it holds something else. */
export function readCalibration(path: string): KnownErrors | undefined {
  if (!existsSync(path)) return undefined;
  try {
    return calibrationSchema.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    // A page without error rates says that there are none; that is true of a file that cannot be read.
    return undefined;
  }
}
