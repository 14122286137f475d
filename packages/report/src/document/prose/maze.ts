/** Mazes for a reader who knows only the paper. */
import type { SupervisedOutcome } from "@mesascope/lab/studies";
import { type Html, html } from "../html.ts";
import { taskParameter } from "./prediction.ts";
import type { TaskProse } from "./types.ts";

function task(outcome: SupervisedOutcome): Html {
  return html`<p>A maze of ${taskParameter(outcome, "rows") ?? "several"} by ${taskParameter(outcome, "cols") ?? "several"} cells is shown as a picture: where the
    walls are, where to start and where the goal lies. The learner marks the pixels of the way between them, all at once;
    the maze counts as solved when every cell and passage is marked rightly.</p>
    <p>N is the number of mazes in the training distribution, drawn once; <em>fresh</em> means a new one in every example.
    A learner may remember the ways through those N, or work a way out from the picture, which serves any maze.</p>`;
}

function reading(): Html {
  return html`<p>Success on mazes that occurred nowhere in training tells that something is worked out at run time, and not
    how. Filling dead ends, a rule that evaluates nothing, solves every maze without loops; a search solves them too.
    Telling the two apart takes mazes on which the rule is wrong, or a look inside.</p>`;
}

/** Prose of the path form. */
export const mazePath: TaskProse<SupervisedOutcome> = {
  family: "maze-path",
  task,
  reading,
  remarks: () => html``,
  checks: () => html``,
};
