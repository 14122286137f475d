/**
 * Whole episodes of several candidates in one graph, for rules that do no more than pay: actions are drawn and paid for
 * in the graph, so that what all steps of an episode share is computed once.
 */
import {
  add,
  cast,
  concat,
  exp,
  Graph,
  gemm,
  greaterOrEqual,
  less,
  matmul,
  max,
  mul,
  reshape,
  slice,
  split,
  sub,
  sum,
  type Tensor,
  transpose,
  zeros,
} from "@mesascope/graph";
import type { EpisodicRules, ObservationField } from "../../core/index.ts";
import { carryIn } from "../gradient/network-policy.ts";
import { copier, reshaped } from "./copied-nodes.ts";
import type { Layout } from "./flat.ts";
import { parametersOf } from "./stacked-graph.ts";

type Rules = Pick<
  EpisodicRules<unknown, unknown>,
  "observation" | "observationSize" | "actions" | "horizon" | "pays"
>;

/** Floats at the start of an observation that name the instance, the same at every step. */
export const namedBy = (observation: readonly ObservationField[]): number =>
  observation.reduce((size, field) => (field.role === "instance" ? size + field.size : size), 0);

/** Whether episodes by these rules can be played in a graph: they pay, and show first what stays and then what came. */
export function playsInGraph({ pays, observation, actions }: Rules): boolean {
  const named = namedBy(observation);
  return (
    pays !== undefined &&
    observation.every(
      ({ role, offset, size }) =>
        (role === "instance" && offset + size <= named) ||
        (role === "action" && size === actions) ||
        (role === "feedback" && size === 1),
    )
  );
}

export interface EpisodeGraphOptions {
  readonly rules: Rules;
  readonly layout: Layout;
  readonly candidates: number;
  /** Episodes of each candidate. */
  readonly episodes: number;
}

/**
 * Inputs, beside the candidates' vectors: `instances` `[episodes, ...]`, what names each instance; `chances`
 * `[actions, episodes]`, with which an action pays; `choices` and `luck` `[horizon, candidates * episodes]`, uniform on
 * [0, 1), by which actions are drawn and paid. Output `scores` `[candidates]`: total reward of all episodes.
 * @param step the function of one step for so many episodes: logits, then the carry by the order of its names.
 */
export function episodeGraph(
  step: {
    readonly graph: Graph;
    readonly carry: Readonly<Record<string, readonly number[]>>;
    readonly outputs: readonly Tensor[];
  },
  { rules, layout, candidates, episodes }: EpisodeGraphOptions,
): { readonly graph: Graph; readonly scores: Tensor } {
  const { observation, observationSize, horizon } = rules;
  const rows = candidates * episodes;
  const graph = new Graph();
  const parameters = parametersOf(graph, step.graph, { layout, population: candidates });
  const named = namedBy(observation);
  const instances = named > 0 ? graph.input("instances", [episodes, named]) : undefined;
  const chances = graph.input("chances", [rules.actions, episodes]);
  const choices = split(graph.input("choices", [horizon, rows]), horizon, 0);
  const luck = split(graph.input("luck", [horizon, rows]), horizon, 0);
  const copies = copier(graph, step.outputs, new Set(instances ? [instances] : []));
  const input = (name: string) => step.graph.inputs.get(name);
  const names = Object.keys(step.carry);

  const begun = names.map((name) => zeros(graph, [episodes, ...step.carry[name]!]));
  let carries = parameters.map(() => begun);
  const nothing = zeros(graph, [episodes, observationSize - named]);
  let came = parameters.map(() => nothing);
  let total: Tensor | undefined;
  for (let t = 0; t < horizon; t++) {
    const decided = parameters.map((values, c) => {
      const parts = [instances, came[c]!].filter((part) => part && part.shape[1]! > 0) as Tensor[];
      const given = new Map(values);
      const shown = input("observations");
      if (shown) given.set(shown, reshape(concat(parts, 1), [1, episodes, observationSize]));
      names.forEach((name, i) => {
        given.set(input(carryIn(name))!, carries[c]![i]!);
      });
      return step.outputs.map(copies(given));
    });
    carries = decided.map(([, ...next]) => next);
    const logits = decided.map(([each]) => reshaped(each!, [episodes, rules.actions]));
    const { action, reward } = draw(concat(logits, 0), chances, choices[t]!, luck[t]!);
    total = total ? add(total, reward) : reward;
    const shown = observation.flatMap(({ role }) =>
      role === "instance" ? [] : [role === "action" ? action : reward],
    );
    if (shown.length > 0) came = split(transpose(concat(shown, 0)), candidates, 0);
  }
  const scores = sum(reshape(total!, [candidates, episodes]), { axes: [1], keepDims: false });
  return { graph, scores: scores.as("scores") };
}

/**
 * An action a row from the softmax of `logits` `[rows, actions]`, by inversion as `sampleActions` does, and its reward.
 * @returns action `[actions, rows]`, a one in each column, and reward `[1, rows]`.
 */
function draw(logits: Tensor, chances: Tensor, choice: Tensor, luck: Tensor) {
  const { graph } = logits;
  const [rows, actions] = logits.shape as [number, number];
  const matrix = (element: (i: number, j: number) => number) =>
    graph.constant(
      Float32Array.from({ length: actions * actions }, (_, at) =>
        element(Math.floor(at / actions), at % actions),
      ),
      [actions, actions],
    );
  // Actions lie one below the other, so that each operation runs along the rows.
  const turned = transpose(logits);
  const weights = exp(sub(turned, max(turned, { axes: [0], keepDims: true })));
  const sums = matmul(
    matrix((i, j) => +(j <= i)),
    weights,
  );
  const all = slice(sums, [actions - 1], [actions]);
  const passed = cast(greaterOrEqual(mul(choice, all), sums), "float32");
  // An action is drawn where the one before it is passed and it is not itself, or where it is the last.
  const first = graph.constant(
    Float32Array.from({ length: actions }, (_, i) => +(i === 0)),
    [actions, 1],
  );
  const action = gemm(
    matrix((i, j) => (j === i - 1 ? 1 : j === i && i < actions - 1 ? -1 : 0)),
    passed,
    first,
  );
  const episodes = chances.shape[1]!;
  const paid = mul(
    reshape(action, [actions, rows / episodes, episodes]),
    reshape(chances, [actions, 1, episodes]),
  );
  const chance = reshape(sum(paid, { axes: [0], keepDims: false }), [1, rows]);
  return { action, reward: cast(less(luck, chance), "float32") };
}
