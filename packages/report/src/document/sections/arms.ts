/** The table of arms: mean and interval over seeds of the main measures. */
import type { Arm, StudyOutcome } from "@mesascope/lab/studies";
import { armKey, armValues, count, learnerName, summarize } from "../../figures/index.ts";
import { type Html, html } from "../html.ts";
import { summaryCell } from "../values.ts";

const known: readonly (readonly [measure: string, heading: string])[] = [
  ["novel-success.training", "Reward, training"],
  ["novel-success.value", "Reward, new"],
  ["optimization-power.runTime", "Run-time bits, subtraction"],
  ["optimization-power.tuned", "Tuned bits, subtraction"],
  ["optimization-power.runTimeAblation", "Run-time bits, ablation"],
  ["optimization-power.tunedAblation", "Tuned bits, ablation"],
  ["optimization-power.swapped", "Bits, swapped"],
  ["optimization-power.tail", "Tail bits, new"],
  ["adaptation.regret", "Regret, new"],
  ["predictor-distance.alpha", "Alpha, new"],
  ["predictor-distance.residual", "Residual, new"],
  ["predictor-distance.toMemorizer", "To memorizer, new"],
  ["predictor-distance.toGeneralizer", "To generalizer, new"],
  ["gradient-descent-alignment.cosine", "Cosine, gradient descent"],
];

/** One row for each planned arm, those without results included. */
export function armTable(outcome: StudyOutcome, label: string): Html {
  const measured = new Set(
    outcome.rows.filter((row) => row.final && row.step === undefined).map(({ measure }) => measure),
  );
  const score = outcome.kind === "supervised" ? "Score" : "Reward";
  const listed = known
    .filter(([measure]) => measured.has(measure))
    .map(([measure, heading]) => [measure, heading.replace("Reward", score)] as const);
  const columns =
    listed.length > 0 ? listed : [...measured].map((measure) => [measure, measure] as const);
  const arms = [...new Map(outcome.study.runs.map(({ arm }) => [armKey(arm), arm])).values()];
  const factors = [...new Set(arms.flatMap((arm) => Object.keys(arm)))].filter(
    (factor) => factor !== "learner",
  );
  const learners = [...new Set(arms.map((arm) => String(arm.learner ?? "")))];
  return html`<div class="scroll" role="region" aria-label="Arms of ${label}" tabindex="0"><table class="arms">
    <caption><span>Means over seeds at the end of training, with 95% intervals below. Training, new: on training and on new instances.</span></caption>
    <thead><tr>${factors.map((factor) => html`<th scope="col">${factor === "diversity" ? "N" : factor}</th>`)}
      <th scope="col" class="number">Runs</th>${columns.map(([, heading]) => html`<th scope="col" class="number">${balanced(heading)}</th>`)}</tr></thead>
    ${learners.map(
      (
        learner,
      ) => html`<tbody>${learner !== "" && html`<tr><th scope="rowgroup" colspan="${factors.length + 1 + columns.length}">${learnerName(outcome, learner)}</th></tr>`}
      ${arms
        .filter((arm) => String(arm.learner ?? "") === learner)
        .map((arm) =>
          armRow(
            outcome,
            arm,
            factors,
            columns.map(([measure]) => measure),
          ),
        )}</tbody>`,
    )}
  </table></div>`;
}

/** Lets a heading break after its first part only. */
function balanced(heading: string): Html {
  const [first, ...rest] = heading.split(", ");
  return html`${first}${rest.length > 0 && html`,<br>${rest.join(", ")}`}`;
}

function armRow(
  outcome: StudyOutcome,
  arm: Arm,
  factors: readonly string[],
  measures: readonly string[],
): Html {
  const key = armKey(arm);
  const entries = outcome.entries.filter(({ run }) => armKey(run.arm) === key);
  const complete = entries.filter(({ state }) => state.status === "complete").length;
  const level = (factor: string) => {
    const value = arm[factor];
    return typeof value === "number" ? count(value) : (value ?? "");
  };
  return html`<tr>${factors.map((factor, index) => (index === 0 ? html`<th scope="row">${level(factor)}</th>` : html`<td>${level(factor)}</td>`))}
    <td class="number">${complete < entries.length ? html`<span class="failed">${complete} of ${entries.length}</span>` : complete}</td>
    ${measures.map((measure) => summaryCell(summarize(armValues(outcome, arm, measure))))}</tr>`;
}
