/** Balls and urns for a reader who knows only the paper. */
import type { SupervisedOutcome } from "@mesascope/lab/studies";
import { type Html, html } from "../html.ts";
import { predictionChecks, predictionReading, taskParameter } from "./prediction.ts";
import type { TaskProse } from "./types.ts";

function task(outcome: SupervisedOutcome): Html {
  return html`<p>An urn with balls of ${taskParameter(outcome, "colours") ?? "several"} colours is the instance: a distribution over colours, drawn
    uniformly from all of them. ${taskParameter(outcome, "draws") ?? "Many"} balls are drawn with replacement, and the learner gives a probability to
    each colour before every draw. The base objective is the log probability of what is drawn.</p>
    <p>N is the number of urns in the training distribution, drawn once; <em>fresh</em> means a new one in every sequence.
    A learner may recognize the urn among those N, or count colours, which serves any urn.</p>`;
}

/** Prose of balls and urns. */
export const ballsAndUrns: TaskProse<SupervisedOutcome> = {
  family: "balls-and-urns",
  task,
  reading: predictionReading,
  remarks: () => html``,
  checks: predictionChecks,
};
