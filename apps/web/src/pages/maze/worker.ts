/** Thinks and draws mazes in a thread of its own. */
import "../../live/engine.ts";
import { readSafetensors } from "@mesascope/graph";
import { entryOf, WorkError } from "@mesascope/lab/core";
import type { PlanStrip } from "@mesascope/lab/studies";
import type { Maze } from "@mesascope/lab/tasks";
import { serve } from "../../live/job.ts";
import {
  blankStrip,
  type DrawQuestion,
  drawnMaze,
  nextTick,
  type TickAnswer,
  type TickQuestion,
} from "./think.ts";
import { parametersOf, type Thinker, thinker } from "./thinker.ts";

export type MazeQuestion =
  | { readonly kind: "draw"; readonly draw: DrawQuestion }
  | { readonly kind: "blank"; readonly maze: Maze }
  /** `folder`: address of the files of trained networks. */
  | { readonly kind: "tick"; readonly tick: TickQuestion; readonly folder: string };

export type MazeAnswer =
  | { readonly kind: "blank"; readonly maze: Maze; readonly strip: PlanStrip }
  | { readonly kind: "tick"; readonly tick: TickAnswer };

const networks = new Map<string, Promise<Thinker>>();

async function fetched(address: string, width: number): Promise<Thinker> {
  const response = await fetch(address);
  if (!response.ok) throw new WorkError(`the network's weights answer ${response.status}`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  return thinker(parametersOf(readSafetensors(bytes)), width);
}

serve<MazeQuestion, never, MazeAnswer>(async (question) => {
  if (question.kind === "tick") {
    const { subject } = question.tick;
    const network = entryOf(networks, subject.id, () =>
      fetched(`${question.folder}${subject.weights}`, subject.width),
    );
    // What could not be fetched may be asked for again.
    network.catch(() => networks.delete(subject.id));
    return { kind: "tick", tick: await nextTick(question.tick, await network) };
  }
  const maze = question.kind === "draw" ? drawnMaze(question.draw) : question.maze;
  return { kind: "blank", maze, strip: blankStrip(maze) };
});
