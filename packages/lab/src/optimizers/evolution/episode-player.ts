/** Plays a generation's episodes in graphs of whole episodes, some candidates at a time. */
import { compile, type Model } from "@mesascope/graph";
import { type EpisodicRules, type Key, Random, split } from "../../core/index.ts";
import type { stepGraph } from "../gradient/episodic-network.ts";
import { episodeGraph, namedBy, playsInGraph } from "./episode-graph.ts";
import { type Layout, neededNodes } from "./flat.ts";
import { populationInput } from "./stacked-graph.ts";

/** Nodes of a graph up to which candidates share one: more take longer to compile than they save. */
const mostNodes = 5000;
/** Rows up to which candidates share a graph: those of more do not stay in a processor's cache from step to step. */
const mostRows = 1024;

/** A model that is compiled when it is first asked for. */
export function once(make: () => Promise<Model>) {
  let made: Promise<Model> | undefined;
  const get = () => {
    made ??= make();
    return made;
  };
  return Object.assign(get, { dispose: async () => (await made)?.dispose() });
}

export interface EpisodePlayerOptions {
  readonly layout: Layout;
  readonly population: number;
  /** Episodes of each candidate. */
  readonly episodes: number;
}

export function episodePlayer(
  step: ReturnType<typeof stepGraph>,
  { layout, population, episodes }: EpisodePlayerOptions,
) {
  const nodes = neededNodes(step.outputs).length;
  const models = new Map<unknown, ReturnType<typeof once>>();

  /** As many candidates as share a graph: a divisor of the population, 1 where the network is large. */
  const candidatesOf = ({ horizon }: { readonly horizon: number }): number => {
    const fit = Math.min(population, mostNodes / (nodes * horizon), mostRows / episodes);
    let most = Math.max(1, Math.floor(fit));
    while (population % most !== 0) most--;
    return most;
  };

  return {
    /** Whether it can play by these rules, in a graph of moderate size. */
    plays: (rules: EpisodicRules<unknown, unknown>): boolean =>
      playsInGraph(rules) && nodes * rules.horizon <= mostNodes,

    /**
     * Mean total reward of each candidate, all on the same instances, by the same random numbers as `playEpisodes` gives
     * the explorer and the rules.
     * @param vectors of all candidates, `[population, layout.size]`.
     */
    async scores(
      rules: EpisodicRules<unknown, unknown>,
      instances: readonly unknown[],
      key: Key,
      vectors: Float32Array,
    ): Promise<Float64Array> {
      const candidates = candidatesOf(rules);
      let model = models.get(rules);
      if (!model) {
        const { graph, scores } = episodeGraph(step, { rules, layout, candidates, episodes });
        model = once(() => compile(graph, { outputs: [scores] }));
        models.set(rules, model);
      }
      const compiled = await model();
      const { horizon } = rules;
      const shared = shownInstances(rules, instances);
      const parts = population / candidates;
      const rows = candidates * episodes;
      const choices = uniforms(split(key, "policy"), parts, horizon, rows);
      // What pays always or never pays by any luck.
      const sure = shared.chances.every((chance) => chance === 0 || chance === 1);
      const luck = sure ? undefined : uniforms(split(key, "environment"), parts, horizon, rows);
      const none = new Float32Array(horizon * rows);
      const out = new Float64Array(population);
      for (let part = 0; part < parts; part++) {
        const first = part * candidates;
        const { scores } = await compiled.run({
          ...shared,
          [populationInput]: vectors.subarray(
            first * layout.size,
            (first + candidates) * layout.size,
          ),
          choices: choices[part]!,
          luck: luck?.[part] ?? none,
        });
        scores!.forEach((total, c) => {
          out[first + c] = total / episodes;
        });
      }
      return out;
    },

    async dispose() {
      for (const model of models.values()) await model.dispose();
    },
  };
}

/** What is the same for all candidates and at all steps: what names the instances, and what their actions pay. */
function shownInstances(
  rules: EpisodicRules<unknown, unknown>,
  instances: readonly unknown[],
): { readonly chances: Float32Array; readonly instances?: Float32Array } {
  const { observation, observationSize, actions } = rules;
  const named = namedBy(observation);
  const shown = new Float32Array(observationSize);
  const names = new Float32Array(instances.length * named);
  const chances = new Float32Array(actions * instances.length);
  instances.forEach((instance, i) => {
    rules.observe(instance, rules.initial(instance), shown, 0);
    names.set(shown.subarray(0, named), i * named);
    for (let action = 0; action < actions; action++)
      chances[action * instances.length + i] = rules.pays!(instance, action);
  });
  return { chances, ...(named > 0 ? { instances: names } : {}) };
}

/**
 * Uniform on [0, 1), drawn step by step and in each step for one row after another of all parts: `[horizon, rows]` for each
 * part. Cut off to the 24 bits that float32 holds, since rounding could give 1.
 */
function uniforms(key: Key, parts: number, horizon: number, rows: number): Float32Array[] {
  const random = new Random(key);
  const out = Array.from({ length: parts }, () => new Float32Array(horizon * rows));
  for (let t = 0; t < horizon; t++)
    for (const part of out)
      for (let i = t * rows; i < (t + 1) * rows; i++)
        part[i] = Math.floor(random.uniform() * 2 ** 24) / 2 ** 24;
  return out;
}
