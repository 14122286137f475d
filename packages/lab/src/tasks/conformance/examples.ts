/** Checks of the examples that a supervised family draws. */
import { type ExampleBatch, keyOf, split } from "../../core/index.ts";
import { drawExamples, emptyExamples } from "../examples.ts";
import { demand, fieldsAreLaidOut, type SupervisedSpecimen, textOf } from "./check.ts";

const contents = ({ inputs, targets, weights }: ExampleBatch) =>
  textOf([[...inputs], [...targets], [...weights]]);

/** The same stream gives the same examples (an example may be settled by its instance), and instances stay as they are. */
export function examplesAreDeterministic<P, I>(specimen: SupervisedSpecimen<P, I>): void {
  const { rules } = specimen;
  const instances = specimen.instances("examples", 20);
  const before = textOf(instances);
  const draw = (name: string) =>
    contents(drawExamples(rules, instances, split(keyOf(0), "conformance examples", name)));
  const first = draw("a");
  demand(draw("a") === first, "the same stream gave two different batches of examples");
  demand(textOf(instances) === before, "drawing examples changed an instance");
}

/** Fields cover the observation; inputs are finite; weights are 0 or 1, and every example counts somewhere. */
export function examplesAreLaidOut<P, I>(specimen: SupervisedSpecimen<P, I>): void {
  const { rules } = specimen;
  fieldsAreLaidOut(rules);
  const { steps, batch, inputs, weights } = drawBatch(specimen, "layout", 50);
  demand(steps === rules.horizon, `examples have ${steps} steps of ${rules.horizon}`);
  demand(inputs.every(Number.isFinite), "an input is not a finite number");
  for (let i = 0; i < batch; i++) {
    const own = Array.from({ length: steps }, (_, t) => weights[t * batch + i]!);
    demand(
      own.every((weight) => weight === 0 || weight === 1),
      "a weight is neither 0 nor 1",
    );
    demand(own.includes(1), "an example counts at no step");
  }
}

/** Writing one example leaves the rest of the batch alone. */
export function examplesKeepToTheirPlace<P, I>(specimen: SupervisedSpecimen<P, I>): void {
  const { rules } = specimen;
  const batch = emptyExamples(rules, 3);
  const [instance] = specimen.instances("place", 1);
  rules.example(instance!, specimen.random("place examples"), batch, 1);
  for (const [name, values, rest] of [
    ["inputs", batch.inputs, 0],
    ["targets", batch.targets, 0],
    ["weights", batch.weights, 1],
  ] as const) {
    const size = values.length / (rules.horizon * 3);
    values.forEach((value, at) => {
      const example = Math.floor(at / size) % 3;
      demand(example === 1 || value === rest, `example 1 writes ${name} of example ${example}`);
    });
  }
}

/** Targets are finite; probabilities where the loss takes them. */
export function targetsFitTheLoss<P, I>(specimen: SupervisedSpecimen<P, I>): void {
  const { rules } = specimen;
  const { targets, weights } = drawBatch(specimen, "targets", 50);
  weights.forEach((weight, row) => {
    if (weight === 0) return;
    const own = targets.subarray(row * rules.outputs, (row + 1) * rules.outputs);
    demand(own.every(Number.isFinite), "a target is not a finite number");
    if (rules.loss === "squared-error") return;
    demand(
      own.every((target) => target >= 0 && target <= 1),
      "a target is no probability",
    );
    const total = own.reduce((a, b) => a + b, 0);
    demand(
      rules.loss !== "cross-entropy" || Math.abs(total - 1) < 1e-5,
      `target probabilities sum to ${total}`,
    );
  });
}

/** Examples of as many new instances, all from streams of that name. */
export function drawBatch<P, I>(
  specimen: SupervisedSpecimen<P, I>,
  name: string,
  count: number,
): ExampleBatch {
  const instances = specimen.instances(name, count);
  return drawExamples(specimen.rules, instances, split(keyOf(0), "conformance examples", name));
}
