/**
 * A trained recurrent network, one tick at a time: what it holds after a tick is kept, so that the maze may change, or
 * the state be edited, before the next. It reads and patches the network at the hook points of its architecture.
 */
import {
  compile,
  Graph,
  type Model,
  type ParameterValues,
  type SafetensorsFile,
  type Tensor,
  toOnnx,
} from "@mesascope/graph";
import { architectures } from "@mesascope/lab/architectures";
import type { NetworkArchitecture } from "@mesascope/lab/core";
import { type Maze, mazePath, pathExample, pixelSize } from "@mesascope/lab/tasks";

/** What a network says of a maze after a tick. */
export interface Thought {
  /** `[width, pixels]`: what all channels hold. */
  readonly state: Float32Array;
  /** `[pixels]`: above 0 where the way is marked. */
  readonly logits: Float32Array;
}

export interface Thinker {
  /** Channels of the state. */
  readonly width: number;
  /** The first tick, from nothing. */
  begin(maze: Maze): Promise<Thought>;
  /** The next tick from `state`, looking at `maze` as it is now. */
  next(maze: Maze, state: Float32Array): Promise<Thought>;
}

/** Trained values by name, from a file. */
export function parametersOf({ tensors }: SafetensorsFile): ParameterValues {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, { shape, data }]) => [
      name,
      { shape, data: data as Float32Array },
    ]),
  );
}

/** @param parameters trained values, by name, for channels `width` */
export function thinker(parameters: ParameterValues, width: number): Thinker {
  const models = new Map<string, Promise<Model>>();
  const modelFor = ({ rows, cols }: Maze) => {
    const size = `${rows} x ${cols}`;
    const known = models.get(size) ?? compiled(parameters, width, rows, cols);
    models.set(size, known);
    return known;
  };
  const tick = async (maze: Maze, patch: Readonly<Record<string, Float32Array>>) => {
    const model = await modelFor(maze);
    const { input } = pathExample(maze);
    const values = await model.run({ observations: input }, { read: ["state.1"], patch });
    return { state: values["state.1"]!, logits: values["logits"]! };
  };
  return {
    width,
    begin: (maze) => tick(maze, {}),
    next: (maze, state) => tick(maze, { "state.0": state }),
  };
}

/** One tick for mazes of a size: the weights are the same for all. */
async function compiled(
  parameters: ParameterValues,
  width: number,
  rows: number,
  cols: number,
): Promise<Model> {
  const { graph, logits } = network({ width, ticks: 1 }, rows, cols);
  return compile(graph, { outputs: [logits], parameters });
}

/** The network with all its ticks as an ONNX file for one maze at a time, its answer after each tick an output. */
export function thinkerFile(
  parameters: ParameterValues,
  size: { readonly width: number; readonly ticks: number },
  rows: number,
  cols: number,
): Uint8Array {
  const { graph, ticks = [] } = network(size, rows, cols);
  return toOnnx(graph, { outputs: ticks, parameters });
}

function network(
  size: { readonly width: number; readonly ticks: number },
  rows: number,
  cols: number,
) {
  const architecture = architectures.get("recurrent-conv") as NetworkArchitecture<Graph, Tensor>;
  const rules = mazePath.rules(mazePath.parameters.parse({ rows, cols }));
  const graph = new Graph();
  const observations = graph.input("observations", [1, 1, rules.observationSize]);
  const outputs = architecture.build(graph, { observations, carry: {} }, rules, size, () => 0);
  return { graph, ...outputs };
}

/** Pixels of the pictures of a maze. */
export function pixelsOf(maze: Maze): number {
  const { height, width } = pixelSize(maze);
  return height * width;
}
