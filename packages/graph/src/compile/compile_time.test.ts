import { describe, expect, it } from "vitest";
import { Graph } from "../core/graph.ts";
import { gradients } from "../gradient/differentiate.ts";
import { add, mul, tanh } from "../ops/elementwise.ts";
import { sum } from "../ops/reduce.ts";
import { compile } from "./compile.ts";
import { lower } from "./lower.ts";

/** A chain that recalls its input at each link, with its gradient: about `nodes` nodes. */
function chain(nodes: number) {
  const g = new Graph();
  const x = g.input("x", [4]);
  let state = x;
  for (let i = 0; i < nodes / 8; i++) state = tanh(add(mul(state, 0.9), mul(x, 0.1)));
  const loss = sum(state);
  return { g, outputs: [loss.as("loss"), gradients(loss, [x])[0]!.as("gradient")] };
}

/** The least of several times, in milliseconds, which other work on the machine disturbs least. */
async function least(work: () => Promise<unknown> | unknown): Promise<number> {
  let time = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 5; i++) {
    const start = performance.now();
    await work();
    time = Math.min(time, performance.now() - start);
  }
  return time;
}

// Four times the nodes: 4 when time is linear, 16 when it is quadratic.
describe("time to compile", () => {
  it("differentiating and lowering is linear in the nodes", async () => {
    const prepare = (nodes: number) => {
      const { outputs } = chain(nodes);
      return lower(new Map(outputs.map((tensor) => [tensor.name!, tensor]))).graph.nodes.length;
    };
    expect(prepare(20_000)).toBeGreaterThan(18_000);
    const [few, many] = [await least(() => prepare(5000)), await least(() => prepare(20_000))];
    expect(many / few).toBeLessThan(9);
  });

  it("a graph of 5,000 nodes compiles in about four times the time of 1,250", async () => {
    const whole = async (nodes: number) => {
      const { g, outputs } = chain(nodes);
      await (await compile(g, { outputs })).dispose();
    };
    const [few, many] = [await least(() => whole(1250)), await least(() => whole(5000))];
    expect(many / few).toBeLessThan(9);
    expect(many).toBeLessThan(3000);
  });
});
