import { compile, Graph, gradients, mul, sum, zeros } from "@mesascope/graph";
import { describe, expect, it } from "vitest";
import { keyOf, Random, split, type TaskInterface } from "../core/index.ts";
import { genomeCodes } from "./genome.ts";
import { architectures } from "./index.ts";
import type { Network } from "./network.ts";

const io: TaskInterface = {
  observation: [
    { name: "key", offset: 0, size: 3, role: "instance" },
    { name: "reward", offset: 3, size: 2, role: "feedback" },
  ],
  observationSize: 5,
  horizon: 4,
  outputs: 3,
};
const batch = 2;

const sized: Readonly<Record<string, readonly object[]>> = {
  transformer: [{ width: 8, layers: 2, heads: 2 }],
  "neural-turing-machine": [{ width: 6, rows: 4, columns: 3 }],
  "hyper-network": genomeCodes.map((code) => ({ width: 6, code, bits: 16 })),
};

const networks = architectures.all.flatMap((architecture) =>
  // The observation here shows no last action, which is all that a built-in search goes by; it has a test of its own.
  architecture.kind === "network" && !architecture.sees && architecture.id !== "scored-search"
    ? (sized[architecture.id] ?? [{ width: 6 }]).map((given) => ({
        name: `${architecture.id} ${JSON.stringify(given)}`,
        network: architecture as Network<unknown>,
        given: architecture.parameters.parse(given),
      }))
    : [],
);

type Case = Pick<(typeof networks)[number], "network" | "given">;

const uniformOf = () => {
  const random = new Random(split(keyOf(5), "parameters"));
  return () => random.uniform();
};

const normals = (count: number, name: string): Float32Array => {
  const random = new Random(split(keyOf(6), name));
  return Float32Array.from({ length: count }, () => 2 * random.uniform() - 1);
};

/** The function over all steps from a state of zeros. */
function unrolled({ network, given }: Case) {
  const graph = new Graph();
  const observations = graph.input("observations", [io.horizon, batch, io.observationSize]);
  const carry = Object.fromEntries(
    Object.entries(network.carry(io, given)).map(([name, rest]) => [
      name,
      zeros(graph, [batch, ...rest]),
    ]),
  );
  return { graph, ...network.build(graph, { observations, carry }, io, given, uniformOf()) };
}

const observed = normals(io.horizon * batch * io.observationSize, "observations");

describe.each(networks)("$name", ({ network, given }) => {
  it("says the same step by step as over all steps at once", async () => {
    const all = unrolled({ network, given });
    const model = await compile(all.graph, { outputs: [all.logits] });
    const { logits: expected } = await model.run({ observations: observed });
    await model.dispose();

    const graph = new Graph();
    const shapes = Object.entries(network.carry(io, given));
    const observations = graph.input("observations", [1, batch, io.observationSize]);
    const carry = Object.fromEntries(
      shapes.map(([name, rest]) => [name, graph.input(`in.${name}`, [batch, ...rest])]),
    );
    const step = network.build(graph, { observations, carry }, io, given, uniformOf());
    const next = shapes.map(([name]) => step.carry[name]!.as(`out.${name}`));
    const one = await compile(graph, { outputs: [step.logits, ...next] });
    let state: Record<string, Float32Array> = Object.fromEntries(
      shapes.map(([name, rest]) => [
        `in.${name}`,
        new Float32Array(batch * rest.reduce((a, b) => a * b, 1)),
      ]),
    );
    const size = batch * io.observationSize;
    const said: number[] = [];
    for (let t = 0; t < io.horizon; t++) {
      const shown = observed.slice(t * size, (t + 1) * size);
      const result = await one.run({ observations: shown, ...state });
      said.push(...result["logits"]!);
      state = Object.fromEntries(
        shapes.map(([name]) => [`in.${name}`, result[`out.${name}`] as Float32Array]),
      );
    }
    await one.dispose();
    said.forEach((value, i) => {
      expect(value).toBeCloseTo(expected![i]!, 5);
    });
  });

  it("has the gradient that finite differences of its parameters give", async () => {
    const { graph, logits, value } = unrolled({ network, given });
    const weights = graph.constant(normals(batch * io.horizon * io.outputs, "cotangents"), [
      io.horizon,
      batch,
      io.outputs,
    ]);
    // The policy's layer starts at a hundredth: brought to the size of the value.
    const loss = sum(mul(mul(logits, weights), 100)).as("loss");
    const total = [loss, sum(value).as("values")];
    const parameters = [...graph.parameters];
    const grads = gradients(
      total,
      parameters.map(([, tensor]) => tensor),
    );
    const directions = parameters.map(([name, { shape }]) =>
      normals(
        shape.reduce((a, b) => a * b, 1),
        name,
      ),
    );
    const model = await compile(graph, {
      outputs: [...total, ...grads.map((grad, i) => grad.as(`grad.${i}`))],
    });
    const at = (by: number) =>
      model.run(
        { observations: observed },
        {
          patch: Object.fromEntries(
            parameters.map(([name, { origin }], i) => {
              const { data } = origin as { data: Float32Array };
              return [name, data.map((value, j) => value + by * directions[i]![j]!)];
            }),
          ),
        },
      );
    const h = 3e-3;
    const [above, below, centre] = [await at(h), await at(-h), await at(0)];
    await model.dispose();
    const lossOf = (result: typeof above) => result["loss"]![0]! + result["values"]![0]!;
    const numeric = (lossOf(above) - lossOf(below)) / (2 * h);
    const exact = directions.reduce(
      (all, direction, i) =>
        all + direction.reduce((part, d, j) => part + d * centre[`grad.${i}`]![j]!, 0),
      0,
    );
    expect(Math.abs(exact)).toBeGreaterThan(0.1);
    expect(Math.abs(numeric - exact)).toBeLessThan(0.01 * Math.max(1, Math.abs(exact)));
  });
});
