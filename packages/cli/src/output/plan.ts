/** A plan in a maze as text: one picture for each tick, beside those of other methods. */
import type { PlanRow, RunPlan } from "@mesascope/lab/studies";
import { drawMaze, type Maze, pixelOfCell } from "@mesascope/lab/tasks";

const gap = "   ";
/** Heat from which on a cell is drawn as touched, and as touched now or sure. */
const faint = 0.25;
const strong = 0.75;

/** Pictures in a row for each tick, below one another where `columns` characters do not hold them. */
export function planText({ maze, strip }: RunPlan, columns: number): string {
  const width = 2 * strip.width;
  const beside = strip.rows.length * (width + gap.length) <= columns + gap.length;
  const blocks = strip.ticks.map((tick, i) => {
    const pictures = strip.rows.flatMap((row) => {
      const text = pictureOf(maze, row, i);
      return text ? [[row.title.slice(0, width).padEnd(width), ...text.split("\n")]] : [];
    });
    const lines = beside ? sideBySide(pictures, width) : pictures.flat();
    return `after ${tick} tick${tick === 1 ? "" : "s"}\n${lines.join("\n")}\n`;
  });
  const notes = strip.rows.map(({ title, note }) => `${title}: ${note}\n`);
  return `${blocks.join("\n")}\n${notes.join("")}▒▒ marked or touched now, ░░ unsure or touched earlier\n`;
}

function pictureOf(maze: Maze, { planes }: PlanRow, column: number): string | undefined {
  const plane = planes[column];
  if (!plane) return undefined;
  const marks = Array.from(maze.open, (_, cell) => {
    const heat = plane[pixelOfCell(maze.cols, cell)]!;
    return heat >= strong ? 2 : heat >= faint ? 1 : 0;
  });
  return drawMaze(maze, { marks });
}

function sideBySide(pictures: readonly (readonly string[])[], width: number): string[] {
  const height = Math.max(...pictures.map((lines) => lines.length));
  return Array.from({ length: height }, (_, y) =>
    pictures
      .map((lines) => (lines[y] ?? "").padEnd(width))
      .join(gap)
      .trimEnd(),
  );
}
