/** A model from outside as a subject: run in chunks of the batch that it takes, read and patched by its own tensors. */
import type { OnnxModel, TensorValue } from "@mesascope/graph";
import {
  type ExampleBatch,
  type HookValues,
  InputError,
  type PredictiveSubject,
  type PredictOptions,
  type SubjectParameters,
  unknownName,
} from "../../core/index.ts";
import { type FittedHook, type FittedModel, fitModel, type ImportRules } from "./fit.ts";
import type { MappingPlace, OnnxMapping } from "./mapping.ts";

/** A subject, and how its mapping was understood. */
export interface ImportedSubject {
  readonly subject: PredictiveSubject;
  readonly fitted: FittedModel;
}

/**
 * The subject that a model is by a mapping.
 * @param at says where a part of the mapping stands, for messages
 * @throws InputError where the mapping does not fit, as `fitModel`.
 */
export async function onnxSubject(
  model: OnnxModel,
  rules: ImportRules,
  mapping: OnnxMapping,
  at: MappingPlace = (...path) => path.join("."),
): Promise<ImportedSubject> {
  const fitted = await fitModel(model, rules, mapping, at);
  return { subject: subjectWith(model, rules, fitted, {}), fitted };
}

/** @param weights values that replace weights in the file */
function subjectWith(
  model: OnnxModel,
  rules: ImportRules,
  fitted: FittedModel,
  weights: Readonly<Record<string, Float32Array>>,
): PredictiveSubject {
  const { ticks } = fitted;
  const hooks = new Map(fitted.hooks.map((hook) => [hook.name, hook]));
  const values = weightsOf(model);
  return {
    hooks: [...hooks.keys()],
    ticks: ticks.length > 0 ? ticks.length : undefined,
    ...(ticks.length > 0 ? { mostTicks: ticks.length } : {}),
    ...(Object.keys(values).length > 0
      ? {
          parameters: {
            values,
            with: async (given) => subjectWith(model, rules, fitted, { ...weights, ...given }),
          },
        }
      : {}),
    async predict(examples, options = {}) {
      for (const name of [...(options.read ?? []), ...Object.keys(options.patch ?? {})])
        if (!hooks.has(name)) throw new InputError(unknownName("hook point", name, hooks.keys()));
      const wanted = options.ticks;
      if (wanted !== undefined && !(wanted >= 1 && wanted <= ticks.length))
        throw new InputError(
          ticks.length > 0
            ? `the model holds ${ticks.length} ticks, and ${wanted} are asked for`
            : "this subject has no ticks that could be varied",
        );
      return predict({ model, rules, fitted, hooks, weights }, examples, options);
    },
  };
}

/** Tables of numbers in the file: its weights, and whatever constants of several numbers it has. */
function weightsOf({ definition }: OnnxModel): SubjectParameters["values"] {
  return Object.fromEntries(
    definition.graph.initializers.flatMap(({ name, value }) =>
      "data" in value && value.dtype === "float32" && value.data.length > 1
        ? [[name, { shape: value.shape, data: value.data as Float32Array }] as const]
        : [],
    ),
  );
}

interface Imported {
  readonly model: OnnxModel;
  readonly rules: ImportRules;
  readonly fitted: FittedModel;
  readonly hooks: ReadonlyMap<string, FittedHook>;
  readonly weights: Readonly<Record<string, Float32Array>>;
}

async function predict(
  { model, rules, fitted, hooks, weights }: Imported,
  examples: ExampleBatch,
  { read = [], patch = {}, ticks }: PredictOptions,
) {
  const { chunk, input, output } = fitted;
  const { batch, steps } = examples;
  const size = steps * batch * rules.outputs;
  const shown = fitted.ticks.slice(0, ticks ?? fitted.ticks.length);
  const perTick = shown.map(() => new Float32Array(size));
  const result = ticks === undefined ? new Float32Array(size) : perTick.at(-1)!;
  const seen: Record<string, HookValues> = Object.fromEntries(
    read.map((name) => {
      const { shape } = hooks.get(name)!;
      return [name, { shape, data: new Float32Array(batch * product(shape)) }];
    }),
  );
  const reads = [...new Set([output.tensor, ...shown, ...read.map((n) => hooks.get(n)!.tensor)])];
  for (let start = 0; start < batch; start += chunk) {
    const rows = Math.min(chunk, batch - start);
    const data = new Float32Array(product(input.shape));
    writeInput(rules, fitted, examples, start, rows, data);
    const patched = Object.fromEntries(
      Object.entries(patch).map(([name, values]) => {
        const hook = hooks.get(name)!;
        return [hook.tensor, patchOf(hook, values, chunk, start, rows)];
      }),
    );
    const values = await model.run(
      { [input.tensor]: { shape: input.shape, data } },
      { read: reads, patch: { ...weights, ...patched } },
    );
    if (ticks === undefined)
      readOutput(fitted, values[output.tensor]!, examples, start, rows, result);
    shown.forEach((name, i) => {
      readOutput(fitted, values[name]!, examples, start, rows, perTick[i]!);
    });
    for (const [name, into] of Object.entries(seen)) {
      const hook = hooks.get(name)!;
      const from = values[hook.tensor]!.data as Float32Array;
      eachPart(hook, chunk, start, rows, (inTensor, inValues, length) => {
        into.data.set(from.subarray(inTensor, inTensor + length), inValues);
      });
    }
  }
  return { outputs: result, ...(shown.length > 0 ? { ticks: perTick } : {}), read: seen };
}

