/** A trainer: one compiled graph that computes a loss, its gradients and the next parameters, run again and again. */

import { nameOutputs } from "../compile/compile.ts";
import { toFeed } from "../compile/feeds.ts";
import { lower } from "../compile/lower.ts";
import { type Feeds, Model } from "../compile/model.ts";
import { modelDef } from "../compile/model_def.ts";
import { type Parameter, type ParameterValues, resolveParameters } from "../compile/parameters.ts";
import type { TensorValue } from "../core/attributes.ts";
import type { TypedArray } from "../core/dtype.ts";
import { GraphError, suggestion } from "../core/errors.ts";
import type { Graph, Tensor } from "../core/graph.ts";
import { sameShape, show, size } from "../core/shape.ts";
import {
  type Engine,
  type EngineOptions,
  loadEngine,
  type Session,
  type Value,
  type Values,
} from "../engine/index.ts";
import { encodeModel } from "../onnx/encode.ts";
import type { Optimizer } from "../optimizers/index.ts";
import { planUpdate, type UpdatePlan } from "./plan.ts";
import { readState, type State, writeState } from "./state.ts";
import { ValueStore } from "./store.ts";

export interface TrainingOptions extends EngineOptions {
  readonly optimizer: Optimizer;
  /** Scales gradients so that the root of the sum of all their squares is at most this. */
  readonly clipNorm?: number;
  /** Named tensors to return from each update, as they were before it. */
  readonly outputs?: readonly Tensor[];
  /** First values of parameters, instead of those that they were declared with. */
  readonly parameters?: ParameterValues;
  /** Which parameters change; all when omitted. */
  readonly trainable?: (name: string) => boolean;
}

/** The loss before the update, the gradients' norm before clipping where `clipNorm` is set, and the outputs asked for. */
export type UpdateResult<T = Float32Array> = {
  readonly loss: number;
  readonly gradientNorm?: number;
} & {
  readonly [output: string]: T;
};

/**
 * Compiles a scalar loss, its gradients with respect to all parameters that it depends on, and the optimizer's
 * update into one graph.
 * @throws GraphError when the loss is not a scalar or an operation on the way has no gradient.
 */
export async function compileTraining(loss: Tensor, options: TrainingOptions): Promise<Trainer> {
  const { graph } = loss;
  const outputs =
    options.outputs === undefined || options.outputs.length === 0
      ? new Map<string, Tensor>()
      : nameOutputs("compileTraining", options.outputs, graph);
  for (const reserved of ["loss", "gradientNorm"]) {
    if (outputs.has(reserved) && outputs.get(reserved) !== loss) {
      throw new GraphError(`compileTraining: an output may not be called "${reserved}".`);
    }
  }
  const plan = planUpdate(loss, options);
  const engine = await loadEngine(options);
  const values = resolveParameters("compileTraining", graph, options.parameters);
  const targets = new Map([...outputs, ["loss", loss] as const]);
  if (plan.norm !== undefined) targets.set("gradientNorm", plan.norm);
  plan.updated.forEach((tensor, i) => {
    targets.set(nextName(plan.trainable[i]!.name!), tensor);
  });
  const inputNames = new Map([[plan.scalars, "#scalars"]]);
  plan.slots.forEach(({ before, after }, i) => {
    const name = slotName(options.optimizer.slots[i]!);
    inputNames.set(before, name);
    targets.set(nextName(name), after);
  });
  const { graph: lowered, inputs, outputNames } = lower(targets, { inputNames });
  const session = await engine.compile(encodeModel(modelDef(graph, lowered)));
  const extras = [...outputs.keys()].map((name) => [name, outputNames.get(name)!] as const);
  return new Trainer({
    loss,
    plan,
    engine,
    session,
    inputs,
    extras,
    values,
    optimizer: options.optimizer,
    nodeCount: lowered.nodes.length,
  });
}

const slotName = (slot: string): string => `#slot ${slot}`;
const nextName = (name: string): string => `#next ${name}`;

interface Parts {
  readonly loss: Tensor;
  readonly plan: UpdatePlan;
  readonly engine: Engine;
  readonly session: Session;
  readonly inputs: ReadonlyMap<string, Tensor>;
  readonly extras: readonly (readonly [key: string, emitted: string])[];
  readonly values: ReadonlyMap<string, Float32Array>;
  readonly optimizer: Optimizer;
  readonly nodeCount: number;
}

