/** A mapping held against the model: whether every tensor is there and has the shape that it must have. */
import type { OnnxModel, TensorInfo, TensorValue } from "@mesascope/graph";
import { InputError, messageOf, type SupervisedRules } from "../../core/index.ts";
import {
  checkLayout,
  fitsLayout,
  type Sizes,
  type Strides,
  shapeOf,
  shapeText,
  stridesOf,
} from "./layout.ts";
import type { MappingPlace, OnnxMapping, outputKinds } from "./mapping.ts";
import { checkTensor, tensorsNamed } from "./names.ts";
import { type PlaneSum, planesOf } from "./planes.ts";

/** What an importer must know of a task. */
export type ImportRules = Pick<
  SupervisedRules<unknown>,
  "observation" | "observationSize" | "horizon" | "grid" | "outputs" | "loss"
>;

/** Examples that run at once where the model leaves it open: a prime, so that no other length is taken for it. */
const openChunk = 61;

/** A hook point: one tensor whose values belong to the examples of a batch. */
export interface FittedHook {
  readonly name: string;
  readonly tensor: string;
  /** Steps before the axis of examples; 1 where there is none. */
  readonly steps: number;
  /** Shape of one example's values. */
  readonly shape: readonly number[];
}

/** A mapping that fits its model. */
export interface FittedModel {
  /** Examples that the model takes at once. */
  readonly chunk: number;
  /** Whether the model leaves that open. */
  readonly anyBatch: boolean;
  readonly input: {
    readonly tensor: string;
    readonly layout: string;
    readonly shape: readonly number[];
    readonly sizes: Sizes;
    readonly strides: Strides;
    readonly planes: readonly PlaneSum[];
  };
  readonly output: {
    readonly tensor: string;
    readonly layout: string;
    readonly shape: readonly number[];
    readonly sizes: Sizes;
    readonly strides: Strides;
    readonly holds: (typeof outputKinds)[number];
    readonly marked: number;
  };
  /** Tensors of the output after each tick; empty where there are none. */
  readonly ticks: readonly string[];
  readonly hooks: readonly FittedHook[];
}

/**
 * Runs the model once on a made-up batch, for shapes that the file leaves open.
 * @param at says where a part of the mapping stands
 * @throws InputError in one sentence: the tensor, its shape, and what was expected.
 */
export async function fitModel(
  model: OnnxModel,
  rules: ImportRules,
  mapping: OnnxMapping,
  at: MappingPlace,
): Promise<FittedModel> {
  const names = model.tensorNames;
  const { chunk, anyBatch, ...input } = fitInput(model, rules, mapping, at);
  checkTensor("tensor", mapping.output.tensor, names, at("output", "tensor"));
  const ticks =
    mapping.ticks === undefined
      ? []
      : tensorsNamed(mapping.ticks, names, (...path) => at("ticks", ...path)).tensors;
  const hooked = Object.entries(mapping.hooks ?? {}).flatMap(([name, given]) => {
    const { tensors, byTick } = tensorsNamed(given, names, (...path) => at("hooks", name, ...path));
    return tensors.map((tensor, i) => ({
      name: byTick ? `${name}.${i + 1}` : name,
      tensor,
      place: typeof given === "string" ? at("hooks", name) : at("hooks", name, i),
    }));
  });
  const read = [...new Set([mapping.output.tensor, ...ticks, ...hooked.map((h) => h.tensor)])];
  const values = await probe(model, input, read, at);
  const output = fitOutput(values[mapping.output.tensor]!, rules, mapping, chunk, at);
  checkTicks(values, ticks, output, mapping, at);
  const hooks = hooked.map(({ name, tensor, place }) =>
    fitHook(name, tensor, values[tensor]!, chunk, rules.horizon, place),
  );
  return { chunk, anyBatch, input, output, ticks, hooks };
}