const product = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/** Writes some examples as the model sees them; what is left of the chunk stays zero. */
function writeInput(
  { observationSize, grid }: ImportRules,
  { input }: FittedModel,
  { inputs, batch, steps }: ExampleBatch,
  start: number,
  rows: number,
  into: Float32Array,
): void {
  const { strides, planes } = input;
  for (let t = 0; t < steps; t++)
    for (let row = 0; row < rows; row++) {
      const from = (t * batch + start + row) * observationSize;
      const to = t * strides.T + row * strides.N;
      if (!grid) {
        for (let i = 0; i < observationSize; i++) into[to + i * strides.C] = inputs[from + i]!;
        continue;
      }
      planes.forEach(({ constant, terms }, c) => {
        for (let y = 0; y < grid.height; y++)
          for (let x = 0; x < grid.width; x++) {
            let value = constant;
            for (const { offset, weight } of terms)
              value += weight * inputs[from + offset + y * grid.width + x]!;
            into[to + c * strides.C + y * strides.H + x * strides.W] = value;
          }
      });
    }
}

/** Copies some examples' outputs, in the form that the task's loss takes. */
function readOutput(
  { output }: FittedModel,
  value: TensorValue,
  { batch, steps }: ExampleBatch,
  start: number,
  rows: number,
  into: Float32Array,
): void {
  const { strides, sizes, holds, marked } = output;
  const data = value.data as Float32Array;
  const channels = holds === "classes" ? 1 : sizes.C;
  const outputs = channels * sizes.H * sizes.W;
  for (let t = 0; t < steps; t++)
    for (let row = 0; row < rows; row++) {
      const from = t * strides.T + row * strides.N;
      let to = (t * batch + start + row) * outputs;
      for (let c = 0; c < channels; c++)
        for (let y = 0; y < sizes.H; y++)
          for (let x = 0; x < sizes.W; x++, to++) {
            const at = from + y * strides.H + x * strides.W;
            into[to] =
              holds === "classes"
                ? oddsOf(data, at, strides.C, sizes.C, marked)
                : asLogit(holds, data[at + c * strides.C]!);
          }
    }
}

/** Smallest probability that a logit is made of. */
const least = 1e-7;

function asLogit(holds: FittedModel["output"]["holds"], value: number): number {
  if (holds !== "probabilities") return value;
  const p = Math.min(1 - least, Math.max(least, value));
  return Math.log(p / (1 - p));
}

/** Log odds of one class against all others, from logits of all. */
function oddsOf(
  data: Float32Array,
  at: number,
  stride: number,
  classes: number,
  marked: number,
): number {
  let most = Number.NEGATIVE_INFINITY;
  for (let c = 0; c < classes; c++) if (c !== marked) most = Math.max(most, data[at + c * stride]!);
  let sum = 0;
  for (let c = 0; c < classes; c++)
    if (c !== marked) sum += Math.exp(data[at + c * stride]! - most);
  return data[at + marked * stride]! - most - Math.log(sum);
}

/** Visits the stretches of a hook's tensor that belong to some examples. */
function eachPart(
  { steps, shape }: FittedHook,
  chunk: number,
  start: number,
  rows: number,
  visit: (inTensor: number, inValues: number, length: number) => void,
): void {
  const rest = product(shape) / steps;
  for (let t = 0; t < steps; t++)
    for (let row = 0; row < rows; row++)
      visit((t * chunk + row) * rest, ((start + row) * steps + t) * rest, rest);
}

function patchOf(
  hook: FittedHook,
  { shape, data }: HookValues,
  chunk: number,
  start: number,
  rows: number,
): Float32Array {
  if (shape.join() !== hook.shape.join())
    throw new InputError(
      `hook point '${hook.name}' holds [${hook.shape.join(", ")}] numbers an example, not [${shape.join(", ")}]`,
    );
  const out = new Float32Array(chunk * product(hook.shape));
  eachPart(hook, chunk, start, rows, (inTensor, inValues, length) => {
    out.set(data.subarray(inValues, inValues + length), inTensor);
  });
  return out;
}
