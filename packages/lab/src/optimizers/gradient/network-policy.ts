/** A network played as a policy: chunks of a fixed batch, the carry kept from step to step. */
import type { Model } from "@mesascope/graph";
import { type BatchPolicy, type DecisionBatch, Random } from "../../core/index.ts";
import { sampleActions } from "../sampling.ts";

/** The one-step function of a network, compiled for `chunk` episodes at a time. */
export interface StepFunction {
  /** With so many inner iterations, or as in training where the number is left out. */
  readonly model: (ticks: number | undefined) => Promise<Pick<Model, "run">>;
  /** Inner iterations in training, for architectures that have them. */
  readonly ticks: number | undefined;
  readonly chunk: number;
  readonly observationSize: number;
  readonly actions: number;
  /** Shapes of the carry for one episode, by name. */
  readonly carry: Readonly<Record<string, readonly number[]>>;
  readonly hooks: readonly string[];
}

/** Name of the step function's input and output that hold a part of the carry. */
export const carryIn = (name: string): string => `carry.${name}`;
export const carryOut = (name: string): string => `next.${name}`;

const elements = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/**
 * Actions are drawn from the softmax of the logits. The model may be updated between episodes; within a batch
 * of episodes it must not be.
 */
export function networkPolicy(step: StepFunction): BatchPolicy {
  const { chunk, observationSize, actions, carry, hooks } = step;
  let random: Random;
  let ticks: number | undefined;
  let read: readonly string[] = [];
  let patch: Readonly<Record<string, Float32Array>> = {};
  let states: Record<string, Float32Array>[] = [];
  const zero = () =>
    Object.fromEntries(
      Object.entries(carry).map(([name, shape]) => [
        carryIn(name),
        new Float32Array(chunk * elements(shape)),
      ]),
    );
  const padded = new Float32Array(chunk * observationSize);

  /** The observations of chunk `c`, padded with zeros where the batch does not fill it. */
  const chunkOf = (observations: Float32Array, c: number, rows: number): Float32Array => {
    const start = c * chunk * observationSize;
    const part = observations.subarray(start, start + rows * observationSize);
    if (rows === chunk) return part;
    padded.fill(0);
    padded.set(part);
    return padded;
  };

  return {
    hooks,
    ticks: step.ticks,
    begin(instances, options) {
      random = new Random(options.key);
      ticks = options.ticks;
      read = options.read ?? [];
      patch = options.patch ?? {};
      states = Array.from({ length: Math.ceil(instances.length / chunk) }, zero);
    },
    async decide(batch: DecisionBatch) {
      const model = await step.model(ticks);
      const observations = batch.observations();
      const chosen = new Int32Array(batch.size);
      const seen: Record<string, Float32Array[]> = {};
      for (let c = 0; c < states.length; c++) {
        const rows = Math.min(chunk, batch.size - c * chunk);
        const outputs = await model.run(
          { observations: chunkOf(observations, c, rows), ...states[c] },
          read.length || Object.keys(patch).length ? { read, patch } : {},
        );
        sampleActions(outputs["logits"] as Float32Array, actions, rows, random, chosen, c * chunk);
        states[c] = Object.fromEntries(
          Object.keys(carry).map((name) => [
            carryIn(name),
            outputs[carryOut(name)] as Float32Array,
          ]),
        );
        for (const name of read) {
          const all = outputs[name] as Float32Array;
          seen[name] ??= [];
          seen[name].push(all.subarray(0, (all.length / chunk) * rows));
        }
      }
      return { actions: chosen, read: joined(seen) };
    },
  };
}

function joined(
  parts: Readonly<Record<string, readonly Float32Array[]>>,
): Record<string, Float32Array> {
  return Object.fromEntries(
    Object.entries(parts).map(([name, arrays]) => {
      const out = new Float32Array(arrays.reduce((sum, array) => sum + array.length, 0));
      let at = 0;
      for (const array of arrays) {
        out.set(array, at);
        at += array.length;
      }
      return [name, out];
    }),
  );
}
