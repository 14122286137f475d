/** One run in plain text: what it is, how it stands, and its checkpoints. */
import type { Measurement } from "@mesascope/lab/core";
import type { RunEntry, RunResult, RunSpec, RunState } from "@mesascope/lab/studies";
import { count, duration, interval, measured, plural } from "./format.ts";
import type { Style } from "./style.ts";
import { table } from "./table.ts";

/** The run with its state; `folder` is where its files are. */
export function runText({ run, state }: RunEntry, folder: string, style: Style): string {
  const facts: [string, string][] = [
    ["study", run.study],
    ...specFacts(run.spec),
    ["seed", String(run.seed)],
    ["state", stateText(state)],
    ["folder", folder],
  ];
  if (state.status === "complete") facts.push(...resultFacts(state.result));
  const width = Math.max(...facts.map(([name]) => name.length));
  const lines = facts.map(([name, value]) => `${style.dim(name.padEnd(width))}  ${value}\n`);
  const checkpoints = state.status === "complete" ? `\n${checkpointsTable(state.result)}` : "";
  return `${style.bold(run.id)}\n${lines.join("")}${checkpoints}`;
}

function specFacts(spec: RunSpec): [string, string][] {
  if ("experiment" in spec)
    return [["experiment", `${spec.experiment.id} ${JSON.stringify(spec.experiment.parameters)}`]];
  const { task, learner, diversity, budget } = spec;
  return [
    ["task", `${task.family} ${JSON.stringify(task.parameters)}`],
    ["diversity", typeof diversity === "number" ? count(diversity) : diversity],
    ["architecture", `${learner.architecture} ${JSON.stringify(learner.architectureParameters)}`],
    ["algorithm", `${learner.algorithm} ${JSON.stringify(learner.algorithmParameters)}`],
    ["budget", plural(budget.updates, "update")],
  ];
}

function stateText(state: RunState): string {
  if (state.status === "partial") return `partial, kept at update ${count(state.updates)}`;
  return state.status === "failed" || state.status === "corrupted"
    ? `${state.status}: ${state.message}`
    : state.status;
}

function resultFacts({
  engine,
  versions,
  seconds,
  when,
  size,
  spent,
}: RunResult): [string, string][] {
  return [
    ["engine", `${engine.name} ${engine.version}, ${plural(engine.threads, "thread")}`],
    ...(engine.fallback ? [["fall-back", engine.fallback] as [string, string]] : []),
    [
      "versions",
      Object.entries(versions)
        .map((pair) => pair.join(" "))
        .join(", "),
    ],
    ["size", `${count(size)} numbers stored`],
    [
      "spent",
      `${plural(spent.updates, "update")}, ${count(spent.samples)} samples, ${spent.flops.toExponential(1)} flops`,
    ],
    ["ended", `${when}, after ${duration(seconds)}`],
  ];
}

function checkpointsTable({ checkpoints }: RunResult): string {
  const signatures = (checkpoints[0]?.measurements ?? []).map(({ signature }) => signature);
  const columns = ["updates", "samples", ...signatures].map((title) => ({ title, number: true }));
  const rows = checkpoints.map(({ spent, measurements }) => [
    count(spent.updates),
    count(spent.samples),
    ...measurements.map(measurementText),
  ]);
  return table(columns, rows);
}

function measurementText(measurement: Measurement): string {
  if (!measurement.applicable) return "not applicable";
  return `${measured(measurement.value)} ${measurement.unit} ${interval(measurement.interval)}`;
}
