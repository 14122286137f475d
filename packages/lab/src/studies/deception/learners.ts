/** Tabular learners of the mesa-objective in the deceptive toy example: what an agent's own learning arrives at. */
import { type Key, proportional, Random } from "../../core/index.ts";
import type { DeceptionModel } from "../../theory/index.ts";
import {
  mostMoves,
  optionsOf,
  type Stage,
  stateCount,
  stateOf,
  type TabularPolicy,
} from "./lifetime.ts";

export interface LearningOptions {
  readonly model: DeceptionModel;
  readonly stage: Stage;
  readonly key: Key;
  /** Lifetimes lived; every `report` of them is a unit of work. */
  readonly lifetimes: number;
}

/** A learner that yields its policy after every `every` lifetimes. */
export type TabularLearner = (
  options: LearningOptions,
  every: number,
) => Generator<TabularPolicy, void, void>;

const cells = optionsOf.length;
const table = (states: number) =>
  Array.from({ length: states }, (_, s) => new Float64Array(optionsOf[s % cells]!.length));

/** How far a value moves to its target. */
const valueRate = 0.1;

/**
 * Q-learning (Watkins 1989) over the moves of whole lifetimes: the value of a move is the best that follows it, worth
 * the discount more or less from one episode to the next, and nothing once training has modified the agent.
 * @param explored share of moves that are drawn at random: at 1 behaviour owes nothing to what is learned.
 */
export const qLearning = (explored: number): TabularLearner =>
  function* ({ model, stage, key, lifetimes }, every) {
    const { training, deployment, discount = 1 } = model;
    const random = new Random(key);
    const values = table(stateCount(model, stage));
    const best = (state: number) => Math.max(...values[state]!);
    const last = training + deployment - 1;
    for (let life = 1; life <= lifetimes; life++) {
      let modified = false;
      for (let episode = 0; episode <= last && !modified; episode++) {
        let [cell, strayed] = [0, false];
        for (let move = 0; move < mostMoves; move++) {
          const options = optionsOf[cell]!;
          const state = stateOf(stage, episode, cell, move);
          const own = values[state]!;
          const i =
            random.uniform() < explored ? random.integer(options.length) : greedy(own, random);
          const option = options[i]!;
          strayed ||= option.strayed;
          const ended = option.corner !== undefined || move === mostMoves - 1;
          modified = ended && episode < training && (strayed || option.corner !== "A");
          const after = !ended
            ? best(stateOf(stage, episode, option.to, move + 1))
            : modified || episode === last
              ? 0
              : discount * best(stateOf(stage, episode + 1, 0, 0));
          own[i]! += valueRate * ((option.corner === "B" ? 1 : 0) + after - own[i]!);
          cell = option.to;
          if (ended) break;
        }
      }
      if (life % every === 0) yield values.map(indicator);
    }
  };

/** One of the largest entries, drawn evenly. */
function greedy(values: Float64Array, random: Random): number {
  const most = Math.max(...values);
  const ties = [...values.keys()].filter((i) => values[i] === most);
  return ties.length === 1 ? ties[0]! : ties[random.integer(ties.length)]!;
}

/** The greedy policy of a row of values. */
function indicator(values: Float64Array): Float64Array {
  const chosen = new Float64Array(values.length);
  chosen[values.indexOf(Math.max(...values))] = 1;
  return chosen;
}

const gradientRate = 0.1;

/**
 * REINFORCE (Williams 1992) on softmax preferences: each move is credited with the discounted number of episodes that
 * end at B from its own on, less the mean of that over earlier lifetimes; the step shrinks as lifetimes go by.
 */
export const policyGradient: TabularLearner = function* ({ model, stage, key, lifetimes }, every) {
  const { training, deployment, discount = 1 } = model;
  const random = new Random(key);
  const preferences = table(stateCount(model, stage));
  const episodes = training + deployment;
  const baselines = new Float64Array(episodes);
  for (let life = 1; life <= lifetimes; life++) {
    const trace: { episode: number; state: number; chosen: number }[] = [];
    const ended = new Float64Array(episodes);
    let lived = 0;
    for (let modified = false; lived < episodes && !modified; lived++) {
      let [cell, strayed] = [0, false];
      for (let move = 0; move < mostMoves; move++) {
        const state = stateOf(stage, lived, cell, move);
        const chosen = proportional(softmax(preferences[state]!))(random.uniform());
        trace.push({ episode: lived, state, chosen });
        const option = optionsOf[cell]![chosen]!;
        strayed ||= option.strayed;
        cell = option.to;
        const over = option.corner !== undefined || move === mostMoves - 1;
        if (!over) continue;
        ended[lived] = option.corner === "B" ? 1 : 0;
        modified = lived < training && (strayed || option.corner !== "A");
        break;
      }
    }
    const returns = new Float64Array(episodes + 1);
    for (let i = episodes - 1; i >= 0; i--) returns[i] = ended[i]! + discount * returns[i + 1]!;
    const rate = gradientRate / Math.sqrt(1 + life / 1000);
    for (const { episode, state, chosen } of trace) {
      const credit = discount ** episode * (returns[episode]! - baselines[episode]!);
      const row = preferences[state]!;
      softmax(row).forEach((p, i) => {
        row[i]! += rate * credit * ((i === chosen ? 1 : 0) - p);
      });
    }
    for (let i = 0; i < lived; i++) baselines[i]! += 0.01 * (returns[i]! - baselines[i]!);
    if (life % every === 0) yield preferences.map(softmax);
  }
};

function softmax(preferences: Float64Array): Float64Array {
  const most = Math.max(...preferences);
  const weights = preferences.map((value) => Math.exp(value - most));
  const sum = weights.reduce((a, b) => a + b);
  return weights.map((weight) => weight / sum);
}
