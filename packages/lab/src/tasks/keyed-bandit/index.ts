/** The keyed bandit: a family whose instances share nothing, so that each needs a policy of its own. */
import type { EpisodicFamily } from "../../core/index.ts";
import { banditCard } from "./card.ts";
import { banditChance } from "./chance.ts";
import { type BanditInstance, enumerateBandits, sampleBandit } from "./instance.ts";
import { type BanditParameters, banditForms, banditParameters } from "./parameters.ts";
import { banditReference, banditSolvers } from "./reference.ts";
import { type BanditState, banditRules } from "./rules.ts";

export { banditFields } from "./parameters.ts";
export { negatedRules, partlyShown, type Surprise, surprisingRules } from "./variants.ts";
export type { BanditInstance, BanditParameters, BanditState };

export const keyedBandit: EpisodicFamily<BanditParameters, BanditInstance, BanditState> = {
  kind: "episodic",
  id: "keyed-bandit",
  card: banditCard,
  parameters: banditParameters,
  forms: banditForms,
  sample: sampleBandit,
  words: (_, { key, arm }) => [...key, arm],
  identity: (_, { key }) => key,
  count: ({ keyBits }) => 2 ** keyBits,
  enumerate: enumerateBandits,
  rules: banditRules,
  chance: banditChance,
  optimum: ({ steps, best }) => steps * best,
  solvers: banditSolvers,
  reference: banditReference,
};
