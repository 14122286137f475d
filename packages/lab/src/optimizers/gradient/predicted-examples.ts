/** A network over whole examples: its graph, and the subject that predicts by it. */
import { Graph, type Model, type Tensor, zeros } from "@mesascope/graph";
import {
  entryOf,
  InputError,
  type NetworkArchitecture,
  type NetworkInputs,
  type PictureSize,
  type TaskInterface,
} from "../../core/index.ts";
import { networkPredictor, type PredictFunction } from "./network-predictor.ts";
import { atSize, sameSize } from "./other-size.ts";

interface Searched {
  readonly architecture: NetworkArchitecture<Graph, Tensor>;
  readonly architectureParameters: unknown;
  readonly io: TaskInterface;
}

/**
 * The function over `batch` whole examples, from a state of zeros, added to an empty graph; parameters are named alike
 * in every graph.
 */
export function functionOf(
  graph: Graph,
  { architecture, io }: Pick<Searched, "architecture" | "io">,
  architectureParameters: unknown,
  batch: number,
  uniform: () => number,
  betweenTicks?: NetworkInputs<Tensor>["betweenTicks"],
) {
  const observations = graph.input("observations", [io.horizon, batch, io.observationSize]);
  const carry = Object.fromEntries(
    Object.entries(architecture.carry(io, architectureParameters)).map(([name, rest]) => [
      name,
      zeros(graph, [batch, ...rest]),
    ]),
  );
  const outputs = architecture.build(
    graph,
    { observations, carry, ...(betweenTicks ? { betweenTicks } : {}) },
    io,
    architectureParameters,
    uniform,
  );
  return { graph, outputs };
}

const pixelsOf = ({ grid }: TaskInterface): number => (grid ? grid.height * grid.width : 0);

/**
 * The subject of a network with the parameters that `make` gives it, for about `batch` examples at a time.
 * @param make makes a model of outputs of the network's graph.
 */
export function predictedExamples(
  { architecture, architectureParameters, io }: Searched,
  batch: number,
  make: (outputs: readonly Tensor[]) => Promise<Model>,
) {
  // A number of examples that no number of steps equals, so that a hook's shape tells its layout.
  const chunk = batch === io.horizon ? batch + 1 : batch;
  const hooks = architecture.hooks(architectureParameters);
  const ticks = architecture.ticks?.(architectureParameters);
  const predictGraph = (count: number | undefined, at: TaskInterface) => {
    const changed =
      count === undefined || count === ticks
        ? architectureParameters
        : architecture.withTicks!(architectureParameters, count);
    return {
      ...functionOf(new Graph(), { architecture, io: at }, changed, chunk, () => 0),
      hooks: architecture.hooks(changed),
    };
  };
  const compiled = new Map<string, Promise<PredictFunction>>();
  const compile = async (
    count: number | undefined,
    at: TaskInterface,
  ): Promise<PredictFunction> => {
    const { graph, outputs, hooks: named } = predictGraph(count, at);
    const model = await make([...new Set([outputs.logits, ...(outputs.ticks ?? [])])]);
    return {
      model,
      chunk,
      steps: at.horizon,
      observationSize: at.observationSize,
      outputs: at.outputs,
      ticks: (outputs.ticks ?? []).map(({ name }) => name!),
      hooks: new Map(named.map((name) => [name, graph.find(name)!.shape])),
    };
  };
  const anySize = architecture.sees === "pictures" && io.outputs === pixelsOf(io);
  const functionAt = (count: number | undefined, grid: PictureSize | undefined) => {
    const other = grid && io.grid && !sameSize(grid, io.grid);
    if (other && !anySize)
      throw new InputError("this subject takes no pictures of another size than in training");
    const at = other ? atSize(io, grid) : io;
    const name = `${count ?? ticks} ticks, ${at.observationSize} numbers, ${at.grid?.width} wide`;
    return entryOf(compiled, name, () => compile(count, at));
  };
  return {
    own: predictGraph(undefined, io),
    subject: () => networkPredictor(functionAt, hooks, ticks, anySize),
    async dispose() {
      for (const { model } of await Promise.all(compiled.values())) await model.dispose();
    },
  };
}
