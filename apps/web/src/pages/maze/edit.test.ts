/** Edits against the pictures that the lab draws of mazes, pixel by pixel. */
import { keyOf, Random } from "@mesascope/lab/core";
import {
  type Maze,
  mazeParameters,
  passable,
  pixelOfCell,
  pixelOfWall,
  pixelSize,
  sampleMaze,
} from "@mesascope/lab/tasks";
import { describe, expect, it } from "vitest";
import { pixelKind, pixelWords, togglePassage, withEnd } from "./edit.ts";

const maze = sampleMaze(mazeParameters.parse({ rows: 4, cols: 5 }), new Random(keyOf(3)));
const { height, width } = pixelSize(maze);
const pixels = Array.from({ length: height * width }, (_, pixel) => pixel);

describe("pixelKind", () => {
  it("finds every cell and every inner wall where the lab puts them", () => {
    for (const pixel of pixels) {
      const found = pixelKind(maze, pixel);
      if (found.kind === "cell") expect(pixelOfCell(5, found.cell)).toBe(pixel);
      if (found.kind === "passage") expect(pixelOfWall(5, found.cell, found.direction)).toBe(pixel);
    }
    const count = (kind: string) => pixels.filter((p) => pixelKind(maze, p).kind === kind).length;
    // 4 x 5 cells, and 4 x 4 + 3 x 5 walls between two of them.
    expect([count("cell"), count("passage")]).toEqual([20, 31]);
  });
});

describe("togglePassage", () => {
  it("changes that pixel of the picture alone, and back", () => {
    const closed = pixels
      .map((pixel) => ({ pixel, found: pixelKind(maze, pixel) }))
      .filter(({ pixel, found }) => found.kind === "passage" && passable(maze)[pixel] === 0);
    for (const { pixel, found } of closed) {
      if (found.kind !== "passage") continue;
      const opened = togglePassage(maze, found.cell, found.direction);
      const changed = pixels.filter((p) => passable(opened)[p] !== passable(maze)[p]);
      expect(changed).toEqual([pixel]);
      expect(togglePassage(opened, found.cell, found.direction)).toEqual(maze);
    }
  });

  it("refuses to cut the goal off", () => {
    const line: Maze = { rows: 2, cols: 2, open: Uint8Array.of(2, 12, 0, 1), start: 0, goal: 3 };
    expect(() => togglePassage(line, 0, 1)).toThrow(
      "this wall: the goal cannot be reached from the start",
    );
  });
});

describe("withEnd", () => {
  it("moves an end, but not onto the other", () => {
    const free = [...maze.open.keys()].find((cell) => cell !== maze.start && cell !== maze.goal)!;
    expect(withEnd(maze, "goal", free)).toEqual({ ...maze, goal: free });
    expect(() => withEnd(maze, "start", maze.goal)).toThrow("start and goal are the same cell");
  });
});

describe("pixelWords", () => {
  it("tells ends, cells, passages and walls apart", () => {
    const small: Maze = { rows: 2, cols: 2, open: Uint8Array.of(2, 12, 0, 1), start: 0, goal: 3 };
    const words = Array.from({ length: 25 }, (_, pixel) => pixelWords(small, pixel));
    expect(words[6]).toBe("cell in row 1, column 1, start");
    expect(words[7]).toBe("passage to the right of row 1, column 1");
    expect(words[11]).toBe("wall below row 1, column 1");
    expect(words[18]).toBe("cell in row 2, column 2, goal");
    expect(words[0]).toBe("fixed wall");
  });
});
