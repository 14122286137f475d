/** The network tick by tick against the file that its run exported, and its probes against breadth-first search. */
import { readFileSync } from "node:fs";
import { loadOnnx, readSafetensors } from "@mesascope/graph";
import { keyOf } from "@mesascope/lab/core";
import { onnxSubject, ownMapping } from "@mesascope/lab/signatures";
import { drawExamples, type Maze, makeSupervisedTask } from "@mesascope/lab/tasks";
import { beforeAll, describe, expect, it } from "vitest";
import { cellPixels, fitProbe, probeOdds, pushed } from "./probe.ts";
import { type SubjectFile, subjectsSchema } from "./subjects.ts";
import { parametersOf, type Thinker, thinker } from "./thinker.ts";

const file = (name: string) =>
  readFileSync(new URL(`../../../public/subjects/${name}`, import.meta.url));
const subjects = subjectsSchema.parse(JSON.parse(file("subjects.json").toString()));
const many = subjects.find(({ id }) => id === "3x3-n4096") as SubjectFile;

const task = makeSupervisedTask("maze-path", { rows: 3, cols: 3 }, { diversity: "fresh", seed: 5 });
const mazes = task.heldOut.draw(keyOf(9), 40) as Maze[];

let network: Thinker;
beforeAll(() => {
  network = thinker(parametersOf(readSafetensors(file(many.weights))), many.width);
});

async function ticksOf(maze: Maze, count: number) {
  const thoughts = [await network.begin(maze)];
  while (thoughts.length < count) thoughts.push(await network.next(maze, thoughts.at(-1)!.state));
  return thoughts;
}

describe("a thinker", () => {
  it("says after each tick what the exported file says after it", async () => {
    const model = await loadOnnx(file("3x3-n4096.onnx"));
    const { subject } = await onnxSubject(model, task.rules, ownMapping(model));
    const { ticks } = await subject.predict(drawExamples(task.rules, mazes, keyOf(0)));
    expect(ticks).toHaveLength(many.ticks);
    for (const [i, maze] of mazes.slice(0, 8).entries()) {
      const thoughts = await ticksOf(maze, many.ticks);
      thoughts.forEach(({ logits }, tick) => {
        const wanted = ticks![tick]!.subarray(i * logits.length, (i + 1) * logits.length);
        const apart = logits.map((value, pixel) => Math.abs(value - wanted[pixel]!));
        expect(Math.max(...apart)).toBeLessThan(1e-3);
      });
    }
  });

  it("looks at mazes of every size", async () => {
    const larger = makeSupervisedTask(
      "maze-path",
      { rows: 6, cols: 4 },
      { diversity: "fresh", seed: 5 },
    );
    const [maze] = larger.heldOut.draw(keyOf(1), 1) as [Maze];
    const { logits, state } = await network.begin(maze);
    expect(logits).toHaveLength(13 * 9);
    expect(state).toHaveLength(many.width * 13 * 9);
  });
});

describe("probes", () => {
  it("of the kept file find the way of new mazes better than chance", async () => {
    let right = 0;
    let all = 0;
    for (const maze of mazes) {
      const { state } = (await ticksOf(maze, 3))[2]!;
      const odds = probeOdds(many.probes.plan, state);
      const { target } = drawn(maze);
      for (const pixel of cellPixels(maze)) {
        all++;
        if (odds[pixel]! > 0 === (target[pixel] === 1)) right++;
      }
    }
    // About half of the cells lie on the way: a constant answer is right on 0.4 to 0.6 of them.
    expect(right / all).toBeGreaterThan(0.75);
  });

  it("are fitted to what they are asked", async () => {
    const fitted = await fitProbe(network, mazes, "plan", 6);
    const { state } = (await ticksOf(mazes[0]!, 6)).at(-1)!;
    const odds = probeOdds(fitted, state);
    const { target } = drawn(mazes[0]!);
    const right = cellPixels(mazes[0]!).filter((p) => odds[p]! > 0 === (target[p] === 1));
    expect(right.length).toBeGreaterThanOrEqual(8);
  });

  it("are moved to the greatest or least odds of the maze, and random patches are as long", async () => {
    const maze = mazes[1]!;
    const { state } = (await ticksOf(maze, 1))[0]!;
    const probe = many.probes.plan;
    const pixels = cellPixels(maze);
    const before = pixels.map((pixel) => probeOdds(probe, state)[pixel]!);
    const [pixel] = pixels as [number];
    const length = (after: Float32Array) => Math.hypot(...after.map((v, i) => v - state[i]!));
    const towards = pushed(probe, state, maze, pixel, "towards", keyOf(1));
    expect(probeOdds(probe, towards)[pixel]).toBeCloseTo(Math.max(...before), 3);
    const away = pushed(probe, state, maze, pixel, "away", keyOf(1));
    expect(probeOdds(probe, away)[pixel]).toBeCloseTo(Math.min(...before), 3);
    const random = pushed(probe, state, maze, pixel, "random", keyOf(1));
    expect(length(random)).toBeCloseTo(length(towards), 3);
    expect(Math.abs(probeOdds(probe, random)[pixel]! - Math.max(...before))).toBeGreaterThan(0.1);
  });
});

function drawn(maze: Maze) {
  const { targets } = drawExamples(task.rules, [maze], keyOf(0));
  return { target: targets };
}
