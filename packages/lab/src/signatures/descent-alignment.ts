/**
 * Whether a predictor does what gradient descent on the examples shown would do: agreement of the derivative of its
 * last prediction by the query, and of the prediction itself, with those of k-step gradient descent. Von Oswald et al.
 * 2023 (arXiv 2212.07677), section 3.
 */
import type {
  ExampleBatch,
  Measurement,
  ObservationField,
  PredictiveSubject,
  Signature,
  SupervisedTask,
} from "../core/index.ts";
import { mean, meanInterval } from "../stats/index.ts";
import { referenceOutputs } from "../tasks/index.ts";
import { level } from "./bits.ts";
import { examplesOf } from "./conditions-of-prediction.ts";
import { countedSteps } from "./step-errors.ts";

/** Half the distance over which derivatives are taken, in the unit of the inputs. */
const differenceStep = 0.01;

/** Most examples that derivatives are taken for. */
const mostExamples = 256;

type Predict = (examples: ExampleBatch) => Promise<Float32Array> | Float32Array;

/** Predictions at the last counted step, and their derivatives by the fields with the role `state` there. */
interface Response {
  readonly values: Float64Array;
  /** `[examples][inputs]` */
  readonly derivatives: readonly Float64Array[];
}

async function responseOf(
  examples: ExampleBatch,
  inputs: readonly number[],
  observationSize: number,
  predict: Predict,
): Promise<Response> {
  const { batch } = examples;
  const step = countedSteps(examples).at(-1)!;
  const last = async (shown: ExampleBatch) =>
    Float64Array.from((await predict(shown)).subarray(step * batch, (step + 1) * batch));
  const moved = (input: number, by: number) => {
    const copy = examples.inputs.slice();
    for (let i = 0; i < batch; i++) copy[(step * batch + i) * observationSize + input]! += by;
    return { ...examples, inputs: copy };
  };
  const derivatives = Array.from({ length: batch }, () => new Float64Array(inputs.length));
  for (const [j, input] of inputs.entries()) {
    const above = await last(moved(input, differenceStep));
    const below = await last(moved(input, -differenceStep));
    for (let i = 0; i < batch; i++)
      derivatives[i]![j] = (above[i]! - below[i]!) / (2 * differenceStep);
  }
  return { values: await last(examples), derivatives };
}

interface Agreement {
  readonly steps: number;
  readonly cosines: readonly number[];
  /** Mean length of the difference of the derivatives. */
  readonly distance: number;
  /** Root mean squared difference of the predictions. */
  readonly difference: number;
}

function agreement(steps: number, a: Response, b: Response): Agreement {
  const length = (v: Float64Array) => Math.hypot(...v);
  const cosines = a.derivatives.map((u, i) => {
    const v = b.derivatives[i]!;
    const product = u.reduce((sum, value, j) => sum + value * v[j]!, 0);
    const lengths = length(u) * length(v);
    return lengths > 0 ? product / lengths : 0;
  });
  return {
    steps,
    cosines,
    distance: mean(
      a.derivatives.map((u, i) => length(u.map((value, j) => value - b.derivatives[i]![j]!))),
    ),
    difference: Math.sqrt(mean([...a.values].map((value, i) => (value - b.values[i]!) ** 2))),
  };
}

const inputsOf = (fields: readonly ObservationField[]): number[] =>
  fields
    .filter(({ role }) => role === "state")
    .flatMap(({ offset, size }) => Array.from({ length: size }, (_, i) => offset + i));

/** The first of the examples. */
function firstOf(examples: ExampleBatch, count: number): ExampleBatch {
  const cut = (values: Float32Array) => {
    const size = values.length / (examples.steps * examples.batch);
    const out = new Float32Array(examples.steps * count * size);
    for (let t = 0; t < examples.steps; t++) {
      const from = t * examples.batch * size;
      out.set(values.subarray(from, from + count * size), t * count * size);
    }
    return out;
  };
  return {
    steps: examples.steps,
    batch: count,
    inputs: cut(examples.inputs),
    targets: cut(examples.targets),
    weights: cut(examples.weights),
  };
}

async function measure(
  subject: PredictiveSubject,
  task: SupervisedTask,
  drawn: ExampleBatch,
  twin: PredictiveSubject | undefined,
): Promise<Measurement> {
  const { rules, references } = task;
  const examples = firstOf(drawn, Math.min(drawn.batch, mostExamples));
  const respond = (predict: Predict) =>
    responseOf(examples, inputsOf(rules.observation), rules.observationSize, predict);
  const ofSubject = (one: PredictiveSubject) =>
    respond(async (shown) => (await one.predict(shown)).outputs);
  const ofPredictor = (id: string) => respond((shown) => referenceOutputs(task, id, shown, []));
  const own = await ofSubject(subject);
  const descents: { steps: number; response: Response; agreement: Agreement }[] = [];
  for (const { steps, id } of references.descents!) {
    const response = await ofPredictor(id);
    descents.push({ steps, response, agreement: agreement(steps, own, response) });
  }
  const best = descents.reduce((a, b) => (b.agreement.distance < a.agreement.distance ? b : a));
  const against = (other: Response) => mean(agreement(0, other, best.response).cosines);
  const { cosines, distance, difference } = best.agreement;
  return {
    signature: "gradient-descent-alignment",
    applicable: true,
    value: mean(cosines),
    unit: "cosine",
    interval: meanInterval(cosines, level),
    n: examples.batch,
    baselines: {
      "best predictor": against(await ofPredictor(references.best)),
      ...(twin ? { "untrained twin": against(await ofSubject(twin)) } : {}),
    },
    parts: {
      cosine: { value: mean(cosines), unit: "cosine", interval: meanInterval(cosines, level) },
      derivativeDistance: { value: distance, unit: "length of a difference of derivatives" },
      predictionDifference: { value: difference, unit: "root mean squared difference" },
      bestSteps: { value: best.steps, unit: "steps of gradient descent" },
      ...Object.fromEntries(
        descents.map(({ steps, agreement: found }) => [
          `cosine${steps}`,
          { value: mean(found.cosines), unit: "cosine" },
        ]),
      ),
      differenceStep: { value: differenceStep, unit: "change of an input" },
    },
    series: {},
  };
}

export const gradientDescentAlignment: Signature = {
  id: "gradient-descent-alignment",
  question: "Does the subject respond to a query as gradient descent on the examples shown would?",
  source:
    "Von Oswald et al. 2023 (arXiv 2212.07677), section 3; derivatives by central differences of 0.01 on either side, best number of steps by the distance of derivatives",
  unit: "cosine",
  async supervised(subject, instances, { task, key, twin }) {
    const lacking = (reason: string): Measurement => ({
      signature: "gradient-descent-alignment",
      applicable: false,
      reason,
    });
    if (!task.references.descents?.length)
      return lacking("the family names no gradient descent on what an example shows");
    if (task.rules.outputs !== 1 || inputsOf(task.rules.observation).length === 0)
      return lacking("it needs one output, and a query among the observation fields");
    return measure(subject, task, examplesOf(task, instances, key).novel, twin);
  },
};
