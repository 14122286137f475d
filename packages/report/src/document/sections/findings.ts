/** What a study found: figures, verdicts with effects, and thresholds. */
import type { StudyOutcome, Verdict } from "@mesascope/lab/studies";
import { figuresOf } from "../../catalogue/index.ts";
import { fixed, learnerName, plural, quantity } from "../../figures/index.ts";
import { figureElement } from "../figure-element.ts";
import { type Html, html } from "../html.ts";
import {
  deltaWords,
  effectWords,
  intervalWords,
  marginWords,
  thresholdWords,
  verdictMark,
} from "../values.ts";

/** Every figure of the study. */
export function figureSection(outcome: StudyOutcome, anchor: string): Html {
  return html`${figuresOf(outcome).map((figure) => figureElement(figure, `${anchor}-${figure.name}`))}`;
}

/** The predictions as they were stated. */
export function predictionList(outcome: StudyOutcome): Html {
  const { predictions } = outcome.study.file;
  return html`<ul>${predictions.map(({ id, statement, direction, margin }) => {
    const unit = outcome.verdicts.find(({ prediction }) => prediction === id)?.unit ?? "";
    return html`<li>${statement} <span class="quiet">Predicted: ${marginWords({ direction, margin, unit })}.</span></li>`;
  })}</ul>`;
}

/** Each prediction with its verdict and the evidence. */
export function verdictSection(outcome: StudyOutcome): Html {
  return html`${outcome.verdicts.map((verdict) => verdictParagraph(verdict))}${thresholds(outcome)}`;
}

function verdictParagraph(verdict: Verdict): Html {
  const { statement, reason, interval, margin, unit, cliffsDelta, seeds, samples } = verdict;
  const evidence = [
    Number.isNaN(verdict.effect) ? effectWords(verdict) : `effect ${effectWords(verdict)}`,
    intervalWords(interval),
    `margin ${quantity(margin, unit)}`,
    plural(seeds, "seed"),
    ...(cliffsDelta === undefined ? [] : [deltaWords(cliffsDelta)]),
  ];
  return html`<p><strong>${statement}</strong> ${verdictMark(verdict.verdict)} at this scale: ${evidence.join("; ")}.
    ${reason && html`Reason: ${reason}.`}
    <span class="quiet">${samples.from.length > 0 && html`Seeds: from ${values(samples.from)}; to ${values(samples.to)}.`}${
      samples.from.length === 0 && samples.to.length > 0 && html`Seeds: ${values(samples.to)}.`
    }</span></p>`;
}

const values = (numbers: readonly number[]) =>
  numbers.length === 0 ? "none" : numbers.map((number) => fixed(number)).join(", ");

function thresholds(outcome: StudyOutcome): Html | false {
  if (outcome.thresholds.length === 0) return false;
  return html`<h4>Thresholds in N</h4><ul>${outcome.thresholds.map(
    (threshold) => html`<li>${learnerName(outcome, threshold.learner)},
    <code>${threshold.measure}</code> crosses ${fixed(threshold.level)}, ${threshold.meaning}: ${thresholdWords(threshold)}.</li>`,
  )}</ul>
    <p class="quiet">A logistic curve in log2 N, fitted to the seeds’ values; its interval resamples whole seeds. Fresh
    instances count at the number of instances actually seen.</p>`;
}
