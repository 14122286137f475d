/** What is said of rewards, at and around the borders of memory and search. */
import { describe, expect, it } from "vitest";
import { habit, reading } from "./reading.ts";

/** Of six arms, one of which pays, in eight pulls: 8/6, the mean over orders of trying, and all. */
const yard = { chance: 8 / 6, solver: 5.5, optimum: 8 };
const at = (training: number, novel: number) => habit({ update: 1, training, novel }, yard);

describe("habit", () => {
  it("is memory where training bandits go well and new ones as by guessing", () => {
    expect(at(8, 1.2)).toBe("memory");
  });
  it("is search where new ones go as well as those of training", () => {
    expect(at(5, 4.9)).toBe("search");
  });
  it("is both where training bandits go better than trying can, and new ones better than guessing", () => {
    expect(at(7.4, 4)).toBe("both");
  });
  it("is nothing where neither does", () => {
    expect(at(1.8, 1.7)).toBe("nothing yet");
    expect(at(1.3, 1.3)).toBe("nothing yet");
  });
  it("turns a quarter of the way from guessing to trying", () => {
    const border = yard.chance + (yard.solver - yard.chance) / 4;
    expect(at(border, border + 0.01)).toBe("search");
    expect(at(border, border - 0.01)).toBe("nothing yet");
  });
});

describe("reading", () => {
  it("tells both rewards, the yardsticks and the habit", () => {
    expect(reading(16, { update: 1, training: 8, novel: 1.2 }, yard)).toMatch(
      /^Trained on 16 bandits, it earns 8\.0 of 8\.0 on those it trained on and 1\.2 on new ones, where guessing earns 1\.3 and trying the arms in turn 5\.5\. It has learned the answers by heart/,
    );
    expect(reading(1, { update: 1, training: 8, novel: 1 }, yard)).toMatch(/^Trained on 1 bandit,/);
    expect(reading("fresh", { update: 1, training: 5, novel: 5 }, yard)).toMatch(
      /^Trained on bandits that are new every time, .* at run time\.$/,
    );
  });
});
