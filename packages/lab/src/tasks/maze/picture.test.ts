import { describe, expect, it } from "vitest";
import { keyOf, Random } from "../../core/index.ts";
import { mazeParameters } from "./parameters.ts";
import { pathExample, pathPlanes } from "./path.ts";
import { mazeFromPicture } from "./picture.ts";
import { sampleMaze } from "./sample.ts";

describe("a picture", () => {
  it.each([
    { rows: 3, cols: 5 },
    { rows: 4, cols: 4, generator: "percolation", costs: 9 },
  ])("of a maze with %o gives the maze back", (given) => {
    const parameters = mazeParameters.parse(given);
    const random = new Random(keyOf(1));
    for (let i = 0; i < 20; i++) {
      const maze = sampleMaze(parameters, random);
      const { names, height, width } = pathPlanes(maze, maze.costs !== undefined);
      const { input } = pathExample(maze);
      expect(mazeFromPicture(input, { channels: names.length, height, width })).toEqual(maze);
    }
  });
});
