/** What architectures with inner iterations share: ticks of a state, read out after each. */
import type { Tensor } from "@mesascope/graph";
import { z } from "zod";
import type { NetworkInputs } from "../core/index.ts";
import type { ReadOut } from "./picture.ts";

/** Fields of a zod object that architectures with ticks have. */
export const tickField = (ticks: number) =>
  z.number().int().min(1).max(1024).default(ticks).describe("Inner iterations in training.");

/** Names of the states before the first tick and after each. */
export const stateNames = (ticks: number): string[] =>
  Array.from({ length: ticks + 1 }, (_, tick) => `state.${tick}`);

/** Names of the outputs after each tick; the last is `logits`. */
export const logitNames = (ticks: number): string[] =>
  Array.from({ length: ticks }, (_, i) => (i + 1 < ticks ? `logits.${i + 1}` : "logits"));

/** Hook points of an architecture whose state is iterated. */
export const tickHooks = ({ ticks }: { readonly ticks: number }): string[] => [
  ...stateNames(ticks),
  ...logitNames(ticks),
];

/**
 * States `[rows, ...]` before the first tick and after each, named `state.0`, `state.1` and so on.
 * @param step makes the next state; it is told the tick, from 0.
 */
export function iterate(
  start: Tensor,
  ticks: number,
  step: (state: Tensor, tick: number) => Tensor,
  between: NetworkInputs<Tensor>["betweenTicks"] = (state) => state,
): Tensor[] {
  const states = [start.as("state.0")];
  for (let tick = 0; tick < ticks; tick++)
    states.push(step(between(states[tick]!, tick), tick).as(`state.${tick + 1}`));
  return states;
}

/** Outputs of a network without carry from its states: `logits.1` and so on, the last `logits`. */
export function readTicks(states: readonly Tensor[], { logits, value }: ReadOut) {
  const names = logitNames(states.length - 1);
  const ticks = names.map((name, i) => logits(states[i + 1]!).as(name));
  return { logits: ticks.at(-1)!, ticks, value: value(states.at(-1)!), carry: {} };
}
