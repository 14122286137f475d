/** The path form as a supervised family: one picture in, the cheapest way marked in it out. */
import type {
  ExampleBatch,
  ReferencePredictor,
  SupervisedFamily,
  SupervisedRules,
  TaskCard,
} from "../../core/index.ts";
import type { Maze } from "./maze.ts";
import { type MazeParameters, mazeParameters } from "./parameters.ts";
import { pathExample, pathPlanes } from "./path.ts";
import { sampleMaze } from "./sample.ts";
import { countMazes, enumerateMazes, mazeIdentity } from "./space.ts";
import { mazeWords } from "./words.ts";

/** What a reader must know of the family. */
const card: TaskCard = {
  title: "Maze path",
  summary:
    "A maze is shown as a picture and the way from start to goal is to be marked in it. A network may remember " +
    "ways, fill dead ends, or compute distances and follow them.",
  observed:
    "Planes of walls, start and goal (and costs of cells, divided by 15, where they differ) on a grid of " +
    "(2 rows + 1) x (2 cols + 1) pixels.",
  actions: "None: one number for each pixel, positive where the way is marked.",
  reward: "1 where every cell and passage is marked rightly, else 0.",
  end: "At once.",
  diversity:
    "N distinct mazes (walls, start, goal and costs together; or up to turning and mirroring) drawn from the " +
    "training part, or a new one for every example.",
  source: "Schwarzschild et al. (2021), arXiv 2106.04537; Bansal et al. (2022), arXiv 2202.05826.",
};

/** A logit that is as good as certain. */
const certain = 10;

const planesOf = (parameters: MazeParameters) => pathPlanes(parameters, parameters.costs > 1);

function rules(parameters: MazeParameters): SupervisedRules<Maze> {
  const { names, height, width } = planesOf(parameters);
  const pixels = height * width;
  const size = names.length * pixels;
  return {
    observation: names.map((name, i) => ({
      name,
      offset: i * pixels,
      size: pixels,
      role: "instance",
    })),
    observationSize: size,
    outputs: pixels,
    horizon: 1,
    grid: { channels: names.length, height, width },
    loss: "binary-cross-entropy",
    scoreUnit: "share of mazes solved",
    example(maze, _, batch, index) {
      const { input, target } = pathExample(maze);
      batch.inputs.set(input, index * size);
      batch.targets.set(target, index * pixels);
    },
    score: (outputs, batch) => wholeMazes(outputs, batch, size),
  };
}

/** 1 for each maze in which every cell and open passage is marked as it should be. */
function wholeMazes(outputs: Float32Array, batch: ExampleBatch, size: number): Float64Array {
  const pixels = outputs.length / batch.batch;
  return Float64Array.from({ length: batch.batch }, (_, i) => {
    for (let pixel = 0; pixel < pixels; pixel++) {
      const wall = batch.inputs[i * size + pixel] === 1;
      const at = i * pixels + pixel;
      if (!wall && outputs[at]! > 0 !== batch.targets[at]! > 0.5) return 0;
    }
    return 1;
  });
}

function marksAsLogits(marks: ArrayLike<number>, into: Float32Array, index: number): void {
  for (let pixel = 0; pixel < marks.length; pixel++)
    into[index * marks.length + pixel] = marks[pixel]! > 0.5 ? certain : -certain;
}

/** The training maze whose picture differs least from the one shown, and the way through it. */
function nearest(parameters: MazeParameters): ReferencePredictor<Maze> {
  const { names, height, width } = planesOf(parameters);
  const size = names.length * height * width;
  return {
    id: "nearest",
    title: "Nearest training maze",
    knows: "training",
    description:
      "Marks the way of the training maze whose picture differs in the fewest pixels: memory without understanding.",
    predict(batch, training) {
      const known = training.map(pathExample);
      const outputs = new Float32Array(batch.batch * height * width);
      for (let i = 0; i < batch.batch; i++) {
        let best = known[0]!;
        let least = Number.POSITIVE_INFINITY;
        for (const example of known) {
          let distance = 0;
          for (let at = 0; at < size && distance < least; at++)
            distance += Math.abs(example.input[at]! - batch.inputs[i * size + at]!);
          if (distance < least) [best, least] = [example, distance];
        }
        marksAsLogits(best.target, outputs, i);
      }
      return outputs;
    },
  };
}

function predictors(parameters: MazeParameters): readonly ReferencePredictor<Maze>[] {
  const { height, width } = planesOf(parameters);
  return [
    {
      id: "blank",
      title: "Nothing marked",
      knows: "inputs",
      description: "Marks no pixel, whatever is shown.",
      predict: ({ batch }) => new Float32Array(batch * height * width).fill(-certain),
    },
    {
      id: "cheapest-way",
      title: "Cheapest way",
      knows: "instance",
      description: "Dijkstra's algorithm (1959) on the maze itself, which the picture shows whole.",
      predict({ batch }, mazes) {
        const outputs = new Float32Array(batch * height * width);
        mazes.forEach((maze, i) => {
          marksAsLogits(pathExample(maze).target, outputs, i);
        });
        return outputs;
      },
    },
    nearest(parameters),
  ];
}

export const mazePath: SupervisedFamily<MazeParameters, Maze> = {
  kind: "supervised",
  id: "maze-path",
  card,
  parameters: mazeParameters,
  forms: {
    path: { rows: 5, cols: 5, generator: "depth-first" },
    loops: { rows: 5, cols: 5, generator: "percolation", share: 0.8 },
    weighted: { rows: 5, cols: 5, generator: "percolation", share: 0.8, costs: 9 },
  },
  sample: sampleMaze,
  words: (_, maze) => mazeWords(maze),
  identity: mazeIdentity,
  count: countMazes,
  enumerate: enumerateMazes,
  rules,
  predictors,
  references: () => ({ chance: "blank", best: "cheapest-way" }),
};
