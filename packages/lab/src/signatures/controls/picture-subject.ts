/** A control on pictures written as a graph with ticks: it is read and patched tensor by tensor, as networks are. */
import { compile, Graph, type Model, type Tensor } from "@mesascope/graph";
import {
  entryOf,
  type HookValues,
  InputError,
  type PredictiveSubject,
  type SubjectParameters,
  type SupervisedRules,
  unknownName,
} from "../../core/index.ts";

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

/**
 * The subject of a control graph; each number of ticks compiles once.
 * @param given values of its parameters, where they are not those that it was written with
 */
export function pictureSubject(
  rules: Pick<SupervisedRules<unknown>, "grid">,
  defaultTicks: number,
  build: BuildControl,
  given: Readonly<Record<string, Float32Array>> = {},
): PredictiveSubject {
  const { channels, height, width } = rules.grid!;
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
      return compile(graph, { outputs, parameters: given });
    });
  const written = graphOf(defaultTicks);
  const sizes = new Map(
    written.hooks.map((name) => [name, written.graph.find(name)!.shape.slice(1)] as const),
  );
  const parameters = parametersOf(written.graph, given);
  return {
    hooks: [...sizes.keys()],
    ticks: defaultTicks,
    ...(Object.keys(parameters).length > 0
      ? {
          parameters: {
            values: parameters,
            with: async (values) => pictureSubject(rules, defaultTicks, build, values),
          },
        }
      : {}),
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
        ]),
      );
      for (let start = 0; start < batch; start += chunk) {
        const rows = Math.min(chunk, batch - start);
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
    },
  };
}

function parametersOf(
  graph: Graph,
  given: Readonly<Record<string, Float32Array>>,
): SubjectParameters["values"] {
  const values: Record<string, { shape: readonly number[]; data: Float32Array }> = {};
  for (const [name, { shape, origin }] of graph.parameters)
    if (origin.kind === "parameter") values[name] = { shape, data: given[name] ?? origin.data };
  return values;
}

const sizeOf = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);
