import {
  adam,
  add,
  compile,
  compileTraining,
  exp,
  Graph,
  gradients,
  mul,
  neg,
  sgd,
  slice,
  square,
  sub,
  sum,
  type Tensor,
} from "@mesascope/graph";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InputError, keyOf, type NamedArrays, parseParameters, Random } from "../../core/index.ts";
import { untrained } from "../experiments/trained.ts";
import {
  barrierOf,
  CurveGraph,
  descentOf,
  leavingMemorizer,
  parameterPath,
  placeInput,
  placesOf,
} from "./index.ts";
import { chosenMethod, methods } from "./methods.ts";
import { gradientDescent, recurrent, regressionWorld } from "./regression.ts";
import { startingFrom } from "./starting.ts";

const point = (...data: number[]): NamedArrays => ({
  p: { shape: [data.length], data: Float32Array.from(data) },
});

describe("losses along a path", () => {
  it("have no barrier on a convex loss, and none on a straight descent", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -3, max: 3, noNaN: true }),
        fc.double({ min: -3, max: 3, noNaN: true }),
        (from, to) => {
          const losses = placesOf(21).map((t) => (from + t * (to - from)) ** 2);
          expect(barrierOf(losses)).toBeLessThan(1e-9);
        },
      ),
    );
    expect(barrierOf([3, 2, 1])).toBe(0);
  });

  it("have the barrier of a double well, and that of a tilted one", () => {
    // (x^2 - 1)^2 from -1 to 1: 0 at both ends, 1 between them.
    const well = (x: number) => (x * x - 1) ** 2;
    const at = placesOf(21).map((t) => 2 * t - 1);
    expect(barrierOf(at.map(well))).toBeCloseTo(1, 12);
    // A tilt is a straight line of its own, which the ends' line takes away.
    expect(barrierOf(at.map((x) => well(x) + 3 * x))).toBeCloseTo(1, 12);
  });

  it("tell the share of moves that do not rise and the highest climb, by hand", () => {
    expect(descentOf([4, 3, 3, 5, 1])).toEqual({ monotonicity: 0.75, climb: 2 });
    expect(descentOf([1, 2, 3])).toEqual({ monotonicity: 0, climb: 2 });
  });
});

/** A loss of two coordinates over a curve between two points. */
function onCurve(from: NamedArrays, to: NamedArrays, lossOf: (x: Tensor, y: Tensor) => Tensor) {
  const graph = new CurveGraph(from, to);
  const p = graph.parameter("p", [2]);
  const coordinate = (i: number) => sum(slice(p, [i], [i + 1]));
  return { graph, p, loss: lossOf(coordinate(0), coordinate(1)).as("loss") };
}

