/** A model from a file: opened, held against its mapping, and measured by every signature that applies. */
import { loadOnnx, type OnnxModel, type TensorInfo } from "@mesascope/graph";
import { InputError, keyOf, type Measurement, messageOf } from "@mesascope/lab/core";
import { onnxSubject, signatures } from "@mesascope/lab/signatures";
import {
  inspectSubject,
  mappingTemplate,
  parseMapping,
  understoodLines,
} from "@mesascope/lab/studies";

export interface NamedTensor {
  readonly name: string;
  /** Element type and shape in words. */
  readonly shape: string;
}

/** What a file holds. */
export interface OpenedModel {
  readonly inputs: readonly NamedTensor[];
  readonly outputs: readonly NamedTensor[];
  /** A mapping to begin with, guessed from names and shapes. */
  readonly mapping: string;
}

/** A signature's measurement with the question that it answers. */
export interface Answered {
  readonly question: string;
  readonly measurement: Measurement;
}

export type ModelQuestion =
  | { readonly kind: "open"; readonly bytes: Uint8Array; readonly family: string }
  /** Another mapping to begin with, for the model opened last. */
  | { readonly kind: "template"; readonly family: string }
  | { readonly kind: "understand"; readonly name: string; readonly mapping: string }
  | {
      readonly kind: "measure";
      readonly mapping: string;
      /** Instances of each part. */
      readonly examples: number;
      readonly seed: number;
    };

export type ModelAnswer =
  | { readonly kind: "opened"; readonly opened: OpenedModel }
  | { readonly kind: "understood"; readonly lines: readonly (readonly [string, string])[] }
  | { readonly kind: "measured"; readonly answers: readonly Answered[] };

/** How far measuring is. */
export interface ModelEvent {
  readonly done: number;
  readonly total: number;
  /** What was measured last. */
  readonly signature: string;
}

interface Context {
  readonly signal: AbortSignal;
  readonly tell: (event: ModelEvent) => void;
}

/** Where a mapping stands, for messages. */
const place = "mapping";

/** Answers questions about one model at a time. @throws InputError for files and mappings that do not fit. */
export function inspector(): (question: ModelQuestion, context: Context) => Promise<ModelAnswer> {
  let model: OnnxModel | undefined;
  const current = (): OnnxModel => {
    if (!model) throw new InputError("no model was opened");
    return model;
  };
  return async (question, context) => {
    switch (question.kind) {
      case "open": {
        model = await opened(question.bytes);
        return { kind: "opened", opened: await described(model, question.family) };
      }
      case "template":
        return { kind: "opened", opened: await described(current(), question.family) };
      case "understand": {
        const { inspected, fitted } = await fittedTo(current(), question.mapping);
        return { kind: "understood", lines: understoodLines(question.name, inspected, fitted) };
      }
      case "measure":
        return { kind: "measured", answers: await measured(current(), question, context) };
    }
  };
}

async function opened(bytes: Uint8Array): Promise<OnnxModel> {
  try {
    return await loadOnnx(bytes);
  } catch (cause) {
    throw new InputError(messageOf(cause).replace(/^loadOnnx: /, ""), { cause });
  }
}

const inWords = (tensors: ReadonlyMap<string, TensorInfo>): NamedTensor[] =>
  [...tensors].map(([name, { dtype, shape }]) => ({
    name,
    shape: `${dtype ?? "?"} [${(shape ?? ["?"]).map((length) => length ?? "?").join(", ")}]`,
  }));

async function described(model: OnnxModel, family: string): Promise<OpenedModel> {
  return {
    inputs: inWords(model.inputs),
    outputs: inWords(model.outputs),
    mapping: await mappingTemplate(model, family),
  };
}

async function fittedTo(model: OnnxModel, mapping: string) {
  const inspected = parseMapping(mapping, place);
  const { task, mapping: tensors, at } = inspected;
  return { inspected, ...(await onnxSubject(model, task.rules, tensors, at)) };
}

async function measured(
  model: OnnxModel,
  { mapping, examples, seed }: Extract<ModelQuestion, { kind: "measure" }>,
  { signal, tell }: Context,
): Promise<Answered[]> {
  const { inspected, subject } = await fittedTo(model, mapping);
  const measurements = await inspectSubject(subject, inspected.task, {
    ...{ examples, key: keyOf(seed), signal },
    progress: (done, total, signature) => tell({ done, total, signature }),
  });
  return measurements.map((measurement) => ({
    question: signatures.get(measurement.signature).question,
    measurement,
  }));
}
