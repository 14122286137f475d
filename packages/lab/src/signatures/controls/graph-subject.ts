/** A function written as a graph by hand, as a subject of a supervised task. */
import { compile, Graph, type Tensor } from "@mesascope/graph";
import {
  type ExampleBatch,
  type HookValues,
  InputError,
  type PredictiveSubject,
  type SupervisedRules,
  unknownName,
} from "../../core/index.ts";

/** Examples that run at once. */
const chunk = 64;

/**
 * @param build from observations `[steps, chunk, size]` to outputs `[steps, chunk, outputs]`; what it names
 *   `[chunk, ...]` among `hooks` can be read and patched.
 */
export async function graphSubject(
  rules: Pick<SupervisedRules<unknown>, "horizon" | "observationSize" | "outputs">,
  hooks: readonly string[],
  build: (graph: Graph, observations: Tensor) => Tensor,
): Promise<PredictiveSubject> {
  const { horizon, observationSize, outputs } = rules;
  const graph = new Graph();
  const observations = graph.input("observations", [horizon, chunk, observationSize]);
  const model = await compile(graph, { outputs: [build(graph, observations).as("outputs")] });
  const shapes = new Map(hooks.map((name) => [name, graph.find(name)!.shape.slice(1)]));
  const sizeOf = (name: string) => shapes.get(name)!.reduce((a, b) => a * b, 1);
  return {
    hooks,
    ticks: undefined,
    async predict({ inputs, batch }: ExampleBatch, { read = [], patch = {} } = {}) {
      for (const name of [...read, ...Object.keys(patch)])
        if (!shapes.has(name)) throw new InputError(unknownName("hook point", name, hooks));
      const result = new Float32Array(horizon * batch * outputs);
      const seen: Record<string, HookValues> = Object.fromEntries(
        read.map((name) => [
          name,
          { shape: shapes.get(name)!, data: new Float32Array(batch * sizeOf(name)) },
        ]),
      );
      for (let start = 0; start < batch; start += chunk) {
        const rows = Math.min(chunk, batch - start);
        const part = rowsOf(inputs, horizon, batch, observationSize, start, rows);
        const patched = Object.fromEntries(
          Object.entries(patch).map(([name, { data }]) => {
            const values = new Float32Array(chunk * sizeOf(name));
            values.set(data.subarray(start * sizeOf(name), (start + rows) * sizeOf(name)));
            return [name, values];
          }),
        );
        const values = await model.run({ observations: part }, { read: [...read], patch: patched });
        for (let t = 0; t < horizon; t++)
          result.set(
            values["outputs"]!.subarray(t * chunk * outputs, (t * chunk + rows) * outputs),
            (t * batch + start) * outputs,
          );
        for (const [name, { data }] of Object.entries(seen))
          data.set(values[name]!.subarray(0, rows * sizeOf(name)), start * sizeOf(name));
      }
      return { outputs: result, read: seen };
    },
  };
}

/** Rows `[steps, chunk, size]` of some examples, zeros after the last. */
function rowsOf(
  inputs: Float32Array,
  steps: number,
  batch: number,
  size: number,
  start: number,
  rows: number,
): Float32Array {
  const out = new Float32Array(steps * chunk * size);
  for (let t = 0; t < steps; t++) {
    const from = (t * batch + start) * size;
    out.set(inputs.subarray(from, from + rows * size), t * chunk * size);
  }
  return out;
}