describe("a curve between two networks", () => {
  const [from, to] = [point(-1, 2), point(3, -4)];

  it("starts straight, with its ends where they belong", async () => {
    const { graph, p } = onCurve(from, to, (x, y) => add(x, y));
    const model = await compile(graph, { outputs: [p.as("p at")] });
    for (const t of [0, 0.25, 0.7, 1]) {
      const { "p at": at } = await model.run({ [placeInput]: Float32Array.of(t) });
      expect(at![0]).toBeCloseTo(-1 + 4 * t, 5);
      expect(at![1]).toBeCloseTo(2 - 6 * t, 5);
    }
  });

  it("is the quadratic Bezier curve of its middle point, by de Casteljau's construction", async () => {
    const { graph, p } = onCurve(from, to, (x, y) => add(x, y));
    const middle = [0.5, 5];
    const model = await compile(graph, {
      outputs: [p.as("p at")],
      parameters: { p: Float32Array.from(middle) },
    });
    const between = (a: number, b: number, t: number) => a + t * (b - a);
    for (const t of [0, 0.3, 0.5, 0.9, 1]) {
      const { "p at": at } = await model.run({ [placeInput]: Float32Array.of(t) });
      [0, 1].forEach((i) => {
        const [a, m, b] = [from["p"]!.data[i] as number, middle[i]!, to["p"]!.data[i] as number];
        expect(at![i]).toBeCloseTo(between(between(a, m, t), between(m, b, t), t), 5);
      });
    }
  });

  it("has the gradient of its middle point that finite differences give", async () => {
    const { graph, loss } = onCurve(from, to, (x, y) => add(mul(square(x), y), exp(mul(y, 0.3))));
    const [slope] = gradients(loss, [graph.parameters.get("p")!]);
    const model = await compile(graph, { outputs: [slope!.as("slope")] });
    const t = 0.3;
    const { slope: found } = await model.run({ [placeInput]: Float32Array.of(t) });
    // The same loss in double precision.
    const at = (m: readonly number[]) => {
      const q = [0, 1].map(
        (i) =>
          (1 - t) ** 2 * Number(from["p"]!.data[i]) +
          2 * t * (1 - t) * m[i]! +
          t ** 2 * Number(to["p"]!.data[i]),
      );
      return q[0]! ** 2 * q[1]! + Math.exp(0.3 * q[1]!);
    };
    const h = 1e-5;
    const middle = [1, -1];
    [0, 1].forEach((i) => {
      const moved = (by: number) => at(middle.map((m, j) => (i === j ? m + by : m)));
      expect(found![i]).toBeCloseTo((moved(h) - moved(-h)) / (2 * h), 3);
    });
  });

  it("is bent round a hill", async () => {
    // A hill of height 1 half way, and a gentle slope that says on which side to pass.
    const ends = [point(-2, 0), point(2, 0)] as const;
    const hill = (x: Tensor, y: Tensor) =>
      add(exp(neg(add(square(x), square(y)))), mul(square(sub(y, 1)), 0.01));
    const { loss } = onCurve(...ends, hill);
    const trainer = await compileTraining(loss, { optimizer: adam({ learningRate: 0.05 }) });
    const model = await trainer.compile([loss]);
    const along = async () => {
      const losses: number[] = [];
      for (const t of placesOf(21))
        losses.push((await model.run({ [placeInput]: Float32Array.of(t) }))["loss"]![0]!);
      return losses;
    };
    // exp(0) + 0.01 against exp(-4) + 0.01 at the ends.
    expect(barrierOf(await along())).toBeCloseTo(1 - Math.exp(-4), 4);
    const random = new Random(keyOf(1));
    for (let i = 0; i < 400; i++)
      await trainer.update({ [placeInput]: Float32Array.of(random.uniform()) });
    expect(barrierOf(await along())).toBeLessThan(0.1);
    const { data } = trainer.parameters()["p"]!;
    // The way round is over the side that the slope favours.
    expect(data[1]).toBeGreaterThan(1.5);
  });

  it("refuses ends that do not fit", () => {
    const graph = new CurveGraph(point(1, 2), point(1));
    expect(() => graph.parameter("p", [2])).toThrow(InputError);
    expect(() => graph.parameter("q", [2])).toThrow(
      "an end of the curve has no parameter 'q' of 2 numbers",
    );
  });
});

const tiny = {
  ...{ dimension: 1, examples: 3, keyBits: 8, diversity: 8, width: 4, batch: 8 },
  ...{ updates: 20, measured: 32 },
};
const context = (signal = new AbortController().signal, report = (_: number) => {}) => ({
  ...{ key: keyOf(3), signal, report },
});

describe("the path from a memorizer to a generalizer", () => {
  const run = (given: object, signal?: AbortSignal, report?: (done: number) => void) =>
    parameterPath.run(
      parseParameters(parameterPath, { ...tiny, looks: 4, bendUpdates: 6, places: 5, ...given }),
      context(signal, report),
    );
  const seriesOf = (found: Awaited<ReturnType<typeof run>>, id: string) => {
    const one = found!.measurements.find(({ signature }) => signature === id)!;
    if (!one.applicable) throw new Error(one.reason);
    return one.series;
  };

  it("ends, on every path, at the loss that training ended with", async () => {
    for (const start of ["same", "other", "memorizer"]) {
      const found = await run({ start });
      for (const name of ["losses", "lossesNew"]) {
        const end = seriesOf(found, "training")[name]!.at(-1)!;
        for (const path of ["straight", "matched", "curve", "curve-new"]) {
          expect(seriesOf(found, path)[name]).toHaveLength(5);
          expect(seriesOf(found, path)[name]!.at(-1)).toBeCloseTo(end, 4);
          expect(seriesOf(found, path)[name]![0]).toBe(seriesOf(found, "straight")[name]![0]);
        }
      }
    }
  });

  it("gives the same numbers for the same seed, counts its work, and nothing when stopped", async () => {
    let done = 0;
    const once = await run({}, undefined, (count) => {
      done = count;
    });
    expect(done).toBe(2 * 20 + 2 * 6);
    expect(await run({})).toEqual(once);
    expect(await run({}, AbortSignal.abort())).toBeUndefined();
  });

  it("refuses what makes no path", () => {
    expect(() => parseParameters(parameterPath, { places: 2 })).toThrow("places");
    expect(() => parseParameters(parameterPath, { start: "here" })).toThrow("start");
  });
});

