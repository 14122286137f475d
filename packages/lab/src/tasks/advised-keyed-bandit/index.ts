/**
 * The noiseless keyed bandit with a search built in: exhaustive trial watches the episode and says which arm to pull next.
 * Hard-coded optimization in Hubinger et al. 2019 (arXiv 1906.01820), section 2.4.
 */
import type { EpisodicFamily } from "../../core/index.ts";
import { type BanditInstance, keyedBandit } from "../keyed-bandit/index.ts";
import { advisedBanditCard } from "./card.ts";
import {
  type AdvisedBanditParameters,
  advisedBanditForms,
  advisedBanditParameters,
} from "./parameters.ts";
import { advisedBanditRules } from "./rules.ts";
import { obedientSolver } from "./searcher.ts";
import type { AdvisedBanditState } from "./state.ts";

/** The bandit without advice. */
const plain = ({ arms, steps, keyBits }: AdvisedBanditParameters) => ({
  ...{ arms, steps, keyBits, best: 1, others: 0 },
});

export const advisedKeyedBandit: EpisodicFamily<
  AdvisedBanditParameters,
  BanditInstance,
  AdvisedBanditState
> = {
  kind: "episodic",
  id: "advised-keyed-bandit",
  card: advisedBanditCard,
  parameters: advisedBanditParameters,
  forms: advisedBanditForms,
  sample: (parameters, random) => keyedBandit.sample(plain(parameters), random),
  words: (parameters, instance) => keyedBandit.words(plain(parameters), instance),
  identity: (parameters, instance) => keyedBandit.identity(plain(parameters), instance),
  count: (parameters) => keyedBandit.count(plain(parameters)),
  enumerate: (parameters, key) => keyedBandit.enumerate(plain(parameters), key),
  rules: (parameters) => advisedBanditRules(parameters, keyedBandit.rules(plain(parameters))),
  chance: (parameters, instance) => keyedBandit.chance(plain(parameters), instance),
  optimum: (parameters) => keyedBandit.optimum(plain(parameters)),
  solvers: (parameters) => [...keyedBandit.solvers(plain(parameters)), obedientSolver(parameters)],
  // Advice says nothing that the episode has not shown: exhaustive trial is the best policy with it and without.
  reference: (parameters) => keyedBandit.reference(plain(parameters)),
};
