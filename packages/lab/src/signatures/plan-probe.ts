/**
 * Does the state hold the plan before the outputs show it? A logistic probe of single cells for the way, scored only
 * on cells that the read-out of the same tick still gets wrong. Bush et al. 2025 (arXiv 2504.01871).
 */
import { Random, type Signature, split } from "../core/index.ts";
import { macroF1 } from "../stats/index.ts";
import { foundPlan, mazeView, notApplicable, onlyMazes, probeScore } from "./maze/index.ts";

export const planProbe: Signature = {
  id: "plan-probe",
  question: "Does the state hold the plan before the outputs show it?",
  source: "Bush et al. 2025 (arXiv 2504.01871); Hewitt and Liang 2019 (arXiv 1909.03368)",
  unit: "macro-F1 minus the best baseline",
  async supervised(subject, instances, context) {
    if (!mazeView(context.task, instances.heldOut)) return notApplicable("plan-probe", onlyMazes);
    const found = await foundPlan(subject, instances, context);
    if (typeof found === "string") return notApplicable("plan-probe", found);
    const { counts, baselines, tick, cells } = found;
    const random = new Random(split(context.key, "plan-probe"));
    return {
      signature: "plan-probe",
      applicable: true,
      ...probeScore(counts, baselines, random),
      parts: {
        probe: { value: macroF1(counts), unit: "macro-F1" },
        tick: { value: tick, unit: "tick" },
        cells: { value: cells, unit: "cells that the read-out gets wrong" },
      },
      series: {},
    };
  },
};