export class Trainer {
  /** Nodes of the compiled graph, before the engine's own optimizations. */
  readonly nodeCount: number;
  private readonly graph: Graph;
  private readonly engine: Engine;
  private readonly session: Session;
  private readonly plan: UpdatePlan;
  private readonly optimizer: Optimizer;
  private readonly inputs: readonly (readonly [name: string, tensor: Tensor])[];
  private readonly extras: Parts["extras"];
  private readonly frozen: Values = {};
  private readonly store: ValueStore;
  private readonly scalarData: Float32Array;
  private readonly scalarValue: Value;
  private readonly lossValue: Value;
  private readonly fetches: Record<string, Value | null> = {};
  private count = 0;
  private busy = false;

  /** Use `compileTraining`. */
  constructor(parts: Parts) {
    const { engine, plan, values, inputs } = parts;
    this.nodeCount = parts.nodeCount;
    this.graph = parts.loss.graph;
    this.engine = engine;
    this.session = parts.session;
    this.plan = plan;
    this.optimizer = parts.optimizer;
    this.extras = parts.extras;
    this.inputs = [...inputs].filter(([name]) => this.graph.inputs.has(name));
    const kept = new Map<string, { shape: readonly number[]; data: Float32Array }>();
    for (const { name, shape } of plan.trainable)
      kept.set(name!, { shape, data: values.get(name!)! });
    plan.slots.forEach(({ before: { shape } }, i) => {
      kept.set(slotName(parts.optimizer.slots[i]!), { shape, data: new Float32Array(size(shape)) });
    });
    this.store = new ValueStore(engine, kept);
    for (const [name, data] of values) {
      if (kept.has(name)) continue;
      this.frozen[name] = engine.value(
        "float32",
        data.slice(),
        this.graph.parameters.get(name)!.shape,
      );
    }
    this.usedFrozen = Object.keys(this.frozen).filter((name) => inputs.has(name));
    this.scalarData = new Float32Array(size(plan.scalars.shape));
    this.usesScalars = inputs.has("#scalars");
    this.scalarValue = engine.value("float32", this.scalarData, plan.scalars.shape);
    this.lossValue = engine.value("float32", new Float32Array(1), parts.loss.shape);
    for (const [, emitted] of this.extras) this.fetches[emitted] = null;
    if (plan.norm !== undefined) this.fetches.gradientNorm = null;
  }

  private readonly usedFrozen: readonly string[];
  private readonly usesScalars: boolean;

  /** Number of updates made so far. */
  get updates(): number {
    return this.count;
  }

  /** Which engine runs the updates. */
  get engineName(): Engine["name"] {
    return this.engine.name;
  }

  /**
   * Makes one update.
   * @returns the loss and the outputs, all computed with the parameters from before the update.
   * @throws GraphError when a feed does not fit, or when the update before is not finished.
   */
  async update<T = Float32Array>(feeds: Feeds): Promise<UpdateResult<T>> {
    if (this.busy) throw new GraphError("update: await the update before, which is not finished.");
    const values = this.feed(feeds);
    this.busy = true;
    try {
      const results = await this.session.run(values, this.targets());
      this.store.advance((name) => results[nextName(name)]!);
      this.count++;
      return this.result<T>(results);
    } finally {
      this.busy = false;
    }
  }

  /** Copies of all parameters of the loss's graph, by name. */
  parameters(): Record<string, Parameter> {
    const out: Record<string, Parameter> = {};
    for (const [name, { shape }] of this.graph.parameters) {
      const value = this.store.has(name)
        ? this.store.read(name)
        : (this.frozen[name]!.data as Float32Array).slice();
      out[name] = { shape: [...shape], data: value };
    }
    return out;
  }

  /** Replaces parameters by name; those not given stay. @throws GraphError when a name or shape does not fit. */
  loadParameters(values: ParameterValues): void {
    const checked = resolveParameters("loadParameters", this.graph, values);
    for (const name of Object.keys(values)) this.setParameter(name, checked.get(name)!);
  }

  /** Everything that decides later updates: parameters, the optimizer's slots and the number of updates; copies. */
  state(): State {
    return readState(this.parameters(), this.slotArrays(), this.plan.trainable, this.count);
  }

