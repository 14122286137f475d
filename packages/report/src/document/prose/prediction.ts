/** What tasks with two known predictors, a memorizing and a generalizing one, share in the report. */
import type { StudyOutcome, SupervisedOutcome } from "@mesascope/lab/studies";
import {
  count,
  design,
  diversityPhrase,
  fixed,
  lastThreshold,
  learnerName,
  passage,
  strategiesAlong,
  summary,
  transitionFindings,
  transitionNote,
} from "../../figures/index.ts";
import { type Html, html } from "../html.ts";
import { display, math } from "../math.ts";

/** A parameter of the task as it was run. */
export function taskParameter(outcome: SupervisedOutcome, name: string): number | undefined {
  const { parameters } = outcome.study.runs[0]?.spec.task ?? {};
  const value = (parameters as Readonly<Record<string, unknown>> | undefined)?.[name];
  return typeof value === "number" ? value : undefined;
}

/** How to read alpha, residual and bits of predictions; said once. */
export function predictionReading(): Html {
  return html`<h3>Between memory and generalization</h3>
    <p>On these tasks two predictors are known exactly. The <em>memorizer</em> ${math("M")} knows the ${math("N")} training
    instances and weighs them by how well they fit what is shown; the <em>generalizer</em> ${math("G")} knows the
    distribution that instances come from and works out any instance from what is shown. A learner ${math("f")} is placed on
    the line between them by projection,</p>
    ${display(String.raw`\alpha = \frac{\langle f - G,\; M - G \rangle}{\lVert M - G \rVert^2},`)}
    <p>averaged over predictions on new instances: 1 at the memorizer, 0 at the generalizer, and not clipped. The
    <em>residual</em> is the squared distance from that point of the line: a learner with a small alpha and a large residual is not
    a generalizer but something else, such as an untrained network. The plain distances are always shown beside it.</p>
    <h3>Bits of prediction</h3>
    <p>Where a number is predicted, a step counts ${math(String.raw`\tfrac{1}{2}\log_2(V/E)`)} bits, with ${math("E")} the learner’s mean
    squared error and ${math("V")} that of the best blind predictor on the same examples; where a colour is predicted, the bits of code length saved against the
    blind predictor. Both are zero for the blind predictor, negative below it, and are summed over an example. They are split into tuned and
    run-time bits as elsewhere: by subtraction (new instances against training instances), and by ablation (what is shown of the answers set to zero,
    or taken from another example).</p>`;
}

/** Where the transition lies, and which known predictor each learner is nearest to along the way. */
export function transitionConclusion(outcome: StudyOutcome): Html | false {
  if (outcome.kind !== "supervised" || !transitionFindings(outcome)) return false;
  const { learners, diversities } = design(outcome);
  const budgets = [
    ...new Set(transitionFindings(outcome)!.thresholds.map(({ update }) => update)),
  ].sort((a, b) => a - b);
  return html`<h4>Where memory gives way to generalization</h4>
    <ul>${learners.map(
      (learner) =>
        html`<li>${learnerName(outcome, learner)}: ${transitionNote(lastThreshold(outcome, learner)) || "no result"}.</li>`,
    )}</ul>
    ${thresholdTable(outcome, learners, budgets)}
    <h4>The path through strategies</h4>
    <p>The known predictor that is nearest at each checkpoint, in order of training; where the distance to all of them is
    large, nearest does not mean near.</p>
    <div class="scroll" role="region" aria-label="Nearest predictors" tabindex="0"><table>
    <caption><span>Nearest of chance, memorizer and generalizer along training, by means over seeds.</span></caption>
    <thead><tr><th scope="col">N</th>${learners.map((learner) => html`<th scope="col">${learnerName(outcome, learner)}</th>`)}</tr></thead>
    <tbody>${diversities.map(
      (diversity) =>
        html`<tr><th scope="row">${diversityPhrase(diversity)}</th>${learners.map(
          (learner) =>
            html`<td>${passage(strategiesAlong(outcome, learner, diversity)) || "no result"}</td>`,
        )}</tr>`,
    )}</tbody></table></div>`;
}

/** The threshold of every learner after every budget. */
function thresholdTable(
  outcome: SupervisedOutcome,
  learners: readonly string[],
  budgets: readonly number[],
): Html {
  const { thresholds, at } = transitionFindings(outcome)!;
  const cell = (learner: string, update: number) => {
    const found = thresholds.find((one) => one.learner === learner && one.update === update);
    if (!found) return "–";
    if (found.censored === "above") return "beyond the largest";
    if (found.censored === "below") return "below the smallest";
    const { diversity, interval } = found;
    return interval
      ? `${count(diversity!)} (${count(interval.low)} to ${count(interval.high)})`
      : count(diversity!);
  };
  return html`<div class="scroll" role="region" aria-label="Thresholds by budget" tabindex="0"><table>
    <caption><span>N at which alpha passes ${fixed(at, 1)}, by budget; in parentheses the 95% interval over resampled seeds.</span></caption>
    <thead><tr><th scope="col" class="number">Updates</th>${learners.map((learner) => html`<th scope="col" class="number">${learnerName(outcome, learner)}</th>`)}</tr></thead>
    <tbody>${budgets.map(
      (update) =>
        html`<tr><th scope="row" class="number">${count(update)}</th>${learners.map((learner) => html`<td class="number">${cell(learner, update)}</td>`)}</tr>`,
    )}</tbody></table></div>`;
}

/** The points of the scale that are known without training anything, and how far fresh instances came. */
export function predictionChecks(outcome: SupervisedOutcome): Html {
  const { predictors, chance, best, unit } = outcome.reference;
  const of = (id: string) => predictors.find((predictor) => predictor.id === id);
  const { learners, diversities } = design(outcome);
  const fresh = diversities.includes("fresh")
    ? learners.flatMap((learner) => {
        const found = summary(outcome, {
          measure: "predictor-distance.toGeneralizer",
          learner,
          diversity: "fresh",
        });
        return found ? [`${learnerName(outcome, learner)} ${fixed(found.mean, 3)}`] : [];
      })
    : [];
  return html`<p>Known without training anything, on new instances (${unit}): ${of(chance)?.title ?? chance} scores
    ${fixed(of(chance)?.score ?? Number.NaN)}, ${of(best)?.title ?? best} ${fixed(of(best)?.score ?? Number.NaN)}. The signatures are tested on the predictors
    themselves: the memorizer has alpha 1, the generalizer 0 and an even mixture one half, each without residual.</p>
    ${fresh.length > 0 && html`<p>With fresh instances a learner that has converged is the generalizer; at the end of this budget the squared distance to it is: ${fresh.join(", ")}.</p>`}`;
}
