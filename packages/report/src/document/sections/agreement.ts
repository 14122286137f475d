/** Whether the cost f of the toy model agrees between environments: what no single study can tell. */
import { welchInterval } from "@mesascope/lab/stats";
import type { StudyOutcome } from "@mesascope/lab/studies";
import { concluded, fixed, plural, range, toyModelFindings } from "../../figures/index.ts";
import { type Html, html } from "../html.ts";
import { math } from "../math.ts";

const level = 0.95;

/** Nothing where fewer than two environments were fitted. */
export function agreementSection(outcomes: readonly StudyOutcome[]): Html | false {
  const fitted = outcomes.flatMap((outcome) => {
    const shape = concluded(outcome, "toy-model.shape");
    return toyModelFindings(outcome) && shape ? [{ outcome, shape }] : [];
  });
  if (fitted.length < 2) return false;
  const [first, ...others] = fitted;
  const numbers = ({ shape }: (typeof fitted)[number]) => shape.values.map(({ value }) => value);
  return html`<section aria-labelledby="agreement"><h2 id="agreement">Does the cost of run-time bits agree between environments?</h2>
    <p>The paper supposes that ${math("f")} belongs to the base optimizer more than to the task. Updates and bits mean different
    amounts of work in different environments, so the shapes are compared: the share of the updates towards nine tenths of the
    largest run-time bits that brings the first half of them. A linear cost has 0.56, a step 1.</p>
    <ul>${fitted.map(
      ({ outcome, shape }) =>
        html`<li>${outcome.study.file.title}: ${fixed(shape.mean)}${
          shape.low !== undefined && ` (${range({ low: shape.low, high: shape.high! })})`
        }, ${plural(shape.values.length, "seed")}</li>`,
    )}</ul>
    ${others.map((other) => {
      const interval = welchInterval(numbers(first!), numbers(other), level);
      const settled = interval.low > 0 || interval.high < 0;
      return html`<p>${other.outcome.study.file.title} against ${first!.outcome.study.file.title}: difference
        ${fixed(other.shape.mean - first!.shape.mean)} (${range(interval)}, 95% interval). ${
          settled
            ? "The shapes differ."
            : "These seeds show no difference, which is not to say that there is none."
        }</p>`;
    })}</section>`;
}