describe("leaving a memorizer", () => {
  const run = (given: object, signal?: AbortSignal) =>
    leavingMemorizer.run(
      parseParameters(leavingMemorizer, { ...tiny, evaluations: 30_000, looks: 2, ...given }),
      context(signal),
    );
  const leaving = (found: Awaited<ReturnType<typeof run>>) => {
    const one = found!.measurements[0]!;
    if (!one.applicable) throw new Error(one.reason);
    return one;
  };

  it.each(methods)("spends no more than the budget, and nearly all of it: %s", (method) => {
    const budget = 768_000;
    for (const breadth of [0.25, 1, 4]) {
      const { evaluations, algorithm, parameters } = chosenMethod({ method, step: 1, breadth });
      const parsed = parseParameters(algorithm, parameters);
      const batch = algorithm.batch(parsed);
      // A gradient is a pass forward and two more back; a candidate is a pass forward.
      expect(evaluations).toBe(batch * (algorithm.candidates?.(parsed) ?? 3));
      expect(budget - Math.floor(budget / evaluations) * evaluations).toBeLessThan(evaluations);
    }
  });

  it("starts every method at the same place, which is the memorizer's where it is asked for", async () => {
    const first = async (given: object) => leaving(await run(given)).series["losses"]![0];
    const adam = await first({ method: "adam" });
    for (const method of ["sgd", "cma-es", "evolution-strategy", "genetic"])
      expect(await first({ method })).toBeCloseTo(adam!, 5);
    expect(await first({ method: "adam", start: "drawn" })).not.toBeCloseTo(adam!, 3);
  });

  it("gives the same numbers for the same seed, and nothing when stopped", async () => {
    expect(await run({ method: "genetic" })).toEqual(await run({ method: "genetic" }));
    expect(await run({ method: "sgd" }, AbortSignal.abort())).toBeUndefined();
  });

  it("takes methods that there are", () => {
    expect(() => parseParameters(leavingMemorizer, { method: "adma" })).toThrow("method");
    expect(() => parseParameters(leavingMemorizer, { method: "adam", step: 0 })).toThrow("step");
  });
});

describe("a network that starts from given parameters", () => {
  it("declares them as they are given, and leaves the graph as it was", async () => {
    const p = parseParameters(parameterPath, tiny);
    const { few } = regressionWorld(p, { key: keyOf(1) });
    const drawn = await untrained(gradientDescent(p), few as never, 7);
    const parameters = drawn.learned.parameters();
    await drawn.release();
    const graph = new Graph();
    const { observationSize, observation, horizon, outputs } = few.rules;
    const io = { observationSize, observation, horizon, outputs };
    startingFrom(recurrent, parameters).build(
      graph,
      {
        observations: graph.input("observations", [horizon, 2, observationSize]),
        carry: { state: graph.constant(new Float32Array(2 * 4), [2, 4]) },
      },
      io,
      { width: 4 },
      () => 0.5,
    );
    for (const [name, { origin }] of graph.parameters)
      expect(origin.kind === "parameter" && origin.data).toEqual(parameters[name]!.data);
    const later = graph.parameter("later", [1]);
    expect(later.origin).toMatchObject({ kind: "parameter", data: Float32Array.of(0) });
  });
});

describe("plain descent", () => {
  it("steps against the gradient by the learning rate", async () => {
    // The textbook step: p - rate * 2 (p - 3) from 1 with rate 0.1 is 1.4.
    const graph = new Graph();
    const p = graph.parameter("p", [1], Float32Array.of(1));
    const trainer = await compileTraining(sum(square(sub(p, 3))), {
      optimizer: sgd({ learningRate: 0.1 }),
    });
    await trainer.update({});
    expect(trainer.parameters()["p"]!.data[0]).toBeCloseTo(1.4, 6);
  });
});
