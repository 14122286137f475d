/** What the theory commands print, against formulas searched by brute force, and what they refuse. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Place } from "../../testing/place.ts";

let place: Place;

beforeEach(() => {
  place = new Place();
});
afterEach(() => {
  place.remove();
});

async function output(args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await place.run(["theory", ...args]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return stdout;
}

async function refusal(args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await place.run(["theory", ...args]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr.trim().split("\n"), stderr).toHaveLength(1);
  return stderr.trim();
}

const toyModel = (...args: string[]) => ["toy-model", "--budget", "100", "--diversity", ...args];

describe("toy-model", () => {
  it("solves the quadratic cost: f'(x) = N at x = 5, where 25 bits are spent and 75 tune 10 instances", async () => {
    expect(JSON.parse(await output(toyModel("10", "--cost", "power:1,2", "--json")))).toEqual({
      xStar: 5,
      tunedBits: 7.5,
      total: 12.5,
      regime: "interior",
      threshold: 0,
    });
  });

  const costs: [string, (x: number) => number][] = [
    ["linear:3", (x) => 3 * x],
    ["power:2,1.5", (x) => 2 * x ** 1.5],
    ["power:20,0.5", (x) => 20 * Math.sqrt(x)],
    ["exponential:1.5,0.7", (x) => 1.5 * (2 ** (0.7 * x) - 1)],
    ["fixed:40,0.5", (x) => (x === 0 ? 0 : 40 + 0.5 * x * x)],
    // Two points: a straight line from 0 to 60 over 12.
    ["table:line.csv", (x) => 5 * x],
  ];
  it.each(costs)("%s: no point of a fine grid does better", async (cost, bits) => {
    writeFileSync(join(place.cwd, "line.csv"), "x,f\n0,0\n12,60\n");
    for (const n of [1, 2, 4, 7.5, 16, 300]) {
      const found = JSON.parse(
        await output(toyModel(String(n), "--cost", cost, "--x-max", "12", "--json")),
      );
      const totals = Array.from({ length: 12_001 }, (_, i) => i / 1000)
        .filter((x) => bits(x) <= 100)
        .map((x) => (100 - bits(x)) / n + x);
      const best = Math.max(...totals);
      expect(found.total).toBeGreaterThanOrEqual(best - 1e-9);
      expect(found.total).toBeLessThan(best + 0.02);
      expect((100 - bits(found.xStar)) / n + found.xStar).toBeCloseTo(found.total, 9);
      expect(found.tunedBits).toBeCloseTo((100 - bits(found.xStar)) / n, 9);
      const ratios = Array.from({ length: 12_000 }, (_, i) => (i + 1) / 1000)
        .filter((x) => bits(x) <= 100)
        .map((x) => bits(x) / x);
      expect(found.threshold).toBeLessThanOrEqual(Math.min(...ratios) + 1e-9);
      if (n < found.threshold) expect(found.xStar).toBe(0);
    }
  });

  it("says where x* is not unique, in JSON and in words", async () => {
    const args = toyModel("4", "--cost", "linear:4", "--x-max", "10");
    expect(JSON.parse(await output([...args, "--json"]))).toEqual({
      xStar: 0,
      xRange: { low: 0, high: 10 },
      tunedBits: 25,
      total: 25,
      regime: "indifferent",
      threshold: 4,
    });
    expect(await output(args)).toMatch(/^run-time bits x\* +0 +the lower end; the upper is 10$/m);
  });

  it("takes shared structure, a ceiling, the worst case and endless instances", async () => {
    const solve = async (...args: string[]) => JSON.parse(await output([...args, "--json"]));
    // 1 / (1/4 + 3/4 / 3) = 2 effective instances: f'(x) = 2 at x = 1.
    const shared = toyModel("3", "--cost", "power:1,2", "--shared", "0.25");
    expect((await solve(...shared)).xStar).toBeCloseTo(1, 12);
    expect(await output(shared)).toMatch(/^effective N +2 /m);
    expect(await solve(...toyModel("10", "--cost", "power:1,2", "--ceiling", "6"))).toMatchObject({
      xStar: 0,
      total: 6,
      regime: "saturated",
    });
    // With k whole halvings each, x = sqrt(100 - 10 k): 7 + sqrt(30) = 12.477 is most (8 + sqrt(20) = 12.472).
    expect(
      (await solve(...toyModel("10", "--cost", "power:1,2", "--worst-case"))).total,
    ).toBeCloseTo(7 + Math.sqrt(30), 12);
    expect(await solve(...toyModel("fresh", "--cost", "linear:4"))).toEqual({
      xStar: 25,
      tunedBits: 0,
      total: 25,
      regime: "capped by budget",
      threshold: 4,
    });
    // N_eff stays below 1 / 0.25 = 4, the threshold of this cost.
    expect(
      await solve(...toyModel("fresh", "--cost", "linear:4", "--shared", "0.25")),
    ).toMatchObject({ threshold: null });
  });
});

describe("sweep", () => {
  const grid = ["sweep", "--cost", "power:1,2", "--budgets", "4:20", "--diversities", "1:2,fresh"];

  it("writes a line for every budget and diversity", async () => {
    const [header, ...lines] = (await output(grid)).trimEnd().split("\n");
    expect(header).toBe("budget,diversity,xStar,xHigh,tunedBits,total,regime,threshold");
    // x* = N / 2 in the interior, sqrt(P) for endless instances.
    expect(lines).toEqual([
      "4,1,0.5,0.5,3.75,4.25,interior,0",
      "4,2,1,1,1.5,2.5,interior,0",
      "4,fresh,2,2,0,2,capped by budget,0",
      "8,1,0.5,0.5,7.75,8.25,interior,0",
      "8,2,1,1,3.5,4.5,interior,0",
      `8,fresh,${Math.sqrt(8)},${Math.sqrt(8)},0,${Math.sqrt(8)},capped by budget,0`,
      "16,1,0.5,0.5,15.75,16.25,interior,0",
      "16,2,1,1,7.5,8.5,interior,0",
      "16,fresh,4,4,0,4,capped by budget,0",
    ]);
    const rows = JSON.parse(await output([...grid, "--json"]));
    expect(rows).toHaveLength(9);
    expect(rows[2]).toEqual({
      budget: 4,
      diversity: "fresh",
      xStar: 2,
      tunedBits: 0,
      total: 2,
      regime: "capped by budget",
      threshold: 0,
    });
  });

  it("writes to a file, and says when it cannot", async () => {
    expect(await output([...grid, "--out", "frontier.csv"])).toBe("frontier.csv\n");
    expect(readFileSync(join(place.cwd, "frontier.csv"), "utf8")).toBe(await output(grid));
    const failed = await place.run(["theory", ...grid, "--out", "studies/none/x.csv"]);
    expect(failed.code).toBe(1);
    expect(failed.stderr).toMatch(/^mesascope: --out studies\/none\/x\.csv could not be written: /);
  });
});

describe("metered", () => {
  const args = ["metered", "--budget", "24", "--diversity", "4", "--cost", "power:1,2"];

  it("sets counted selection beside the toy model", async () => {
    const json = [...args, "--ceiling", "10", "--populations", "3", "--json"];
    const { predicted, ideal, bestOf, selection } = JSON.parse(await output(json));
    // f'(x) = 4 at x = 2: 20 bits tune 4 instances, 5 + 2 in all; whole x agrees.
    expect(predicted).toMatchObject({ xStar: 2, tunedBits: 5, total: 7, regime: "interior" });
    expect(ideal.x).toBe(2);
    expect(bestOf.obtainedBits).toBeLessThanOrEqual(24);
    expect(bestOf.runTimeBits + bestOf.tunedBits).toBeCloseTo(bestOf.score, 12);
    expect(selection).toMatchObject({ bits: 24, populations: 3, seed: 1 });
    const { least, mean, greatest } = selection.score;
    expect(least).toBeLessThanOrEqual(mean);
    expect(mean).toBeLessThanOrEqual(greatest);
    // Nobody scores more than the best of all genomes that so many bits can single out.
    expect(greatest).toBeLessThanOrEqual(10);
  });

  it("repeats itself with its seed, and only with it", async () => {
    const one = await output([...args, "--seed", "7"]);
    expect(await output([...args, "--seed", "7"])).toBe(one);
    expect(await output([...args, "--seed", "8"])).not.toBe(one);
    expect(one).toMatch(/^toy model +2 +5 +7$/m);
  });
});

describe("deception", () => {
  const args = ["deception", "--training", "2", "--deployment", "3"];

  it("solves the paper's example, and shows what is printed beside what the rules give", async () => {
    const results = JSON.parse(await output([...args, "--json"]));
    expect(results).toEqual({
      bestResponse: ["A", "A", "B", "B", "B"],
      unique: true,
      value: 3,
      defectProbability: expect.closeTo(5 / 9, 12),
      // 1 - q^2 + 3 p q^2 at p = 5/9
      hiddenValue: expect.closeTo(1 - 16 / 81 + (15 / 9) * (16 / 81), 12),
      // The root of g + g^3 = 1, a factor of g^2 + g^3 + g^4 = 1.
      deceptiveFromDiscount: expect.closeTo(0.6823278038280193, 12),
      printed: {
        defectProbability: 0.61,
        value: expect.closeTo(1 - 0.39 ** 2 + 3 * 0.61 * 0.39 ** 2, 12),
      },
    });
    const words = await output(args);
    expect(words).toContain("in training: A in 2 episodes\n  in deployment: B in 3 episodes\n");
    expect(words).toMatch(/The paper prints 0\.61 .* worth 1\.12\d+, less than 1\.13\d+\.\n/);
  });

  it("an agent that discounts defects at once", async () => {
    const results = JSON.parse(await output([...args, "--discount", "0.5", "--json"]));
    // 1 at once, against 1/4 + 1/8 + 1/16.
    expect(results).toMatchObject({
      bestResponse: ["B", "A", "A", "A", "A"],
      value: 1,
      defectProbability: 1,
    });
    expect(results).not.toHaveProperty("printed");
    expect(await output([...args, "--discount", "0.5"])).toContain(
      "in training: B in 1 episode, then A in 1 episode\n",
    );
  });

  it("knows where there is nothing to feign", async () => {
    const never = ["deception", "--training", "0", "--deployment", "3"];
    expect(JSON.parse(await output([...never, "--json"]))).toMatchObject({
      bestResponse: ["B", "B", "B"],
      defectProbability: 1,
      deceptiveFromDiscount: null,
    });
    expect(await output(never)).toContain("there is no discount");
  });
});

describe("bad input", () => {
  const good = ["--cost", "power:1,2"];
  const table: [string, string[], RegExp][] = [
    [
      "a negative budget",
      ["toy-model", "--budget", "-3", "--diversity", "4", ...good],
      /^mesascope: --budget: must be a number of bits of at least 0, not '-3'$/,
    ],
    [
      "no number",
      ["toy-model", "--budget", "ten", "--diversity", "4", ...good],
      /--budget: must be .* not 'ten'$/,
    ],
    [
      "less than one instance",
      toyModel("0.5", ...good),
      /--diversity: must be a number of instances of at least 1, or 'fresh', not '0\.5'$/,
    ],
    ["no instance", toyModel("0", ...good), /--diversity: .* not '0'$/],
    ["a negative limit", toyModel("4", ...good, "--x-max", "-1"), /--x-max: .* not '-1'$/],
    [
      "a share above 1",
      toyModel("4", ...good, "--shared", "1.5"),
      /--shared: must be a share from 0 to 1, not '1\.5'$/,
    ],
    ["a negative share", toyModel("4", ...good, "--shared", "-0.1"), /--shared: .* not '-0\.1'$/],
    ["a negative ceiling", toyModel("4", ...good, "--ceiling", "-1"), /--ceiling: .* not '-1'$/],
    [
      "an unknown cost",
      toyModel("4", "--cost", "powr:1,2"),
      /--cost: unknown cost 'powr'; did you mean 'power'\? Known: exponential, fixed, linear, power, table\.$/,
    ],
    [
      "a cost with too few numbers",
      toyModel("4", "--cost", "power:1"),
      /--cost: the power cost is written power:c,k with numbers, not 'power:1'$/,
    ],
    ["a cost without numbers", toyModel("4", "--cost", "linear:"), /written linear:a with numbers/],
    [
      "a cost that decreases",
      toyModel("4", "--cost", "linear:-2"),
      /--cost: the linear cost needs a to be a number of at least 0, not -2: a cost must not decrease$/,
    ],
    [
      "a falling power",
      toyModel("4", "--cost", "power:1,-2"),
      /--cost: .* a cost must not decrease/,
    ],
    [
      "a table that falls",
      toyModel("4", "--cost", "table:falling.csv"),
      /falling\.csv: the cost table must not decrease, but f\(2\) = 2 follows f\(1\) = 3$/,
    ],
    [
      "a table with a word in it",
      toyModel("4", "--cost", "table:words.csv"),
      /words\.csv:2: a line of a cost table is two numbers, x and f, not '1,two'$/,
    ],
    [
      "a table that is not there",
      toyModel("4", "--cost", "table:none.csv"),
      /--cost: cannot read the cost table none\.csv: there is no such file$/,
    ],
    [
      "nothing that bounds x",
      toyModel("4", "--cost", "linear:0"),
      /run-time bits cost nothing here and nothing bounds them: give x_max$/,
    ],
    [
      "no budget",
      ["toy-model", "--diversity", "4", ...good],
      /required option '--budget <bits>' not specified$/,
    ],
    [
      "a range that falls",
      ["sweep", ...good, "--budgets", "8:1", "--diversities", "1"],
      /--budgets: a range is LOW:HIGH with 0 < LOW <= HIGH, doubling, such as 1:1024, not '8:1'$/,
    ],
    [
      "a range from 0",
      ["sweep", ...good, "--budgets", "0:8", "--diversities", "1"],
      /--budgets: a range is LOW:HIGH/,
    ],
    [
      "a grid of nothing",
      ["sweep", ...good, "--budgets", "1", "--diversities", ""],
      /--diversities: must be .* not ''$/,
    ],
    [
      "a command that is none",
      ["toymodel"],
      /unknown command 'toymodel' \(Did you mean toy-model\?\)$/,
    ],
  ];
  it.each(table)("%s", async (_, args, message) => {
    writeFileSync(join(place.cwd, "falling.csv"), "0,0\n1,3\n2,2\n");
    writeFileSync(join(place.cwd, "words.csv"), "0,0\n1,two\n");
    expect(await refusal(args)).toMatch(message);
  });
});

it("every command has help with an example", async () => {
  for (const command of [[], ["toy-model"], ["sweep"], ["metered"], ["deception"]]) {
    const { code, stdout } = await place.run(["theory", ...command, "--help"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/Examples?:\n {2}\$ mesascope theory /);
  }
  expect((await place.run(["theory"])).code).toBe(2);
});
