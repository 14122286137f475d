/** What `mesascope calibrate` prints and writes. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseCalibration } from "@mesascope/lab/signatures";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Place } from "./testing/place.ts";

let place: Place;

beforeEach(() => {
  place = new Place();
});
afterEach(() => {
  place.remove();
});

describe("calibrate", () => {
  it("refuses what is no seed, in one sentence", async () => {
    const { code, stderr } = await place.run(["calibrate", "--seed", "x"]);
    expect(code).toBe(2);
    expect(stderr).toBe(
      "mesascope: --seed: must be a whole number from 0 to 4294967296, not 'x'\n",
    );
  });

  it("shows an example", async () => {
    const { code, stdout } = await place.run(["calibrate", "--help"]);
    expect(code).toBe(0);
    expect(stdout).toContain("$ mesascope calibrate --quick --json");
  });

  it("stops at a signal and writes nothing", async () => {
    const { code, stdout } = await place.run(["calibrate", "--quick", "--data", "data"], {
      onStopSignal(handler) {
        handler("SIGINT");
        return () => {};
      },
    });
    expect(code).toBe(130);
    expect(stdout).toBe("");
    expect(existsSync(join(place.data, "calibration.json"))).toBe(false);
  });

  it("writes every measurement and prints the rates", { timeout: 300_000 }, async () => {
    const { code, stdout, stderr } = await place.run([
      ...["calibrate", "--quick", "--mazes", "12", "--quiet", "--data", "data"],
      ...["--summary", "summary.json"],
    ]);
    expect(code, stderr).toBe(0);
    expect(stderr).toBe("");
    expect(stdout).toMatch(/^26 subjects, 8 of them optimizers/m);
    expect(stdout).toMatch(/^where three criteria apply/m);
    const written = JSON.parse(readFileSync(join(place.data, "calibration.json"), "utf8"));
    expect(written.subjects).toHaveLength(26);
    expect(written.measured[0].measurements.length).toBeGreaterThan(10);
    expect(stdout).toContain("Written: data/calibration.json\n");
    const { measured: _, ...rest } = written;
    const summary = JSON.parse(readFileSync(join(place.cwd, "summary.json"), "utf8"));
    expect(summary).toEqual(rest);
    expect(parseCalibration(summary).signatures.map(({ signature }) => signature)).toContain(
      "goal-patch",
    );
  });
});
