/** A trainer's state as named tensors: `parameter/<name>`, `<slot>/<name>` and `updates`. */

import type { Parameter } from "../compile/parameters.ts";
import type { TensorValue } from "../core/attributes.ts";
import { GraphError } from "../core/errors.ts";
import type { Tensor } from "../core/graph.ts";
import { sameShape, show, size } from "../core/shape.ts";

/** Named tensors that a trainer can go on from; fit for a safetensors file. */
export type State = Record<
  string,
  { shape: number[]; dtype: TensorValue["dtype"]; data: TensorValue["data"] }
>;

export function readState(
  parameters: Readonly<Record<string, Parameter>>,
  slots: ReadonlyMap<string, Float32Array>,
  trainable: readonly Tensor[],
  updates: number,
): State {
  const state: State = {};
  for (const [name, { shape, data }] of Object.entries(parameters)) {
    state[`parameter/${name}`] = { shape, dtype: "float32", data };
  }
  for (const [slot, vector] of slots) {
    let start = 0;
    for (const { name, shape } of trainable) {
      const data = vector.slice(start, start + size(shape));
      state[`${slot}/${name}`] = { shape: [...shape], dtype: "float32", data };
      start += size(shape);
    }
  }
  state.updates = { shape: [], dtype: "int64", data: BigInt64Array.of(BigInt(updates)) };
  return state;
}

/** The parts of a state, checked against what a trainer needs. */
export function writeState(
  state: Readonly<Record<string, TensorValue>>,
  parameters: ReadonlyMap<string, Tensor>,
  trainable: readonly Tensor[],
  slotNames: readonly string[],
) {
  const updates = state.updates;
  if (updates === undefined) throw new GraphError('loadState: the state has no "updates".');
  const values = new Map<string, Float32Array>();
  for (const [name, { shape }] of parameters) {
    values.set(name, entry(state, `parameter/${name}`, shape));
  }
  const slots = new Map<string, Float32Array>();
  for (const slot of slotNames) {
    const vector = new Float32Array(trainable.reduce((total, { shape }) => total + size(shape), 0));
    let start = 0;
    for (const { name, shape } of trainable) {
      vector.set(entry(state, `${slot}/${name}`, shape), start);
      start += size(shape);
    }
    slots.set(slot, vector);
  }
  return { parameters: values, slots, updates: Number(updates.data[0]) };
}

function entry(
  state: Readonly<Record<string, TensorValue>>,
  key: string,
  shape: readonly number[],
): Float32Array {
  const value = state[key];
  if (value === undefined) throw new GraphError(`loadState: the state has no "${key}".`);
  if (!(value.data instanceof Float32Array) || !sameShape(value.shape, shape)) {
    throw new GraphError(
      `loadState: "${key}" has shape ${show(value.shape)} of ${value.dtype}; ${show(shape)} of float32 is needed.`,
    );
  }
  return value.data;
}
