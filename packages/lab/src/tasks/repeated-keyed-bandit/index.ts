/**
 * Several episodes on each keyed bandit, after the trials of RL^2 (Duan et al. 2016, arXiv 1611.02779): what was found in
 * one episode helps in the next, for whoever can keep it.
 */
import type { EpisodicFamily, EpisodicRules } from "../../core/index.ts";
import {
  type BanditInstance,
  type BanditParameters,
  type BanditState,
  keyedBandit,
} from "../keyed-bandit/index.ts";
import { repeatedBanditCard } from "./card.ts";
import {
  type RepeatedBanditParameters,
  repeatedBanditForms,
  repeatedBanditParameters,
} from "./parameters.ts";

/** One episode of the plain bandit, and all of them as one. */
function plain({ episodes, noise, ...rest }: RepeatedBanditParameters) {
  const one: BanditParameters = { ...rest, best: 1 - noise, others: noise };
  return { one, all: { ...one, steps: episodes * rest.steps } };
}

/** The plain bandit's rules over all steps; the observation says beside it where an episode starts. */
function rules(parameters: RepeatedBanditParameters): EpisodicRules<BanditInstance, BanditState> {
  const base = keyedBandit.rules(plain(parameters).all);
  const offset = base.observationSize;
  return {
    ...base,
    pays: undefined,
    observation: [...base.observation, { name: "start", offset, size: 1, role: "start" }],
    observationSize: offset + 1,
    observe(instance, state, out, at) {
      base.observe(instance, state, out, at);
      out[at + offset] = state.step % parameters.steps === 0 ? 1 : 0;
    },
  };
}

export const repeatedKeyedBandit: EpisodicFamily<
  RepeatedBanditParameters,
  BanditInstance,
  BanditState
> = {
  kind: "episodic",
  id: "repeated-keyed-bandit",
  card: repeatedBanditCard,
  parameters: repeatedBanditParameters,
  forms: repeatedBanditForms,
  sample: (parameters, random) => keyedBandit.sample(plain(parameters).all, random),
  words: (parameters, instance) => keyedBandit.words(plain(parameters).all, instance),
  identity: (parameters, instance) => keyedBandit.identity(plain(parameters).all, instance),
  count: (parameters) => keyedBandit.count(plain(parameters).all),
  enumerate: (parameters, key) => keyedBandit.enumerate(plain(parameters).all, key),
  rules,
  chance: (parameters, instance) => keyedBandit.chance(plain(parameters).all, instance),
  optimum: (parameters) => keyedBandit.optimum(plain(parameters).all),
  // Nothing of the bandit changes where an episode starts, so that the best policy plays on as if it had not.
  solvers: (parameters) => keyedBandit.solvers(plain(parameters).all),
  reference: (parameters) => keyedBandit.reference(plain(parameters).all),
  episodes: (parameters) => ({
    count: parameters.episodes,
    chance: (instance) => keyedBandit.chance(plain(parameters).one, instance),
  }),
};
