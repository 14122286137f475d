import { describe, expect, it } from "vitest";
import { InputError, keyOf, type Random, split } from "../core/index.ts";
import { type BanditInstance, finiteSource, keyedBandit, makeTask, partOf } from "./index.ts";

const bandits = (diversity: number | "fresh", seed = 1, parameters: object = {}) =>
  makeTask(keyedBandit, parameters, { diversity, seed });

const nameOf = ({ key, arm }: BanditInstance) => `${key.join()}/${arm}`;

describe("makeTask", () => {
  it("gives N distinct training instances, the first of a larger N alike", () => {
    const small = bandits(64).training.all!.map(nameOf);
    const large = bandits(1024).training.all!.map(nameOf);
    expect(new Set(large).size).toBe(1024);
    expect(large.slice(0, 64)).toEqual(small);
    expect(bandits(64).training.all!.map(nameOf)).toEqual(small);
    expect(bandits(64, 2).training.all!.map(nameOf)).not.toEqual(small);
  });

  it("gives distinct identities where keys are few", () => {
    const keys = Array.from({ length: 64 }, (_, key) => key);
    const training = keys.filter((key) => partOf([key]) === "training");
    const { all } = bandits(training.length, 1, { keyBits: 6 }).training;
    expect(all!.map(({ key }) => key[0]!).sort((a, b) => a - b)).toEqual(training);
    expect(() => bandits(training.length + 1, 1, { keyBits: 6 })).toThrow(
      `more than the ${training.length} distinct training instances`,
    );
  });

  it("draws evenly from the N instances", () => {
    const task = bandits(8);
    const n = 16_000;
    const counts = new Map<BanditInstance, number>();
    for (const instance of task.training.draw(keyOf(3), n))
      counts.set(instance, (counts.get(instance) ?? 0) + 1);
    expect([...counts.keys()].every((instance) => task.training.all!.includes(instance))).toBe(
      true,
    );
    for (const instance of task.training.all!)
      expect(Math.abs(counts.get(instance)! / n - 1 / 8)).toBeLessThan(
        5 * Math.sqrt(((1 / 8) * (7 / 8)) / n),
      );
  });

  it("draws by key alone, new instances for new keys", () => {
    const { training, heldOut } = bandits("fresh");
    const names = (i: number) => training.draw(split(keyOf(3), i), 10).map(nameOf);
    expect(names(1)).toEqual(names(1));
    expect(names(1)).not.toEqual(names(2));
    expect(bandits(4, 9).heldOut.draw(keyOf(1), 5)).toEqual(heldOut.draw(keyOf(1), 5));
    expect(training.all).toBeUndefined();
  });

  it("divides identities 80, 10 and 10 to the hundred", () => {
    const n = 50_000;
    const counts = { training: 0, validation: 0, heldOut: 0 };
    for (let i = 0; i < n; i++) counts[partOf([i, 77])]++;
    for (const [part, p] of [
      ["training", 0.8],
      ["validation", 0.1],
      ["heldOut", 0.1],
    ] as const)
      expect(Math.abs(counts[part] / n - p)).toBeLessThan(5 * Math.sqrt((p * (1 - p)) / n));
  });

  it("keeps a solver's table unmade until it is asked for", () => {
    let asked = 0;
    const family = {
      ...keyedBandit,
      reference: (parameters: Parameters<typeof keyedBandit.reference>[0]) => {
        asked++;
        return keyedBandit.reference(parameters);
      },
    };
    const task = makeTask(family, {}, { diversity: 1, seed: 0 });
    expect(asked).toBe(0);
    expect(task.reference.expected).toBe(5.5);
  });
});

describe("makeTask refuses in one sentence", () => {
  const refusals: readonly [string, number | "fresh", object, string][] = [
    ["N = 0", 0, {}, "diversity must be a whole number of at least 1, or 'fresh', not 0"],
    ["N = 2.5", 2.5, {}, "diversity must be a whole number of at least 1, or 'fresh', not 2.5"],
    ["more than can be kept", 2 ** 21, {}, "more than the 1048576 distinct training instances"],
    ["an empty part", 1, { keyBits: 1 }, "part is empty: keyed-bandit has only 2 distinct"],
    ["an empty part, fresh", "fresh", { keyBits: 1 }, "part is empty"],
    ["an unknown parameter", 1, { arm: 3 }, "unknown parameter 'arm'; did you mean 'arms'?"],
    ["a parameter out of range", 1, { arms: 1 }, "arms: "],
  ];
  it.each(refusals)("%s", (_, diversity, parameters, message) => {
    const attempt = () => bandits(diversity, 1, parameters);
    expect(attempt).toThrow(InputError);
    expect(attempt).toThrow(message);
    expect(attempt).not.toThrow("\n");
  });

  it("instances fewer than the bound that the family gives for their number", () => {
    const few = (keys: number) => ({
      ...keyedBandit,
      sample: (_: unknown, random: Random) => ({ key: [random.integer(keys)], arm: 0 }),
    });
    const training = Array.from({ length: 64 }, (_, key) => partOf([key])).filter(
      (part) => part === "training",
    ).length;
    const attempt = () => makeTask(few(64), {}, { diversity: 64, seed: 1 });
    expect(attempt).toThrow(InputError);
    expect(attempt).toThrow(`64 is more than the ${training} distinct training instances`);
    const { validation } = makeTask(few(1), {}, { diversity: "fresh", seed: 1 });
    expect(partOf([0])).not.toBe("validation");
    expect(() => validation.draw(keyOf(1), 1)).toThrow("the validation part is empty");
  });

  it("an unknown family", () => {
    const attempt = () => makeTask("keyed-bandits", {}, { diversity: 1, seed: 1 });
    expect(attempt).toThrow("unknown task family 'keyed-bandits'; did you mean 'keyed-bandit'?");
  });
});

describe("a list of instances", () => {
  it("is drawn from evenly, and alike by the same key", () => {
    const source = finiteSource(["a", "b", "c"]);
    const drawn = source.draw(split(keyOf(1), "drawn"), 3000);
    expect(source.draw(split(keyOf(1), "drawn"), 3000)).toEqual(drawn);
    for (const one of source.all!) {
      const count = drawn.filter((each) => each === one).length;
      // Five standard deviations of a binomial of 3000 and 1 / 3.
      expect(Math.abs(count - 1000)).toBeLessThan(5 * Math.sqrt((3000 * 2) / 9));
    }
  });
});
