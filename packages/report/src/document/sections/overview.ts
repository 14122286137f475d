/** The first screen: verdicts over all studies, and where every condition of the paper stands. */
import type { StudyOutcome } from "@mesascope/lab/studies";
import { fixed, plural, range } from "../../figures/index.ts";
import { type Html, html, slug } from "../html.ts";
import { effectWords, marginWords, verdictMark } from "../values.ts";

/** Where one condition of the paper stands in the laboratory. */
export interface ConditionRow {
  readonly id: string;
  /** Name of the condition, e.g. `better generalization through search`. */
  readonly condition: string;
  readonly claim: string;
  /** Honest status in words, e.g. `not yet studied`. */
  readonly status: string;
}

/** Fragment id of a study's part of the report. */
export function studyAnchor({ study }: StudyOutcome): string {
  return `study-${slug(study.file.id)}`;
}

/** Every prediction of every study with its verdict, the main one of a study first. */
export function verdictTable(outcomes: readonly StudyOutcome[]): Html {
  if (outcomes.length === 0) return html`<p>No study has been run.</p>`;
  return html`<table class="verdicts stacking" role="table">
    <caption><span>Each prediction was stated, with its margin, before the runs. A verdict holds at this scale: this task, these
    learners, this budget.</span></caption>
    <thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader" class="words">Prediction</th><th scope="col" role="columnheader">Verdict</th>
    <th scope="col" role="columnheader">Effect</th><th scope="col" role="columnheader">Predicted</th><th scope="col" role="columnheader">Seeds</th></tr></thead>
    ${outcomes.map(
      (outcome) => html`<tbody role="rowgroup">
      <tr role="row"><th scope="rowgroup" role="rowheader" colspan="5"><a href="#${studyAnchor(outcome)}">${outcome.study.file.title}</a></th></tr>
      ${outcome.verdicts.map(
        (
          verdict,
        ) => html`<tr role="row"><th scope="row" role="rowheader" class="words">${verdict.statement}</th>
          <td role="cell">${verdictMark(verdict.verdict)}${verdict.reason && html`<span class="reason">${verdict.reason}</span>`}</td>
          <td role="cell" data-label="Effect">${effectWords(verdict)}${
            Number.isFinite(verdict.interval.low) &&
            Number.isFinite(verdict.interval.high) &&
            html`<span class="interval">${range(verdict.interval)}</span>`
          }</td>
          <td role="cell" data-label="Predicted">${marginWords(verdict)}</td><td role="cell" data-label="Seeds">${fixed(verdict.seeds, 0)}</td></tr>`,
      )}
      ${outcome.verdicts.length === 0 && html`<tr role="row"><td role="cell" colspan="5">no prediction could be judged</td></tr>`}</tbody>`,
    )}
  </table>${shortfall(outcomes)}`;
}

/** Says on the first screen when results are missing. */
function shortfall(outcomes: readonly StudyOutcome[]): Html {
  const short = outcomes
    .map((outcome) => ({
      outcome,
      missing: outcome.entries.filter(({ state }) => state.status !== "complete").length,
    }))
    .filter(({ missing }) => missing > 0);
  return html`${short.map(
    ({
      outcome,
      missing,
    }) => html`<p class="failures"><strong>${plural(missing, "run")} of ${outcome.entries.length}</strong> in
      <a href="#${studyAnchor(outcome)}-missing">${outcome.study.file.title}</a> did not complete.
      ${missing === outcome.entries.length ? "It has no results yet." : "Its numbers rest on the others."}</p>`,
  )}`;
}

/** All conditions of the paper with their status. */
export function conditionsTable(conditions: readonly ConditionRow[]): Html {
  return html`<table class="conditions stacking" role="table">
    <caption><span>Every condition that the paper argues for, as a claim that can be tested.</span></caption>
    <thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">Condition</th><th scope="col" role="columnheader" class="words">Claim</th>
    <th scope="col" role="columnheader">Status</th></tr></thead>
    <tbody role="rowgroup">${conditions.map(
      ({
        condition,
        claim,
        status,
      }) => html`<tr role="row"><th scope="row" role="rowheader">${condition}</th><td role="cell" class="words">${claim}</td>
        <td role="cell">${status}</td></tr>`,
    )}</tbody></table>`;
}
