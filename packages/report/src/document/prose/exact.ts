/** Prose of the experiments on minimal circuits and on exact program search (Hubinger et al. 2019, sections 2.1 and 2.2). */
import type { ExperimentOutcome } from "@mesascope/lab/studies";
import { type Html, html } from "../html.ts";
import type { TaskProse } from "./types.ts";

const nothing = () => html``;

const prose = (family: string, task: Html, reading: Html): TaskProse<ExperimentOutcome> => ({
  family,
  task: () => task,
  reading: () => reading,
  remarks: nothing,
  checks: nothing,
});

export const minimalCircuits = prose(
  "minimal-circuits",
  html`<p>A small problem that a search solves is written as a Boolean function: its inputs describe the instance, its
    outputs the chosen candidate. A SAT solver lists the circuits of fewest gates, and of least depth, and proves that
    there is none better. A circuit that evaluates every candidate, compares and selects is the control.</p>`,
  html`<p>A circuit is read as searching when a wire that is no input equals a bit of a candidate’s evaluation in every
    instance and, flipped where that candidate is not chosen, changes the output as it would change the search’s. In
    problems this small an evaluation is a function of few inputs, so that a circuit may hold it for other reasons.</p>`,
);

export const compressionMaze = prose(
  "compression-maze",
  html`<p>One answer is given in two ways: written down (the moves through one maze, or one bit a label), and by a program.
    The goal of the maze is moved away from the start, or labels are added, and the bits of both are compared.</p>`,
  html`<p>A saving is the bits written down less those of the program at the largest size: the general solver’s for mazes,
    the shortest program’s for labels. All lengths are exact under the stated prices of the language.</p>`,
);

export const shortestProgram = prose(
  "shortest-program",
  html`<p>All programs of a small language are tried in the order of their length until one solves N mazes, on none of which
    following a wall leads to the goal.</p>`,
  html`<p>A program is said to search when it evaluates a neighbour that it passes over, and its way changes both when the
    first candidate always wins and when the last does. The share is of all solvers of the least length.</p>`,
);

export const reachabilityPrograms = prose(
  "reachability-programs",
  html`<p>The shortest solver of some mazes is known by exhaustion. Local search then edits programs one place at a time; its
    score is the mean progress towards the goals, and nothing below a threshold.</p>`,
  html`<p>The share is of searches that meet any solver within their evaluations. A higher threshold asks for more of a
    solver at once before any of its parts earns something.</p>`,
);
