/** The calibration that comes with the lab, and which one is quoted. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { criteria, parseCalibration } from "@mesascope/lab/signatures";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readCalibration } from "./calibrated.ts";
import { realWorld } from "./compose.ts";
import { fakeWorld, Place } from "./testing/place.ts";

let place: Place;

beforeEach(() => {
  place = new Place();
});
afterEach(() => {
  place.remove();
});

const committed = () =>
  parseCalibration(JSON.parse(readFileSync(realWorld().calibrationFile, "utf8")));

describe("the calibration that comes with the lab", () => {
  it("is of the signatures as they are, on all controls, at least forty of them", () => {
    const known = committed();
    expect(known.quick).toBe(false);
    expect(known.subjects.length).toBeGreaterThanOrEqual(40);
    const rated = known.signatures.map(({ signature }) => signature);
    for (const { evidence } of criteria)
      for (const { signature } of evidence) expect(rated).toContain(signature);
  });

  it("calls no known non-optimizer optimizer-like, and tells them apart as the guide says", () => {
    const { profile } = committed();
    expect(profile.all.specificity.value).toBe(1);
    const guide = readFileSync(
      join(realWorld().calibrationFile, "../../guide/calibration.md"),
      "utf8",
    );
    const { value, interval } = profile.all.area;
    const text = [value, interval.low, interval.high].map((number) => number.toFixed(2));
    expect(guide).toContain(`**the present rule** | ${text[0]} [${text[1]}, ${text[2]}]`);
  });

  it("is quoted where the data folder holds none of its own", async () => {
    const world = fakeWorld({ cwd: place.cwd });
    const known = await readCalibration(world, "data");
    expect(known!.file).toMatch(/docs\/results\/calibration-maze\.json$/);
    mkdirSync(place.data, { recursive: true });
    const own = { ...committed(), seed: 77 };
    writeFileSync(join(place.data, "calibration.json"), JSON.stringify(own));
    expect(await readCalibration(world, "data")).toMatchObject({
      ...{ seed: 77, file: join("data", "calibration.json") },
    });
    const nowhere = fakeWorld({ cwd: place.cwd, calibrationFile: join(place.cwd, "none.json") });
    expect(await readCalibration(nowhere, "elsewhere")).toBeUndefined();
  });
});
