/** A compiled graph: computes named outputs from feeds, reads any named tensor and patches any. */
import type { TypedArray } from "../core/dtype.ts";
import { GraphError, suggestion } from "../core/errors.ts";
import { describe, type Graph, type Tensor } from "../core/graph.ts";
import type { Shape } from "../core/shape.ts";
import type { Engine, Session, Values } from "../engine/index.ts";
import { encodeModel } from "../onnx/encode.ts";
import { type Feed, toFeed } from "./feeds.ts";
import { lower } from "./lower.ts";
import { modelDef } from "./model_def.ts";
import {
  buildPatch,
  findNamed,
  type Patches,
  type PatchPlan,
  patchFault,
  planPatch,
} from "./patch.ts";

export type Feeds = Readonly<Record<string, Feed>>;

export interface RunOptions {
  /** Named tensors to return beside the outputs. */
  readonly read?: readonly string[];
  /** Named tensors to replace, add to or scale. */
  readonly patch?: Patches;
}

/** Gives the engine's values of parameters by name, whatever they are at the time of a run, in an object of its own. */
export type ParameterSource = (names: readonly string[]) => Values;

/** One compiled form of a model: for one set of reads and patches. */
interface Variant {
  readonly session: Session;
  readonly inputs: readonly (readonly [name: string, tensor: Tensor])[];
  readonly parameters: readonly string[];
  readonly patches: readonly {
    readonly plan: PatchPlan;
    readonly target: Tensor;
    readonly input: Tensor;
  }[];
  readonly fetches: readonly string[];
  readonly keys: readonly string[];
}

export class Model {
  /** Shapes and element types of the outputs by name. */
  readonly outputs: ReadonlyMap<string, { readonly shape: Shape; readonly dtype: Tensor["dtype"] }>;
  private readonly graph: Graph;
  private readonly targets: ReadonlyMap<string, Tensor>;
  private readonly engine: Engine;
  private readonly source: ParameterSource;
  private readonly variants = new Map<string, Promise<Variant>>();
  private base: Variant | undefined;

  /** Use `compile` or a trainer's `compile`. */
  constructor(
    graph: Graph,
    targets: ReadonlyMap<string, Tensor>,
    engine: Engine,
    source: ParameterSource,
  ) {
    this.graph = graph;
    this.targets = targets;
    this.outputs = targets;
    this.engine = engine;
    this.source = source;
  }

  /** Which engine runs the model. */
  get engineName(): Engine["name"] {
    return this.engine.name;
  }

  /** Compiles the form without reads and patches. */
  async prepare(): Promise<this> {
    this.base = await this.variant([], []);
    return this;
  }

  /**
   * Runs the graph once. Feeds are typed arrays in row-major order; int64 inputs also take an Int32Array or numbers.
   * Arrays are read when the engine runs, so they must not change before the promise resolves. Each set of reads and
   * patches compiles once, at its first use.
   * @returns outputs and reads by name; arrays are Float32Array unless the tensor has another element type.
   * @throws GraphError when a feed, read or patch does not fit, naming it.
   */
  async run<T extends Record<string, TypedArray> = Record<string, Float32Array>>(
    feeds: Feeds,
    options?: RunOptions,
  ): Promise<T> {
    const plain = options?.read === undefined && options?.patch === undefined;
    const patches = plain
      ? []
      : Object.entries(options?.patch ?? {}).map(([name, patch]) => planPatch(name, patch));
    const variant =
      plain && this.base
        ? this.base
        : await this.variant(
            options?.read ?? [],
            patches.map(({ plan }) => plan),
          );
    const values = this.feed(variant, feeds);
    patches.forEach(({ plan, feed }, i) => {
      const { target, input } = variant.patches[i]!;
      const fault = patchFault(plan, target, feed);
      if (fault !== undefined) throw new GraphError(fault);
      const data = toFeed(plan.name, feed, input.dtype, input.shape);
      values[patchName(i)] = this.engine.value(input.dtype, data, input.shape);
    });
    const results = await variant.session.run(values, variant.fetches);
    const out: Record<string, TypedArray> = {};
    variant.fetches.forEach((name, i) => {
      out[variant.keys[i]!] = results[name]!.data as TypedArray;
    });
    return out as T;
  }

  /** Frees the compiled forms. The model cannot run afterwards. */
  async dispose(): Promise<void> {
    const variants = await Promise.all(this.variants.values());
    this.variants.clear();
    this.base = undefined;
    for (const { session } of variants) await session.release();
  }

  private feed(variant: Variant, feeds: Feeds): Values {
    const values = this.source(variant.parameters);
    for (const [name, { dtype, shape }] of variant.inputs) {
      values[name] = this.engine.value(dtype, toFeed(name, feeds[name], dtype, shape), shape);
    }
    for (const name in feeds) {
      if (!this.graph.inputs.has(name)) {
        throw new GraphError(
          `run: the graph has no input "${name}"${suggestion(name, this.graph.inputs.keys())}.`,
        );
      }
    }
    return values;
  }

  private variant(read: readonly string[], plans: readonly PatchPlan[]): Promise<Variant> {
    const key = JSON.stringify([[...read].sort(), plans]);
    let variant = this.variants.get(key);
    if (variant === undefined) {
      variant = this.compileVariant(read, plans);
      this.variants.set(key, variant);
      // A variant that fails to compile is tried anew when asked for again.
      variant.catch(() => this.variants.delete(key));
    }
    return variant;
  }

  private async compileVariant(
    read: readonly string[],
    plans: readonly PatchPlan[],
  ): Promise<Variant> {
    const targets = new Map(this.targets);
    for (const name of read)
      targets.set(name, this.targets.get(name) ?? findNamed("read", this.graph, name));
    const substitutes = new Map<Tensor, Tensor>();
    const inputNames = new Map<Tensor, string>();
    const patches = plans.map((plan, i) => {
      const { target, input, value } = buildPatch(this.graph, plan);
      substitutes.set(target, value);
      inputNames.set(input, patchName(i));
      return { plan, target, input };
    });
    const { graph, inputs, outputNames } = lower(targets, {
      substitutes,
      inputNames,
      channelBlock: this.engine.channelBlock,
    });
    const bytes = encodeModel(modelDef(this.graph, graph));
    const session = await this.engine.compile(bytes, graph.nodes.length);
    const entries = [...inputs];
    return {
      session,
      inputs: entries.filter(([name]) => this.graph.inputs.has(name)),
      parameters: entries.filter(([, t]) => t.origin.kind === "parameter").map(([name]) => name),
      // A patch of a tensor on which no output depends has no input to take it, which the engine would refuse.
      patches: patches.map((patch, i) => {
        if (!inputs.has(patchName(i))) {
          throw new GraphError(
            `patch: no output depends on tensor ${describe(patch.target)}, so a patch of it would do nothing.`,
          );
        }
        return patch;
      }),
      fetches: [...outputNames.values()],
      keys: [...outputNames.keys()],
    };
  }
}

const patchName = (index: number): string => `#patch ${index}`;
