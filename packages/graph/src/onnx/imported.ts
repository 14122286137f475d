/** Models from files: any that ONNX Runtime runs can be run, read and patched at any tensor. */

import { type Feed, toFeed } from "../compile/feeds.ts";
import { type Patches, type PatchPlan, planPatch } from "../compile/patch.ts";
import type { TensorValue } from "../core/attributes.ts";
import type { DType, TypedArray } from "../core/dtype.ts";
import { GraphError, suggestion } from "../core/errors.ts";
import { size } from "../core/shape.ts";
import {
  type Engine,
  type EngineOptions,
  loadEngine,
  type Session,
  type Values,
} from "../engine/index.ts";
import { decodeModel } from "./decode.ts";
import type { ExternalData } from "./decode_tensor.ts";
import { encodeModel } from "./encode.ts";
import {
  beforePatch,
  checkName,
  patchInput,
  type ReadName,
  tensorNames,
  withOutputs,
  withPatches,
} from "./rewrite.ts";
import type { GraphDef, ModelDef, ValueDef } from "./schema.ts";
import { validateModel } from "./validate.ts";

export interface LoadOptions extends EngineOptions {
  /** Bytes of the files that hold tensors outside the model, by the location that the model names. */
  readonly externalData?: ExternalData;
}

/** An element type and a shape, whose lengths are names or undefined where the model leaves them open. */
export interface TensorInfo {
  readonly dtype: DType | undefined;
  readonly shape: readonly (number | string | undefined)[] | undefined;
}

/** Elements in row-major order, with the shape where the model leaves more than one length open. */
export type ImportedFeed = Feed | { readonly shape: readonly number[]; readonly data: Feed };

export interface ImportedRunOptions {
  /** Tensors to return beside the outputs. */
  readonly read?: readonly string[];
  readonly patch?: Patches;
}

/**
 * Loads an ONNX file. Nothing of it is run until it is asked for, but its structure is checked: names, order,
 * elements of tensors.
 * @throws GraphError saying what is wrong with the file.
 */
export async function loadOnnx(bytes: Uint8Array, options: LoadOptions = {}): Promise<OnnxModel> {
  const model = validateModel(decodeModel(bytes, options.externalData));
  return new OnnxModel(model, await loadEngine(options));
}

interface Variant {
  readonly session: Session;
  readonly reads: readonly ReadName[];
  readonly patches: readonly PatchPlan[];
}

export class OnnxModel {
  readonly definition: ModelDef;
  private readonly engine: Engine;
  private readonly variants = new Map<string, Promise<Variant>>();
  private types: Promise<ReadonlyMap<string, TensorInfo>> | undefined;

  /** Use `loadOnnx`. */
  constructor(definition: ModelDef, engine: Engine) {
    this.definition = definition;
    this.engine = engine;
  }

  /** Inputs to be fed, by name; those with a value in the file need not be. */
  get inputs(): ReadonlyMap<string, TensorInfo> {
    return new Map(this.graph.inputs.map(({ name, dtype, shape }) => [name, { dtype, shape }]));
  }

  get outputs(): ReadonlyMap<string, TensorInfo> {
    return new Map(this.graph.outputs.map(({ name, dtype, shape }) => [name, { dtype, shape }]));
  }

  /** Text that the exporter left in the file. */
  get metadata(): Readonly<Record<string, string>> {
    return this.definition.metadata;
  }

  /** Every tensor that can be read or patched. */
  get tensorNames(): string[] {
    return tensorNames(this.graph);
  }

  /** Element types and shapes of all tensors, as far as the engine infers them. */
  tensors(): Promise<ReadonlyMap<string, TensorInfo>> {
    this.types ??= this.inferTypes();
    return this.types;
  }

  /** The model as an ONNX file, its external data included. */
  toBytes(): Uint8Array {
    return encodeModel(this.definition);
  }

  /**
   * Runs the model once.
   * @returns its outputs, as far as they are tensors, and what is read, by name.
   * @throws GraphError when a feed, read or patch does not fit or the engine refuses the model.
   */
  async run(
    feeds: Readonly<Record<string, ImportedFeed>>,
    options: ImportedRunOptions = {},
  ): Promise<Record<string, TensorValue>> {
    const plans = Object.entries(options.patch ?? {}).map(([name, patch]) =>
      planPatch(name, patch),
    );
    const variant = await this.variant(
      options.read ?? [],
      plans.map(({ plan }) => plan),
    );
    const values = this.feed(
      feeds,
      variant.patches.map(({ name }) => name),
    );
    const types = plans.length > 0 ? await this.tensors() : undefined;
    plans.forEach(({ plan, feed }, index) => {
      const { dtype, shape } = types!.get(plan.name)!;
      const name = plan.kind === "replace" ? plan.name : patchInput(index);
      const wanted = plan.single ? [] : resolveShape("patch", plan.name, shape, feed.length);
      const data = toFeed(plan.name, feed, dtype!, wanted);
      values[name] = this.engine.value(dtype!, data, wanted);
    });
    const names = variant.reads.map(({ emitted }) => emitted);
    const results = await explained("run", () => variant.session.run(values, names));
    const out: Record<string, TensorValue> = {};
    for (const { name, emitted } of variant.reads) {
      const { type, dims, data } = results[emitted]!;
      out[name] = { shape: dims, dtype: type as DType, data: data as TypedArray };
    }
    return out;
  }

