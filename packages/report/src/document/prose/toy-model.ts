/** What the comparison with the toy model shows: what it gets right, what not, and which of its assumptions fail. */
import type { StudyOutcome, ToyModelFindings } from "@mesascope/lab/studies";
import { concluded, count, fixed, range, toyModelFindings } from "../../figures/index.ts";
import { type Html, html } from "../html.ts";
import { display, math } from "../math.ts";
import { instant } from "../values.ts";

/** Of the model fitted to trained learners. */
export function toyModelConclusion(outcome: StudyOutcome): Html {
  const findings = toyModelFindings(outcome);
  const forecast = outcome.conclusion?.forecast;
  if (!findings || !forecast)
    return html`<h4>The toy model</h4><p>No forecast could be made or tested: the runs that it rests on show neither a cost
      of run-time bits nor an exchange rate, or no held-out diversity is complete.</p>`;
  const error = (name: string) => concluded(outcome, `toy-model.${name}`);
  const [model, interpolation, constant] = [
    error("error"),
    error("errorInterpolation"),
    error("errorConstant"),
  ].map((summary) => fixed(summary?.mean ?? Number.NaN));
  return html`<h4>What the toy model gets right, and what not</h4>
    <p>With ${math("U")} updates for a budget, the model says that run-time bits are</p>
    ${display(String.raw`x^* = \operatorname*{arg\,max}_x \; \min\bigl(B,\; r\,(U - f(x))/N + x\bigr)`)}
    <p>with ${math("B")} = ${fixed(findings.ceiling, 1)} bits, the worth of knowing the answer. The cost ${math("f")} and the exchange rate
    ${math("r")} were fitted to each seed, and the forecast was written on ${instant(forecast.when)}, before the first run that tests it.
    Over all held-out diversities and budgets its root mean square error is ${model} bits; that of log-linear interpolation
    between the fewest instances and fresh ones is ${interpolation}, that of a constant ${constant}.</p>
    <h4>Where its assumptions hold</h4>
    <ul>
    <li>${proportionality(findings)}</li>
    <li>${identification(findings)}</li>
    <li>${falls(outcome)}</li>
    <li>Every instance needs a policy of its own here, as the model assumes, but learning is not: what the network learns of one key
    also shapes how it reads others.</li>
    </ul>
    ${fitTable(findings)}`;
}

function proportionality({ fits }: ToyModelFindings): Html {
  const ratios = fits.flatMap(({ rates }) => {
    const all = rates.map(({ rate }) => rate);
    return all.length > 1 ? [Math.max(...all) / Math.min(...all)] : [];
  });
  const mean = fits.reduce((sum, { rate }) => sum + rate, 0) / fits.length;
  const spread =
    ratios.length > 0
      ? `, but within one seed the largest of the measured rates is up to ${fixed(Math.max(...ratios), 1)} times the smallest`
      : "";
  return html`Bits in proportion to updates: the learner without feedback tunes in ${fixed(mean)} bits an update in the
    mean${spread}.`;
}

/** Where f is all but a step: most of the bits between two neighbouring checkpoints. */
function identification({ fits }: ToyModelFindings): Html {
  const shares = fits.map(({ cost }) => {
    const largest = cost.at(-1)!.bits;
    return Math.max(...cost.slice(1).map(({ bits }, i) => bits - cost[i]!.bits)) / largest;
  });
  const percent = Math.round(100 * Math.max(...shares));
  return html`The cost is identified only where training passes through it: up to ${percent}% of the run-time bits on fresh
    instances come between two neighbouring checkpoints, and there ${math("f")} is known to be steep and no more.`;
}

function falls(outcome: StudyOutcome): Html {
  const fall = concluded(outcome, "toy-model.largestFall");
  if (!fall) return html`Whether run-time bits ever fall as the budget grows could not be tested.`;
  const interval =
    fall.low === undefined ? "" : `, 95% interval ${range({ low: fall.low, high: fall.high! })}`;
  return html`Run-time bits never fall as the budget grows, says the model. The largest fall at any held-out diversity is
    ${fixed(fall.mean)} bits in the mean over seeds${interval}.`;
}

function fitTable({ fits }: ToyModelFindings): Html {
  return html`<div class="scroll" role="region" aria-label="What was fitted" tabindex="0"><table>
    <caption><span>What was fitted to each seed: the exchange rate, and the updates after which fresh instances show so many run-time bits.</span></caption>
    <thead><tr><th scope="col" class="number">Seed</th><th scope="col" class="number">r, bits per update</th><th scope="col">f: bits after updates</th></tr></thead>
    <tbody>${fits.map(
      ({
        seed,
        rate,
        cost,
      }) => html`<tr><th scope="row" class="number">${seed}</th><td class="number">${fixed(rate)}</td>
      <td>${cost
        .slice(1)
        .map(({ bits, updates }) => `${fixed(bits)} after ${count(updates)}`)
        .join(", ")}</td></tr>`,
    )}</tbody></table></div>`;
}

/** Of selection with counted bits. */
export function meteredConclusion(outcome: StudyOutcome): Html {
  const of = (method: string, measure: string) => {
    const values = outcome.rows
      .filter((row) => row.arm.method === method && row.measure === `toy-model-metered.${measure}`)
      .map(({ value }) => value);
    return values.length > 0
      ? fixed(values.reduce((sum, value) => sum + value, 0) / values.length)
      : "–";
  };
  return html`<h4>What the toy model gets right, and what not</h4>
    <p>Here ${math("P")} is counted, so nothing is fitted. In the mean over all cells, the best of ${math("2^P")} genomes is
    ${of("best-of", "error")} bits from the model’s ${math("x^*")}, and a population under truncation selection
    ${of("truncation", "error")} bits; always answering the mean over all cells would be closer or farther by
    ${of("best-of", "gainOverConstant")} and ${of("truncation", "gainOverConstant")} bits (positive: the model is
    closer). The best of ${math("2^P")} may draw any genome that its bits can pay for, as the model supposes. A population has to
    climb there through its neighbours: the next run-time bit needs ever more loci right at once, and beyond a few bits no
    single mutation shows a gain. The model knows what can be afforded, not what can be reached.</p>`;
}
