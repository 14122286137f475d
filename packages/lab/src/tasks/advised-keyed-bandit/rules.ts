/** Rules of the advised keyed bandit as pure functions. */
import type { EpisodicRules } from "../../core/index.ts";
import type { BanditInstance, BanditState } from "../keyed-bandit/index.ts";
import type { AdvisedBanditParameters } from "./parameters.ts";
import { sought } from "./searcher.ts";
import type { AdvisedBanditState } from "./state.ts";

/** The bandit's observation, then the advice as a one-hot of A values: zeros at the first step, where all arms are alike. */
export function advisedBanditRules(
  { arms, reliability, searcher }: AdvisedBanditParameters,
  base: EpisodicRules<BanditInstance, BanditState>,
): EpisodicRules<BanditInstance, AdvisedBanditState> {
  const offset = base.observationSize;
  return {
    ...base,
    pays: undefined,
    observation: [...base.observation, { name: "advice", offset, size: arms, role: "feedback" }],
    observationSize: offset + arms,
    initial: (instance) => ({ ...base.initial(instance), tried: 0, found: -1, advice: -1 }),
    transition(instance, state, action, noise) {
      const next = base.transition(instance, state, action, noise);
      const tried = state.tried | (1 << action);
      const found = next.reward > 0 ? action : state.found;
      const seen = { ...next, tried, found };
      if (searcher === "removed") return { ...seen, advice: -1 };
      // The reward is certain either way, so that the step's noise is free to decide on the advice.
      const advice =
        noise < reliability
          ? sought(arms, seen)
          : Math.floor(((noise - reliability) / (1 - reliability)) * arms);
      return { ...seen, advice };
    },
    observe(instance, state, out, at) {
      base.observe(instance, state, out, at);
      out.fill(0, at + offset, at + offset + arms);
      if (state.advice >= 0) out[at + offset + state.advice] = 1;
    },
    reward: base.reward,
    terminated: base.terminated,
    conceal: (state) => ({ ...state, reward: 0, advice: -1 }),
  };
}
