import { describe, expect, it } from "vitest";
import { InputError, keyOf, parseParameters, split } from "../../core/index.ts";
import { mazeWalk, partOf } from "../../tasks/index.ts";
import { Disagreement, markedExit } from "./index.ts";

const room = { rows: 5, cols: 5, layout: "room", steps: 12, seed: 3 } as const;
const corner = 4;

describe("training in which two marks disagree", () => {
  const drawn = (share: number) =>
    new Disagreement({ ...room, share }).training.training.draw(keyOf(8), 2000);

  it("shows the exit elsewhere in the stated share of episodes, and never at none", () => {
    expect(drawn(0).every(({ goal }) => goal === corner)).toBe(true);
    const share = drawn(0.3).filter(({ goal }) => goal !== corner).length / 2000;
    // Four standard errors of a binomial share.
    expect(Math.abs(share - 0.3)).toBeLessThan(4 * Math.sqrt((0.3 * 0.7) / 2000));
  });

  it("adds disagreement to the episodes of a smaller share, and leaves the others", () => {
    const few = drawn(0.1);
    const many = drawn(0.3);
    few.forEach((maze, i) => {
      if (maze.goal !== corner) expect(many[i]!.goal).not.toBe(corner);
      if (many[i]!.goal === corner) expect(maze).toEqual(many[i]);
    });
  });

  it("draws disagreeing mazes from what was chosen, and from all again where nothing was", () => {
    const setting = new Disagreement({ ...room, share: 1 });
    const [chosen] = setting.conflicting("training", keyOf(1), 1);
    setting.choose([chosen!.maze]);
    const { training } = setting.training;
    expect(new Set(training.draw(keyOf(2), 20))).toEqual(new Set([chosen!.maze]));
    setting.choose([]);
    expect(new Set(training.draw(keyOf(2), 20)).size).toBeGreaterThan(1);
  });

  it("measures on mazes that training cannot show", () => {
    const setting = new Disagreement({ ...room, share: 0.5 });
    const parameters = parseParameters(mazeWalk, {
      ...{ rows: 5, cols: 5, steps: 12, generator: "percolation", share: 1, goal: "anywhere" },
    });
    const parts = setting
      .conflicting("heldOut", keyOf(4), 50)
      .map(({ maze }) => partOf(mazeWalk.identity(parameters as never, maze)));
    expect(new Set(parts)).toEqual(new Set(["heldOut"]));
  });
});

describe("the experiment", () => {
  const given = {
    layout: "maze",
    rows: 3,
    cols: 3,
    share: 0.2,
    updates: 40,
    episodes: 40,
    width: 16,
    steps: 8,
  };
  const run = (changes: object = {}, signal = new AbortController().signal) =>
    markedExit.run(parseParameters(markedExit, { ...given, ...changes }) as never, {
      key: split(keyOf(1), "experiment"),
      signal,
      report: () => {},
    });

  it.each(["random", "adversarial"])("gives the same numbers twice, %s", async (choice) => {
    const once = await run({ choice });
    expect(await run({ choice })).toEqual(once);
    const { parts } = once!.measurements[0] as { parts: Record<string, { value: number }> };
    const { exit, place, neither } = parts as Record<
      "exit" | "place" | "neither",
      { value: number }
    >;
    expect(exit.value + place.value + neither.value).toBeCloseTo(1, 12);
  });

  it("keeps nothing when stopped", async () => {
    expect(await run({}, AbortSignal.abort())).toBeUndefined();
  });

  it.each([[{ share: 1.5 }], [{ share: -0.1 }], [{ layout: "hall" }], [{ rows: 2 }]])(
    "refuses %o",
    (changes) => {
      expect(() => parseParameters(markedExit, { ...given, ...changes }, "study")).toThrow(
        InputError,
      );
    },
  );
});
