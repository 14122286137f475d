/** What was done in a study: task, learners, factors, budget and seeds; and how to do it again. */
import type { ExperimentStudy, StudyOutcome, TrainingStudy } from "@mesascope/lab/studies";
import { count, learnerName, list, plural, taskName } from "../../figures/index.ts";
import { type Html, html } from "../html.ts";
import { proseOf } from "../prose/index.ts";
import { algorithmWords, architectureWords } from "../prose/learners.ts";

/** The design of the study in words. */
export function designSection(outcome: StudyOutcome): Html {
  const { study } = outcome;
  const task =
    proseOf(outcome)?.task(outcome) ??
    (study.kind === "training" && html`<p>${taskName(outcome)}.</p>`);
  return html`${task}
    <p>${study.file.rationale}</p>
    <dl>
    ${study.kind === "training" && html`<dt>Learners</dt><dd><ul>${learners(study, outcome)}</ul></dd>`}
    ${factors(outcome)}
    ${study.kind === "experiment" && shared(study)}
    ${study.kind === "training" && html`<dt>Budget</dt><dd>${plural(study.updates, "update")} of parameters a run, measured at ${checkpoints(study)}</dd>`}
    <dt>Seeds</dt><dd>${plural(study.seeds, "seed")} in each arm: ${plural(study.runs.length, "run")}</dd>
    ${study.kind === "training" && html`<dt>Measured on</dt><dd>${plural(study.file.measure.episodes, outcome.kind === "supervised" ? "example" : "episode")} a condition: ${list(study.file.measure.signatures)}</dd>`}
    <dt>Profile</dt><dd>${study.profile}</dd>
    </dl>`;
}

/** Each learner in words, with its parameters as they were run: defaults and the profile's changes included. */
function learners(study: TrainingStudy, outcome: StudyOutcome): Html[] {
  const first = new Map(
    [...study.runs].reverse().map(({ arm, spec }) => [String(arm.learner), spec.learner]),
  );
  return [...first].reverse().map(([id, learner]) => {
    const settings = [
      ...Object.entries(learner.architectureParameters ?? {}),
      ...Object.entries(learner.algorithmParameters ?? {}),
    ].map(setting);
    return html`<li><strong>${learnerName(outcome, id)}</strong>: ${architectureWords(learner.architecture)}; ${algorithmWords(learner.algorithm)}.${
      settings.length > 0 && html` <span class="quiet">${settings.join(", ")}.</span>`
    }</li>`;
  });
}

/** A parameter and its value, in words. */
const setting = ([name, value]: readonly [string, unknown]): string =>
  `${name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)} ${typeof value === "object" ? JSON.stringify(value) : String(value)}`;

/** Parameters that all runs of an experiment have alike, defaults and the profile's changes included. */
function shared({ runs }: ExperimentStudy): Html | false {
  const all = runs.map(
    ({ spec }) => spec.experiment.parameters as Readonly<Record<string, unknown>>,
  );
  const alike = Object.entries(all[0] ?? {}).filter(([name, value]) =>
    all.every((one) => JSON.stringify(one[name]) === JSON.stringify(value)),
  );
  return alike.length > 0 && html`<dt>Parameters</dt><dd>${alike.map(setting).join(", ")}</dd>`;
}

/** Levels of every factor as they were planned, which a profile may have thinned. */
function factors(outcome: StudyOutcome): Html[] {
  const levels = new Map<string, Set<string>>();
  for (const { arm } of outcome.study.runs) {
    for (const [factor, level] of Object.entries(arm)) {
      const known = levels.get(factor) ?? new Set<string>();
      known.add(typeof level === "number" ? count(level) : level);
      levels.set(factor, known);
    }
  }
  levels.delete("learner");
  return [...levels].map(
    ([factor, known]) =>
      html`<dt>${factor.charAt(0).toUpperCase() + factor.slice(1)}</dt><dd>${[...known].join(", ")}</dd>`,
  );
}

function checkpoints(study: TrainingStudy): string {
  const updates = [...new Set(study.runs.flatMap(({ spec }) => spec.checkpoints))].sort(
    (a, b) => a - b,
  );
  return list(updates.map(count));
}

/** The command that repeats the study. */
export function studyCommand({ study }: StudyOutcome): string {
  const { file, profile, seeds } = study;
  const declared = file.profiles[profile].seeds ?? file.seeds;
  return `npx mesascope run ${file.id} --profile ${profile}${seeds === declared ? "" : ` --seeds ${seeds}`}`;
}
