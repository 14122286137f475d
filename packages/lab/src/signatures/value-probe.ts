/**
 * Can the value of cells that were not chosen be read off the subject's state? A logistic probe of a single
 * cell for whether it lies near the goal (or the start), beside what a probe of the observation, of an
 * untrained twin and of shuffled labels reaches (Hewitt and Liang 2019, arXiv 1909.03368).
 */
import { Random, type Signature, split } from "../core/index.ts";
import { macroF1 } from "../stats/index.ts";
import { foundValue, mazeView, notApplicable, onlyMazes, probeScore } from "./maze/index.ts";

export const valueProbe: Signature = {
  id: "value-probe",
  question: "Are evaluations of candidates represented, also of those that were not chosen?",
  source: "Bush et al. 2025 (arXiv 2504.01871); Hewitt and Liang 2019 (arXiv 1909.03368)",
  unit: "macro-F1 minus the best baseline",
  async supervised(subject, instances, context) {
    if (!mazeView(context.task, instances.heldOut)) return notApplicable("value-probe", onlyMazes);
    const found = await foundValue(subject, instances, context);
    if (typeof found === "string") return notApplicable("value-probe", found);
    // The end is chosen as the tick is: on validation mazes.
    const { counts, baselines, tick, end, byTick } = found.reduce((a, b) =>
      Math.max(...b.byTick) > Math.max(...a.byTick) ? b : a,
    );
    const random = new Random(split(context.key, "value-probe"));
    return {
      signature: "value-probe",
      applicable: true,
      ...probeScore(counts, baselines, random),
      parts: {
        probe: { value: macroF1(counts), unit: "macro-F1" },
        tick: { value: tick, unit: "tick" },
        fromStart: {
          value: end === "start" ? 1 : 0,
          unit: "1 when the cost is that from the start",
        },
      },
      series: { probe: byTick },
    };
  },
};