  async dispose(): Promise<void> {
    const variants = await Promise.all(this.variants.values());
    this.variants.clear();
    for (const { session } of variants) await session.release();
  }

  private get graph(): GraphDef {
    return this.definition.graph;
  }

  private feed(feeds: Readonly<Record<string, ImportedFeed>>, patched: readonly string[]): Values {
    const inputs = new Map(this.graph.inputs.map((value) => [value.name, value]));
    for (const name of Object.keys(feeds)) {
      if (!inputs.has(name)) {
        throw new GraphError(
          `run: the model has no input "${name}"${suggestion(name, inputs.keys())}.`,
        );
      }
    }
    const optional = new Set(this.graph.initializers.map(({ name }) => name));
    const values: Values = {};
    for (const value of inputs.values()) {
      const feed = feeds[value.name];
      if (feed === undefined && optional.has(value.name)) continue;
      const name = patched.includes(value.name) ? beforePatch(value.name) : value.name;
      values[name] = this.value(value, feed);
    }
    return values;
  }

  private value({ name, dtype, shape }: ValueDef, feed: ImportedFeed | undefined) {
    if (feed === undefined) throw new GraphError(`run: input "${name}" is not given.`);
    if (dtype === undefined) {
      throw new GraphError(`run: input "${name}" is of a kind that cannot be fed.`);
    }
    const whole = "data" in feed ? feed : { data: feed };
    const given = "shape" in whole ? whole.shape : undefined;
    const full = given ?? resolveShape("run", name, shape, whole.data.length);
    return this.engine.value(dtype, toFeed(name, whole.data, dtype, full), full);
  }

  private variant(read: readonly string[], plans: readonly PatchPlan[]): Promise<Variant> {
    const key = JSON.stringify([[...read].sort(), plans]);
    let variant = this.variants.get(key);
    if (variant === undefined) {
      variant = this.compile(read, plans);
      this.variants.set(key, variant);
      variant.catch(() => this.variants.delete(key));
    }
    return variant;
  }

  private async compile(read: readonly string[], plans: readonly PatchPlan[]): Promise<Variant> {
    for (const name of read) checkName("read", this.graph, name);
    const dtypes = new Map<string, DType>();
    if (plans.length > 0) {
      const types = await this.tensors();
      for (const { name } of plans) {
        checkName("patch", this.graph, name);
        const dtype = types.get(name)?.dtype;
        if (dtype === undefined) throw new GraphError(`patch: tensor "${name}" cannot be patched.`);
        dtypes.set(name, dtype);
      }
    }
    const outputs = this.graph.outputs.map(({ name }) => name);
    const wanted = [...new Set([...outputs, ...read])];
    const { graph, reads } = withOutputs(withPatches(this.graph, plans, dtypes), wanted);
    const session = await this.session(graph);
    const tensors = new Map(session.outputs.map(({ name, type }) => [name, type]));
    const readable = reads.filter(({ emitted }) => tensors.get(emitted) !== undefined);
    return { session, reads: readable, patches: plans };
  }

  private session(graph: GraphDef): Promise<Session> {
    return explained("load", () => this.engine.compile(encodeModel({ ...this.definition, graph })));
  }

  private async inferTypes(): Promise<ReadonlyMap<string, TensorInfo>> {
    const { graph, reads } = withOutputs(this.graph, this.tensorNames);
    const session = await this.session(graph);
    const found = new Map(session.outputs.map((output) => [output.name, output]));
    const types = new Map<string, TensorInfo>();
    for (const { name, emitted } of reads) {
      const output = found.get(emitted);
      types.set(name, { dtype: output?.type as DType | undefined, shape: output?.shape });
    }
    await session.release();
    return types;
  }
}

/** A shape whose one open length follows from the number of elements. */
export function resolveShape(
  operation: string,
  name: string,
  shape: TensorInfo["shape"],
  count: number,
): number[] {
  const lengths = shape ?? [undefined];
  const known = lengths.filter((length) => typeof length === "number");
  const open = lengths.length - known.length;
  if (open > 1) {
    throw new GraphError(
      `${operation}: tensor "${name}" leaves ${open} lengths open (${lengths.map((l) => l ?? "?").join(", ")}); give its shape with its data.`,
    );
  }
  return lengths.map((length) => (typeof length === "number" ? length : count / size(known)));
}

/** Runs `work`, turning the engine's errors into one sentence. */
async function explained<T>(what: "load" | "run", work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof GraphError) throw error;
    const reason = String((error as Error)?.message ?? error).split("\n")[0];
    throw new GraphError(
      what === "load"
        ? `loadOnnx: ONNX Runtime does not take the model: ${reason}`
        : `run: ONNX Runtime could not run the model: ${reason}`,
    );
  }
}
