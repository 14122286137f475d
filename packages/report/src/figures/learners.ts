/** Names and words of a study for headings: learners by their architecture, the task by its form. */
import type { StudyOutcome } from "@mesascope/lab/studies";
import { count, plural } from "./format.ts";

const names: Readonly<Record<string, string>> = {
  gru: "GRU",
  "mlp-feedback": "MLP with feedback",
  mlp: "MLP, key only",
  table: "Table",
  transformer: "Transformer",
};

/** A learner as a heading names it: by its architecture where that tells learners apart, else by its own name. */
export function learnerName(outcome: StudyOutcome, learner: string): string {
  if (outcome.kind === "experiment") return learner;
  const declared = outcome.study.file.learners;
  const architecture = declared[learner]?.architecture;
  if (architecture === undefined) return learner;
  const alike = Object.values(declared).filter((other) => other.architecture === architecture);
  return alike.length === 1 ? (names[architecture] ?? learner) : learner;
}

/** The task in a few words, e.g. `keyed bandit, noiseless form`. */
export function taskName(outcome: StudyOutcome): string {
  if (outcome.kind === "experiment") return outcome.study.file.experiment.id.replaceAll("-", " ");
  const { family, form } = outcome.study.file.task;
  const words = family.replaceAll("-", " ");
  return form === undefined ? words : `${words}, ${form.replaceAll("-", " ")} form`;
}

/** The conditions that every figure states: task, budget and seeds. */
export function conditions(outcome: StudyOutcome, learner?: string): string {
  const { study } = outcome;
  const task = taskName(outcome);
  const parts = [
    task.charAt(0).toUpperCase() + task.slice(1),
    ...(learner === undefined ? [] : [learnerName(outcome, learner)]),
    ...(study.kind === "training" ? [`${count(study.updates)} updates`] : []),
    plural(study.seeds, "seed"),
  ];
  return parts.join("; ");
}
