/** Mazes for the studies of programs: a random tree of passages, some walls broken so that there are loops, weights. */
import { cheapestPath, type Grid } from "../../architectures/index.ts";
import { InputError, type Key, Random, split } from "../../core/index.ts";

export interface MazeParameters {
  readonly width: number;
  readonly height: number;
  /** Share of the walls between cells that are broken after the tree is made. */
  readonly loops: number;
  /** Weights are drawn evenly from 1 to this. */
  readonly weights: number;
  /** The limit of the cost is this many times the least cost; no limit where it is left out. */
  readonly slack?: number;
  /** Least number of steps from start to goal; 2 where it is left out. */
  readonly distance?: number;
}

const steps = [
  [0, -1],
  [1, 0],
  [0, 1],
  [-1, 0],
] as const;

/** A maze by depth-first search from a random cell, start and goal at random among those far enough apart. */
export function sampleMaze(parameters: MazeParameters, key: Key): Grid {
  const random = new Random(key);
  for (let attempt = 0; attempt < 1000; attempt++) {
    const maze = drawMaze(parameters, random);
    const { cost, path } = cheapestPath({ ...maze, weights: maze.weights.map(() => 1) });
    if (path.length - 1 < (parameters.distance ?? 2)) continue;
    if (parameters.slack === undefined) return maze;
    const least = cheapestPath(maze).cost;
    return Number.isFinite(cost) ? { ...maze, limit: Math.floor(least * parameters.slack) } : maze;
  }
  throw new InputError(
    `no maze of ${parameters.width} by ${parameters.height} cells has a way of ${parameters.distance} steps`,
  );
}

/**
 * `count` mazes, all different, that satisfy `accept`.
 * @throws InputError when 3000 draws in a row give none.
 */
export function sampleMazes(
  parameters: MazeParameters,
  count: number,
  key: Key,
  accept: (maze: Grid) => boolean = () => true,
): Grid[] {
  const mazes: Grid[] = [];
  const seen = new Set<string>();
  let since = 0;
  for (let i = 0; mazes.length < count; i++) {
    if (++since > 3000)
      throw new InputError(
        `only ${mazes.length} of ${count} mazes were found: 3000 draws in a row broke a condition or came again`,
      );
    const maze = sampleMaze(parameters, split(key, i));
    const content = JSON.stringify(maze);
    if (seen.has(content) || !accept(maze)) continue;
    seen.add(content);
    mazes.push(maze);
    since = 0;
  }
  return mazes;
}

function drawMaze({ width, height, loops, weights }: MazeParameters, random: Random) {
  const size = width * height;
  const walls = new Array<number>(size).fill(15);
  const neighbour = (cell: number, heading: number): number => {
    const x = (cell % width) + steps[heading]![0];
    const y = Math.floor(cell / width) + steps[heading]![1];
    return x < 0 || y < 0 || x >= width || y >= height ? -1 : y * width + x;
  };
  const open = (cell: number, heading: number) => {
    walls[cell]! &= ~(1 << heading);
    walls[neighbour(cell, heading)]! &= ~(1 << ((heading + 2) % 4));
  };
  const seen = new Set([random.integer(size)]);
  const stack = [...seen];
  while (stack.length > 0) {
    const cell = stack.at(-1)!;
    const ways = [0, 1, 2, 3].filter((heading) => {
      const to = neighbour(cell, heading);
      return to >= 0 && !seen.has(to);
    });
    if (ways.length === 0) stack.pop();
    else {
      const heading = ways[random.integer(ways.length)]!;
      open(cell, heading);
      seen.add(neighbour(cell, heading));
      stack.push(neighbour(cell, heading));
    }
  }
  for (let cell = 0; cell < size; cell++)
    for (const heading of [1, 2])
      if (
        neighbour(cell, heading) >= 0 &&
        (walls[cell]! >> heading) & 1 &&
        random.uniform() < loops
      )
        open(cell, heading);
  const start = random.integer(size);
  let goal = random.integer(size - 1);
  if (goal >= start) goal++;
  return {
    width,
    height,
    walls,
    weights: walls.map(() => 1 + random.integer(weights)),
    start,
    heading: random.integer(4),
    goal,
  };
}