function fitInput(
  model: OnnxModel,
  rules: ImportRules,
  { input: given }: OnnxMapping,
  at: MappingPlace,
) {
  const { tensor, layout } = given;
  const place = at("input", "tensor");
  checkTensor("input", tensor, [...model.inputs.keys()], place);
  const info = model.inputs.get(tensor)!;
  checkFloat(tensor, info.dtype, place);
  const optional = new Set(model.definition.graph.initializers.map(({ name }) => name));
  const other = [...model.inputs.keys()].find((name) => name !== tensor && !optional.has(name));
  if (other !== undefined)
    throw new InputError(
      `the model also needs its input '${other}', ${shapeText(model.inputs.get(other)!.shape)}, and a mapping feeds one input only: make it a constant when exporting`,
      { place },
    );
  const planes = planesOf(rules, given, at);
  const sizes = (count: number): Sizes => ({
    T: rules.horizon,
    N: count,
    C: rules.grid ? planes.length : rules.observationSize,
    H: rules.grid?.height ?? 1,
    W: rules.grid?.width ?? 1,
  });
  checkLayout(layout, sizes(0), at("input", "layout"));
  const { shape = undefined } = info;
  if (shape && !fitsLayout(shape, layout, sizes(0)))
    throw new InputError(unfit(tensor, shape, layout, sizes(0)), { place });
  const along = layout.indexOf("N");
  const fixed = along < 0 ? 1 : shape?.[along];
  const chunk = typeof fixed === "number" ? fixed : openChunk;
  return {
    chunk,
    anyBatch: typeof fixed !== "number",
    tensor,
    layout,
    shape: shapeOf(layout, sizes(chunk)),
    sizes: sizes(chunk),
    strides: stridesOf(layout, sizes(chunk)),
    planes,
  };
}

function fitOutput(
  value: TensorValue,
  rules: ImportRules,
  { output: given }: OnnxMapping,
  chunk: number,
  at: MappingPlace,
): FittedModel["output"] {
  const { tensor, layout, marked = 1 } = given;
  const place = at("output", "tensor");
  checkFloat(tensor, value.dtype, place);
  const holds = given.holds ?? (rules.loss === "squared-error" ? "values" : "logits");
  const binary = rules.loss === "binary-cross-entropy";
  if ((holds === "values") !== (rules.loss === "squared-error") || (holds === "classes" && !binary))
    throw new InputError(
      `outputs of this task are ${binary ? "logits, probabilities or classes" : rules.loss === "squared-error" ? "values" : "logits or probabilities"}, not ${holds}`,
      { place: at("output", "holds") },
    );
  const pixels = rules.grid && rules.outputs === rules.grid.height * rules.grid.width;
  const classes = holds === "classes" ? classesIn(value.shape, layout, at) : 1;
  const sizes: Sizes = {
    T: rules.horizon,
    N: chunk,
    C: pixels ? classes : rules.outputs,
    H: pixels ? rules.grid.height : 1,
    W: pixels ? rules.grid.width : 1,
  };
  checkLayout(layout, sizes, at("output", "layout"));
  if (!layout.includes("N") && chunk > 1)
    throw new InputError(`layout '${layout}' leaves out N, which the input has`, {
      place: at("output", "layout"),
    });
  if (!fitsLayout(value.shape, layout, sizes))
    throw new InputError(unfit(tensor, value.shape, layout, sizes), { place });
  if (holds === "classes" && !(marked >= 0 && marked < classes))
    throw new InputError(
      `tensor '${tensor}' has classes 0 to ${classes - 1}; 'marked' is ${marked}`,
      { place: at("output", "marked") },
    );
  const { shape } = value;
  return { tensor, layout, shape, sizes, strides: stridesOf(layout, sizes), holds, marked };
}

/** Number of classes, of which there must be at least two. */
function classesIn(shape: readonly number[], layout: string, at: MappingPlace): number {
  const length = shape[layout.indexOf("C")];
  if (!layout.includes("C") || length === undefined || length < 2)
    throw new InputError(
      `'classes' needs an axis C of at least 2 classes, and the tensor is ${shapeText(shape)} laid out ${layout}`,
      { place: at("output", "holds") },
    );
  return length;
}