  /** Goes on from a {@link state}, bit for bit. @throws GraphError when the state is of another model or optimizer. */
  loadState(state: Readonly<Record<string, TensorValue>>): void {
    const { parameters, slots, updates } = writeState(
      state,
      this.graph.parameters,
      this.plan.trainable,
      this.optimizer.slots,
    );
    for (const [name, data] of parameters) this.setParameter(name, data);
    for (const [slot, data] of slots) this.store.write(slotName(slot), data);
    this.count = updates;
  }

  /**
   * A model of this or another graph that runs with the trainer's current parameters, whatever they are at each run.
   * @throws GraphError when the other graph has a parameter that the trainer lacks or has in another shape.
   */
  async compile(outputs: readonly Tensor[]): Promise<Model> {
    const graph = outputs[0]?.graph ?? this.graph;
    const targets = nameOutputs("compile", outputs, graph);
    for (const [name, { shape }] of graph.parameters) this.checkShared(name, shape);
    const source = (names: readonly string[]): Values => {
      const { current } = this.store;
      const values: Values = {};
      for (const name of names) values[name] = current[name] ?? this.frozen[name]!;
      return values;
    };
    return new Model(graph, targets, this.engine, source).prepare();
  }

  /** Frees the compiled graph. The trainer cannot update afterwards; its parameters remain. */
  async dispose(): Promise<void> {
    await this.session.release();
  }

  private checkShared(name: string, shape: readonly number[]): void {
    const own = this.graph.parameters.get(name);
    if (own === undefined) {
      const near = suggestion(name, this.graph.parameters.keys());
      throw new GraphError(
        `compile: the trainer has no parameter "${name}" ${show(shape)}, which the graph declares${near}.`,
      );
    }
    if (!sameShape(own.shape, shape)) {
      throw new GraphError(
        `compile: parameter "${name}" has shape ${show(own.shape)} in the trainer and ${show(shape)} in the graph.`,
      );
    }
  }

  private setParameter(name: string, data: Float32Array): void {
    if (this.store.has(name)) this.store.write(name, data);
    else {
      const { shape } = this.graph.parameters.get(name)!;
      this.frozen[name] = this.engine.value("float32", data.slice(), shape);
    }
  }

  private slotArrays(): Map<string, Float32Array> {
    return new Map(this.optimizer.slots.map((slot) => [slot, this.store.read(slotName(slot))]));
  }

  private feed(feeds: Feeds): Values {
    const values: Values = { ...this.store.current };
    for (const name of this.usedFrozen) values[name] = this.frozen[name]!;
    if (this.usesScalars) {
      this.writeScalars();
      values["#scalars"] = this.scalarValue;
    }
    for (const [name, { dtype, shape }] of this.inputs) {
      values[name] = this.engine.value(dtype, toFeed(name, feeds[name], dtype, shape), shape);
    }
    for (const name in feeds) {
      if (!this.graph.inputs.has(name)) {
        const near = suggestion(name, this.graph.inputs.keys());
        throw new GraphError(`update: the graph has no input "${name}"${near}.`);
      }
    }
    return values;
  }

  private writeScalars(): void {
    const update = this.count + 1;
    const { learningRate } = this.optimizer;
    let at = 0;
    if (typeof learningRate === "number") this.scalarData[at++] = learningRate;
    else if (typeof learningRate === "function") this.scalarData[at++] = learningRate(update);
    for (const scalar of this.optimizer.scalars(update)) this.scalarData[at++] = scalar;
  }

  private targets(): Record<string, Value | null> {
    const { fetches } = this;
    const inPlace = this.engine.writesInPlace;
    fetches.loss = inPlace ? this.lossValue : null;
    const { next } = this.store;
    for (const name in next) fetches[nextName(name)] = inPlace ? next[name]! : null;
    return fetches;
  }

  private result<T>(results: Values): UpdateResult<T> {
    const out: Record<string, number | TypedArray> = {
      loss: (results.loss!.data as Float32Array)[0]!,
    };
    if (this.plan.norm !== undefined) {
      out.gradientNorm = (results.gradientNorm!.data as Float32Array)[0]!;
    }
    for (const [key, emitted] of this.extras) {
      if (key !== "loss") out[key] = results[emitted]!.data as TypedArray;
    }
    return out as UpdateResult<T>;
  }
}
