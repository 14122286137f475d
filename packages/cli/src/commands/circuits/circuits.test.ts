/** What the circuit commands print, refuse, and how they stop. */
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Place } from "../../testing/place.ts";
import type { StopSignal } from "../../world.ts";

let place: Place;

beforeEach(() => {
  place = new Place();
});
afterEach(() => {
  place.remove();
});

/** Milliseconds for what starts a thread or computes for a second on an idle machine. */
const patience = 300_000;

describe("circuits", () => {
  it("counts functions by size, length and depth as JSON", async () => {
    const { code, stdout, stderr } = await place.run(["circuits", "--inputs", "2", "--json"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    // Of 16 functions, 2 are constants, 4 inputs or their complements, and 10 need one gate.
    const rows = [
      { value: 0, functions: 6, classes: 2 },
      { value: 1, functions: 10, classes: 2 },
    ];
    const none = { functions: 0, classes: 0, representatives: [] };
    expect(JSON.parse(stdout)).toEqual({
      ...{ inputs: 2, basis: "full", functions: 16, classes: 4 },
      ...{
        size: rows,
        sizeOpen: null,
        length: rows,
        depth: rows,
        sizeBelowLength: none,
        noJointMinimum: none,
      },
    });
  });

  it(
    "prints tables, and says what it leaves out",
    async () => {
      const small = await place.run(["circuits", "--inputs", "3", "--basis", "andor"]);
      expect(small.stdout).toMatch(
        /^256 functions of 3 inputs in 14 classes; AND and OR, NOT free\n/,
      );
      // Exclusive or of three inputs and its kin: OEIS A057241 gives 6 as the largest size.
      expect(small.stdout).toMatch(/^size {2}functions {2}classes\n(?:.*\n)* {3}6 +18 +2\n/m);
      const large = await place.run(["circuits", "--basis", "andor"]);
      expect(large.stdout).toContain("size: left out; --profile full computes it\n");
    },
    patience,
  );
});

describe("circuits synthesize", () => {
  const synthesize = ["circuits", "synthesize"];

  it(
    "finds a smallest circuit and says what was refuted",
    async () => {
      const args = [...synthesize, "--table", "0xe8", "--inputs", "3"];
      const { code, stdout, stderr } = await place.run(args);
      expect(code).toBe(0);
      // Knuth, TAOCP 4A, 7.1.2: the median of three takes four gates.
      expect(stdout).toMatch(
        /^4 gates, depth 3; proved best in size: minisat refuted 2 gates, 3 gates\n\ng1 = /,
      );
      expect(stdout).toMatch(/\nf1 = (?:not )?g4\n$/);
      expect(stderr).toBe("minisat: 2 gates?\nminisat: 3 gates?\nminisat: 4 gates?\n");
    },
    patience,
  );

  it(
    "gives circuit and proof as JSON, several outputs, and all best circuits",
    async () => {
      const args = [...synthesize, "--table", "0x6", "--table", "0b1000", "--inputs", "2"];
      const { stdout } = await place.run([
        ...args,
        "--all",
        "--objective",
        "depth",
        "--json",
        "--quiet",
      ]);
      // A half adder has two gates, and there is one.
      expect(JSON.parse(stdout)).toMatchObject({
        ...{ inputs: 2, objective: "depth", tables: ["0x6", "0b1000"], size: 2, depth: 1 },
        ...{ minimal: true, gatesAtLeast: 2, depthAtLeast: 1, complete: true },
        circuits: [{ text: ["g1 = x1 xor x2", "g2 = x1 and x2", "f1 = g1", "f2 = g2"] }],
      });
    },
    patience,
  );

  it("uses cadical where it is on the path", async () => {
    const folder = join(place.cwd, "bin");
    mkdirSync(folder);
    // Reads the formula and refuses it, as cadical does with one that has no model.
    writeFileSync(join(folder, "cadical"), "#!/bin/sh\ncat > /dev/null\nexit 3\n");
    chmodSync(join(folder, "cadical"), 0o755);
    const env = { PATH: `${folder}:/usr/bin:/bin` };
    const { code, stdout, stderr } = await place.run(
      [...synthesize, "--table", "0x6", "--inputs", "2"],
      { env },
    );
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/^cadical: 1 gate\?\nmesascope: .*bin\/cadical failed: exit 3\n$/);
  });

  it(
    "tells what is proved when time runs out",
    async () => {
      // "Exactly one of five" is far beyond a second.
      const table = "0x00010116";
      const args = [...synthesize, "--table", table, "--inputs", "5", "--timeout", "1", "--json"];
      const { code, stdout } = await place.run(args);
      expect(code).toBe(1);
      const result = JSON.parse(stdout);
      expect(result).toMatchObject({ minimal: false });
      expect(result.gatesAtLeast).toBeGreaterThanOrEqual(4);
      expect(result.circuit).toBeUndefined();
    },
    patience,
  );

  it(
    "stops at Ctrl-C while the solver is at work",
    async () => {
      let stop: (signal: StopSignal) => void = () => {};
      const asked = place.run([...synthesize, "--table", "0x00010116", "--inputs", "5"], {
        onStopSignal: (handler) => {
          stop = handler;
          return () => {};
        },
      });
      setTimeout(() => stop("SIGINT"), 3000);
      expect((await asked).code).toBe(130);
    },
    patience,
  );
});

describe("bad input", () => {
  const synthesize = ["circuits", "synthesize"];
  it.each([
    [["circuits", "--inputs", "5"], /--inputs: must be a whole number from 1 to 4, not '5'$/],
    [["circuits", "--basis", "ful"], /--basis: unknown basis 'ful'; did you mean 'full'\?/],
    [["circuits", "synthesise"], /too many arguments|unknown command 'synthesise'/],
    [synthesize, /required option '--inputs <number>' not specified$/],
    [[...synthesize, "--inputs", "3"], /--table: give at least one truth table, like 0x6996$/],
    [[...synthesize, "--inputs", "7"], /--inputs: must be a whole number from 1 to 6, not '7'$/],
    [[...synthesize, "--inputs", "3", "--table", "e8"], /--table: 'e8' is no truth table; write/],
    [
      [...synthesize, "--inputs", "3", "--table", "0xe880"],
      /--table: a function of 3 inputs has 8 rows, which is 2 hexadecimal digits, not 4$/,
    ],
    [
      [...synthesize, "--inputs", "3", "--table", "0xe8", "--objective", "dept"],
      /--objective: unknown objective 'dept'; did you mean 'depth'\?/,
    ],
    [
      [...synthesize, "--inputs", "3", "--table", "0xe8", "--timeout", "0"],
      /--timeout: must be a whole number from 1 to 1000000, not '0'$/,
    ],
  ])("%j", async (args, message) => {
    const { code, stdout, stderr } = await place.run(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(stderr.trim()).toMatch(message);
  });

  it("help shows examples", async () => {
    for (const args of [["circuits"], ["circuits", "synthesize"]]) {
      const { code, stdout } = await place.run([...args, "--help"]);
      expect(code).toBe(0);
      expect(stdout).toMatch(/Examples:\n {2}\$ mesascope circuits /);
    }
  });
});
