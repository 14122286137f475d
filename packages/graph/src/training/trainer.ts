/** A trainer: one compiled graph that computes a loss, its gradients and the next parameters, run again and again. */

import { nameOutputs } from "../compile/compile.ts";
import { toFeed } from "../compile/feeds.ts";
import { type Feeds, Model } from "../compile/model.ts";
import { type Parameter, type ParameterValues, resolveParameters } from "../compile/parameters.ts";
import type { TensorValue } from "../core/attributes.ts";
import type { TypedArray } from "../core/dtype.ts";
import { GraphError, suggestion } from "../core/errors.ts";
import type { Graph, Tensor } from "../core/graph.ts";
import { sameShape, show, size } from "../core/shape.ts";
import type { Engine, EngineOptions, Session, Value, Values } from "../engine/index.ts";
import type { Optimizer } from "../optimizers/index.ts";
import type { UpdatePlan } from "./plan.ts";
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
  /** Compile for updates from several parts of a batch, with the mean of their gradients. */
  readonly accumulate?: boolean;
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

export const slotName = (slot: string): string => `#slot ${slot}`;
export const nextName = (name: string): string => `#next ${name}`;

/** Inputs of the graph that applies gradients summed over parts: their sum, and what each part counts. */
export const sumName = "#sum";
export const shareName = "#share";

/** A compiled graph with what it takes and gives. */
export interface Stage {
  readonly session: Session;
  readonly inputs: ReadonlyMap<string, Tensor>;
  /** What the session calls each output. */
  readonly names: ReadonlyMap<string, string>;
}

/** What `compileTraining` prepares for a trainer. */
export interface TrainerParts {
  readonly loss: Tensor;
  readonly plan: UpdatePlan;
  readonly engine: Engine;
  /** Computes the next parameters: from feeds, or from summed gradients where there is a `gradientStage`. */
  readonly stage: Stage;
  /** Adds the gradients of one part of a batch to a sum; for gradient accumulation only. */
  readonly gradientStage: Stage | undefined;
  readonly extras: readonly string[];
  readonly values: ReadonlyMap<string, Float32Array>;
  readonly optimizer: Optimizer;
  readonly nodeCount: number;
}

export class Trainer {
  /** Nodes of the compiled graph, before the engine's own optimizations. */
  readonly nodeCount: number;
  private readonly graph: Graph;
  private readonly engine: Engine;
  private readonly stage: Stage;
  private readonly gradientStage: Stage | undefined;
  private readonly plan: UpdatePlan;
  private readonly optimizer: Optimizer;
  private readonly extras: readonly string[];
  private readonly frozen: Values = {};
  private readonly store: ValueStore;
  private readonly scalarData: Float32Array;
  private readonly scalarValue: Value;
  private readonly lossValue: Value;
  private readonly fetches: Record<string, Value | null> = {};
  private count = 0;
  private busy = false;

  /** Use `compileTraining`. */
  constructor(parts: TrainerParts) {
    const { engine, plan, values, stage } = parts;
    this.nodeCount = parts.nodeCount;
    this.graph = parts.loss.graph;
    this.engine = engine;
    this.stage = stage;
    this.gradientStage = parts.gradientStage;
    this.plan = plan;
    this.optimizer = parts.optimizer;
    this.extras = parts.extras;
    const kept = new Map<string, { shape: readonly number[]; data: Float32Array }>();
    for (const { name, shape } of plan.trainable)
      kept.set(name!, { shape, data: values.get(name!)! });
    plan.slots.forEach(({ before: { shape } }, i) => {
      kept.set(slotName(parts.optimizer.slots[i]!), { shape, data: new Float32Array(size(shape)) });
    });
    this.store = new ValueStore(engine, kept);
    for (const [name, data] of values) {
      if (!kept.has(name)) this.setParameter(name, data);
    }
    this.scalarData = new Float32Array(size(plan.scalars.shape));
    this.scalarValue = engine.value("float32", this.scalarData, plan.scalars.shape);
    this.lossValue = engine.value("float32", new Float32Array(1), parts.loss.shape);
    for (const key of this.outputKeys(stage)) this.fetches[stage.names.get(key)!] = null;
  }

  /** Number of updates made so far. */
  get updates(): number {
    return this.count;
  }

  /** Which engine runs the updates. */
  get engineName(): Engine["name"] {
    return this.engine.name;
  }

