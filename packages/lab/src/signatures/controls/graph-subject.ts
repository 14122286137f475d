<<<<<<< HEAD
/** A control written as a graph: it is read and patched tensor by tensor, as networks are. */
import { compile, Graph, type Model, type Tensor } from "@mesascope/graph";
import {
  entryOf,
=======
/** A function written as a graph by hand, as a subject of a supervised task. */
import { compile, Graph, type Tensor } from "@mesascope/graph";
import {
  type ExampleBatch,
>>>>>>> pipes
  type HookValues,
  InputError,
  type PredictiveSubject,
  type SupervisedRules,
  unknownName,
} from "../../core/index.ts";

<<<<<<< HEAD
/** The tensors of a control; all `[chunk, channels, height, width]`. */
export interface ControlGraph {
  /** Marks `[chunk, 1, height, width]` after each tick. */
  readonly marks: readonly Tensor[];
  /** Named tensors that may be read and patched. */
  readonly hooks: readonly string[];
}

/** Writes a control with so many ticks into a graph. `picture`: `[chunk, channels, height, width]`. */
export type BuildControl = (graph: Graph, picture: Tensor, ticks: number) => ControlGraph;

const chunk = 64;

/** The subject of a control graph; each number of ticks compiles once. */
export function graphSubject(
  { grid }: Pick<SupervisedRules<unknown>, "grid">,
  defaultTicks: number,
  build: BuildControl,
): PredictiveSubject {
  const { channels, height, width } = grid!;
  const area = height * width;
  const graphOf = (ticks: number) => {
    const graph = new Graph();
    const picture = graph.input("picture", [chunk, channels, height, width]);
    const { marks, hooks } = build(graph, picture, ticks);
    const outputs = marks.map((mark, t) => mark.as(`marks.${t + 1}`));
    return { graph, outputs, hooks };
  };
  const compiled = new Map<number, Promise<Model>>();
  const modelOf = (ticks: number) =>
    entryOf(compiled, ticks, () => {
      const { graph, outputs } = graphOf(ticks);
      return compile(graph, { outputs });
    });
  const sizes = entryOf(new Map<string, Map<string, readonly number[]>>(), "", () => {
    const { graph, hooks } = graphOf(defaultTicks);
    return new Map(hooks.map((name) => [name, graph.find(name)!.shape.slice(1)]));
  });
  return {
    hooks: [...sizes.keys()],
    ticks: defaultTicks,
    async predict({ batch, inputs }, options = {}) {
      const ticks = options.ticks ?? defaultTicks;
      const read = options.read ?? [];
      const patches = Object.entries(options.patch ?? {});
      for (const name of [...read, ...patches.map(([name]) => name)])
        if (!sizes.has(name)) throw new InputError(unknownName("hook point", name, sizes.keys()));
      const model = await modelOf(ticks);
      const perTick = Array.from({ length: ticks }, () => new Float32Array(batch * area));
      const values: Record<string, HookValues> = Object.fromEntries(
        read.map((name) => [
          name,
          { shape: sizes.get(name)!, data: new Float32Array(batch * sizeOf(sizes.get(name)!)) },
=======
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
>>>>>>> pipes
        ]),
      );
      for (let start = 0; start < batch; start += chunk) {
        const rows = Math.min(chunk, batch - start);
<<<<<<< HEAD
        const take = (data: Float32Array, size: number) => {
          const part = new Float32Array(chunk * size);
          part.set(data.subarray(start * size, (start + rows) * size));
          return part;
        };
        const patch = Object.fromEntries(
          patches.map(([name, { data }]) => [name, take(data, sizeOf(sizes.get(name)!))]),
        );
        const plain = read.length === 0 && patches.length === 0;
        const results = await model.run(
          { picture: take(inputs, channels * area) },
          plain ? undefined : { read, patch },
        );
        perTick.forEach((outputs, t) => {
          outputs.set(results[`marks.${t + 1}`]!.subarray(0, rows * area), start * area);
        });
        for (const [name, { shape, data }] of Object.entries(values)) {
          const size = sizeOf(shape);
          data.set(results[name]!.subarray(0, rows * size), start * size);
        }
      }
      return { outputs: perTick.at(-1)!, ticks: perTick, read: values };
=======
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
>>>>>>> pipes
    },
  };
}

<<<<<<< HEAD
const sizeOf = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);
=======
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
>>>>>>> pipes
