/** In-context regression and keyed regression for a reader who knows only the paper. */
import type { SupervisedOutcome } from "@mesascope/lab/studies";
import { type Html, html } from "../html.ts";
import { math } from "../math.ts";
import { predictionChecks, predictionReading, taskParameter } from "./prediction.ts";
import type { TaskProse } from "./types.ts";

function inContext(outcome: SupervisedOutcome): Html {
  const of = (name: string) => taskParameter(outcome, name);
  return html`<p>A linear function of ${of("dimension") ?? "D"} numbers is the instance. The learner is shown
    ${of("examples") ?? "K"} examples of it one after another, ${math("x_1, y_1, x_2, y_2, \\ldots")}, with normal noise of variance ${of("noise") ?? "s"} on
    ${math("y")}, and predicts each ${math("y")} from what came before. Nothing else names the function. The base objective is the squared
    error, summed up over the predictions.</p>
    <p>N is the number of functions in the training distribution, drawn once; <em>fresh</em> means a new one in every
    sequence. A learner may recognize which of the N is shown, or work the function out from the examples.</p>`;
}

function keyed(outcome: SupervisedOutcome): Html {
  const of = (name: string) => taskParameter(outcome, name);
  return html`<p>A linear function of ${of("dimension") ?? "D"} numbers, named by a random key of ${of("keyBits") ?? "many"} signs that is shown at
    every step. Key and function are independent, so nothing that is learned of one instance helps with another: the
    function is either remembered for its key, or worked out from the ${of("examples") ?? "K"} examples of the sequence. At each step the learner sees
    the present ${math("x")} and the last ${math("y")}, and predicts the present ${math("y")}; the base objective is the squared error.</p>`;
}

const base = {
  reading: predictionReading,
  remarks: () => html``,
  checks: predictionChecks,
};

/** Prose of in-context regression. */
export const inContextRegression: TaskProse<SupervisedOutcome> = {
  family: "in-context-regression",
  task: inContext,
  ...base,
};

/** Prose of keyed regression. */
export const keyedRegression: TaskProse<SupervisedOutcome> = {
  family: "keyed-regression",
  task: keyed,
  ...base,
};