  /**
   * Makes one update. With gradient accumulation, takes the parts of a batch one after the other and makes one update
   * with the mean of their gradients. Feeds must not change before the promise resolves.
   * @returns the loss (of several parts: its mean) and the outputs (of several parts: the last part's), all computed
   * with the parameters from before the update.
   * @throws GraphError when a feed does not fit, or when the update before is not finished.
   */
  async update<T = Float32Array>(feeds: Feeds | readonly Feeds[]): Promise<UpdateResult<T>> {
    if (this.busy) throw new GraphError("update: await the update before, which is not finished.");
    const parts = Array.isArray(feeds) ? (feeds as readonly Feeds[]) : [feeds as Feeds];
    this.busy = true;
    try {
      return this.gradientStage === undefined
        ? await this.updateAtOnce<T>(parts)
        : await this.updateInParts<T>(parts, this.gradientStage);
    } finally {
      this.busy = false;
    }
  }

  private async updateAtOnce<T>(parts: readonly Feeds[]): Promise<UpdateResult<T>> {
    if (parts.length !== 1) {
      throw new GraphError(
        `update: ${parts.length} parts of a batch are given, but the trainer was compiled without accumulate.`,
      );
    }
    const results = await this.apply(this.feed(this.stage, parts[0]!));
    return this.result<T>(this.stage, results);
  }

  private async updateInParts<T>(parts: readonly Feeds[], stage: Stage): Promise<UpdateResult<T>> {
    const last = parts.at(-1);
    if (last === undefined) throw new GraphError("update: no part of a batch is given.");
    const { shape } = stage.inputs.get(sumName)!;
    const fetches = this.outputKeys(stage).map((key) => stage.names.get(key)!);
    let sum = this.engine.value("float32", new Float32Array(size(shape)), shape);
    let total = 0;
    let results: Values = {};
    for (const part of parts) {
      const values = { ...this.feed(stage, part), [sumName]: sum };
      results = await stage.session.run(values, [...fetches, nextName(sumName)]);
      sum = results[nextName(sumName)]!;
      total += this.result(stage, results).loss;
    }
    const values = this.feed(this.stage, last);
    values[sumName] = sum;
    values[shareName] = this.engine.value("float32", Float32Array.of(1 / parts.length), [1]);
    const applied = this.result(this.stage, await this.apply(values));
    return {
      ...this.result<T>(stage, results),
      ...applied,
      loss: total / parts.length,
    } as UpdateResult<T>;
  }

  /** Runs the stage that gives the next parameters, and makes them the current ones. */
  private async apply(values: Values): Promise<Values> {
    const results = await this.stage.session.run(values, this.targets());
    this.store.advance((name) => results[nextName(name)]!);
    this.count++;
    return results;
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
    await this.stage.session.release();
    await this.gradientStage?.session.release();
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

  private feed({ inputs }: Stage, feeds: Feeds): Values {
    const values: Values = {};
    const { current } = this.store;
    for (const [name, { dtype, shape, origin }] of inputs) {
      const kept = current[name] ?? this.frozen[name];
      if (kept !== undefined) values[name] = kept;
      else if (name === "#scalars") values[name] = this.scalars();
      else if (!name.startsWith("#") && origin.kind === "input") {
        values[name] = this.engine.value(dtype, toFeed(name, feeds[name], dtype, shape), shape);
      }
    }
    for (const name in feeds) {
      if (!this.graph.inputs.has(name)) {
        const near = suggestion(name, this.graph.inputs.keys());
        throw new GraphError(`update: the graph has no input "${name}"${near}.`);
      }
    }
    return values;
  }

  private scalars(): Value {
    const update = this.count + 1;
    const { learningRate } = this.optimizer;
    let at = 0;
    if (typeof learningRate === "number") this.scalarData[at++] = learningRate;
    else if (typeof learningRate === "function") this.scalarData[at++] = learningRate(update);
    for (const scalar of this.optimizer.scalars(update)) this.scalarData[at++] = scalar;
    return this.scalarValue;
  }

  private targets(): Record<string, Value | null> {
    const { fetches } = this;
    const inPlace = this.engine.writesInPlace;
    const loss = this.stage.names.get("loss");
    if (loss !== undefined) fetches[loss] = inPlace ? this.lossValue : null;
    const { next } = this.store;
    for (const name in next) fetches[nextName(name)] = inPlace ? next[name]! : null;
    return fetches;
  }

  /** What a stage returns to the caller. */
  private outputKeys({ names }: Stage): string[] {
    return ["loss", "gradientNorm", ...this.extras].filter((key) => names.has(key));
  }

  private result<T>(stage: Stage, results: Values): UpdateResult<T> {
    const out: Record<string, number | TypedArray> = {};
    for (const key of this.outputKeys(stage)) {
      const data = results[stage.names.get(key)!]!.data as TypedArray;
      out[key] = key === "loss" || key === "gradientNorm" ? Number(data[0]) : data;
    }
    return out as UpdateResult<T>;
  }
}