function checkTicks(
  values: Readonly<Record<string, TensorValue>>,
  ticks: readonly string[],
  output: FittedModel["output"],
  { ticks: given }: OnnxMapping,
  at: MappingPlace,
): void {
  const listed = typeof given !== "string";
  ticks.forEach((tensor, i) => {
    const { shape } = values[tensor]!;
    if (shape.join() !== output.shape.join())
      throw new InputError(
        `tick ${i + 1} is tensor '${tensor}', ${shapeText(shape)}, and a tick has the shape of the output '${output.tensor}', ${shapeText(output.shape)}`,
        { place: listed ? at("ticks", i) : at("ticks") },
      );
  });
  const last = ticks.at(-1);
  if (last === undefined) return;
  const [a, b] = [values[last]!.data, values[output.tensor]!.data];
  if (
    a.some(
      (value, i) => Math.abs(Number(value) - Number(b[i])) > 1e-4 * (1 + Math.abs(Number(b[i]))),
    )
  )
    throw new InputError(
      `the last of ${ticks.length} ticks, tensor '${last}', holds other numbers than the output '${output.tensor}', and it must be the output itself`,
      { place: listed ? at("ticks", ticks.length - 1) : at("ticks") },
    );
}

function fitHook(
  name: string,
  tensor: string,
  { shape, dtype }: TensorValue,
  chunk: number,
  horizon: number,
  place: string,
): FittedHook {
  checkFloat(tensor, dtype, place);
  if (shape[0] === chunk) return { name, tensor, steps: 1, shape: shape.slice(1) };
  if (shape[0] === horizon && shape[1] === chunk) {
    const rest = shape.slice(2);
    return { name, tensor, steps: horizon, shape: horizon > 1 ? [horizon, ...rest] : rest };
  }
  throw new InputError(
    `hook point '${name}' is tensor '${tensor}', ${shapeText(shape)}, and its first axis must be the ${chunk} examples of a batch${horizon > 1 ? `, or its first two ${horizon} steps and those` : ""}`,
    { place },
  );
}

function checkFloat(tensor: string, dtype: TensorInfo["dtype"], place: string): void {
  if (dtype !== "float32")
    throw new InputError(
      `tensor '${tensor}' holds ${dtype ?? "no numbers"}, and float32 is expected`,
      {
        place,
      },
    );
}

const unfit = (
  tensor: string,
  shape: readonly (number | string | undefined)[],
  layout: string,
  sizes: Sizes,
): string =>
  `tensor '${tensor}' is ${shapeText(shape)}, and layout ${layout} of this task expects ${shapeText(shapeOf(layout, sizes), layout)}`;

/** Zeros and ones that no symmetry of a picture leaves as they are. */
const pattern = (size: number): Float32Array =>
  Float32Array.from({ length: size }, (_, i) => Number((i * i + 3 * i) % 7 < 2));

async function probe(
  model: OnnxModel,
  { tensor, shape }: Pick<FittedModel["input"], "tensor" | "shape">,
  read: readonly string[],
  at: MappingPlace,
): Promise<Record<string, TensorValue>> {
  const data = pattern(shape.reduce((a, b) => a * b, 1));
  let values: Record<string, TensorValue>;
  try {
    values = await model.run({ [tensor]: { shape, data } }, { read });
  } catch (cause) {
    throw new InputError(
      `the model does not run on input '${tensor}' of shape ${shapeText(shape)}: ${messageOf(cause)}`,
      { place: at("input", "tensor"), cause },
    );
  }
  const none = read.find((name) => values[name] === undefined);
  if (none !== undefined)
    throw new InputError(`'${none}' of the model is no tensor`, { place: at("output", "tensor") });
  return values;
}
