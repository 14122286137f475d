/** A path between two networks in the space of their parameters: straight at first, then bent to a lower loss. */
import { adam, compileTraining, type Graph, type Tensor } from "@mesascope/graph";
import { z } from "zod";
import {
  type ExampleBatch,
  type Key,
  type NamedArrays,
  type NetworkArchitecture,
  Random,
  type SupervisedTask,
  split,
} from "../../core/index.ts";
import { functionOf, lossFields, supervisedLoss } from "../../optimizers/index.ts";
import { drawExamples } from "../../tasks/index.ts";
import { interfaceOf } from "../../training/index.ts";
import type { Pace } from "../phases/index.ts";
import { CurveGraph, placeInput } from "./curve-graph.ts";

export interface CurveOptions {
  readonly architecture: NetworkArchitecture<Graph, Tensor>;
  readonly architectureParameters: unknown;
  /** Parameters at both ends, by name. */
  readonly from: NamedArrays;
  readonly to: NamedArrays;
  /** Examples of an update of the middle point. */
  readonly batch: number;
  /** Examples by which a loss is measured. */
  readonly measured: number;
  /** Learning rate of Adam for the middle point. */
  readonly learningRate: number;
}

export interface Curve {
  /** Mean loss on the examples, `measured` of them, at each place from 0 to 1. */
  losses(examples: ExampleBatch, places: readonly number[]): Promise<number[]>;
  /** Moves the middle point to lower the mean loss over places drawn evenly, on examples of the task's training part. */
  bend<I>(
    task: SupervisedTask<I>,
    options: { readonly updates: number; readonly key: Key; readonly pace: Pace },
  ): Promise<void>;
  dispose(): Promise<void>;
}

/** The loss that learners take by default. */
const lossParameters = z.strictObject(lossFields).parse({});

/** The straight path between two networks for a task of this kind; `bend` curves it. */
export async function openCurve<I>(task: SupervisedTask<I>, options: CurveOptions): Promise<Curve> {
  const io = interfaceOf(task as never);
  const lossAt = (examples: number): Tensor => {
    const graph = new CurveGraph(options.from, options.to);
    const { architectureParameters } = options;
    const { outputs } = functionOf(
      graph,
      { architecture: options.architecture, io },
      architectureParameters,
      examples,
      () => 0,
    );
    return supervisedLoss(graph, outputs, task.rules.loss, lossParameters, undefined).loss;
  };
  const trainer = await compileTraining(lossAt(options.batch), {
    optimizer: adam({ learningRate: options.learningRate }),
    clipNorm: 1,
  });
  const measuring = await trainer.compile([lossAt(options.measured).as("loss")]);
  const feedsOf = ({ inputs, targets, weights }: ExampleBatch, place: number) => ({
    ...{ observations: inputs, targets, weights },
    [placeInput]: Float32Array.of(place),
  });
  return {
    async losses(examples, places) {
      const out: number[] = [];
      for (const place of places)
        out.push((await measuring.run(feedsOf(examples, place)))["loss"]![0]!);
      return out;
    },
    async bend({ rules, training }, { updates, key, pace }) {
      const places = new Random(split(key, "places"));
      let examples: ExampleBatch | undefined;
      for (let update = 0; update < updates; update++) {
        const own = split(key, "update", update);
        const instances = training.draw(split(own, "instances"), options.batch);
        examples = drawExamples(rules, instances, split(own, "examples"), examples);
        await trainer.update(feedsOf(examples, places.uniform()));
        await pace();
      }
    },
    async dispose() {
      await measuring.dispose();
      await trainer.dispose();
    },
  };
}
