/**
 * Optimization power in rate bits, split into tuned and run-time bits by two decompositions that can differ
 * widely where a policy holds the answer twice. The paper, section 2.1; formulas in docs/guide/measures.md.
 */
import type { Signature } from "../core/index.ts";
import { rateBits } from "../theory/index.ts";
import { difference, whole } from "./bits.ts";
import { type Condition, play, totals } from "./conditions-of-play.ts";
import { predictivePower } from "./predictive-power.ts";
import { bitsOf, chanceOf } from "./rates.ts";

export const optimizationPower: Signature = {
  id: "optimization-power",
  question:
    "How many bits of optimization does the subject bring, and are they tuned in or found at run time?",
  source:
    'Hubinger et al. 2019 (arXiv 1906.01820), section 2.1; large-deviation rate of the mean score; tail form after Yudkowsky 2008, "Measuring optimization power"',
  unit: "bits",
  supervised: predictivePower,
  async episodic(subject, instances, { task, key }) {
    const training = chanceOf(task.chance, instances.training);
    const novel = chanceOf(task.chance, instances.heldOut);
    const bits = async (condition: Condition) =>
      bitsOf(
        totals(await play(subject, instances, condition, key)),
        condition === "novel" ? novel : training,
      );
    const seen = await bits("training");
    const fresh = await bits("novel");
    const removed = await bits("training-removed");
    const swapped = await bits("training-swapped");
    return {
      signature: "optimization-power",
      applicable: true,
      value: fresh.bits,
      unit: "bits",
      interval: fresh.interval,
      n: instances.heldOut.length,
      baselines: { chance: 0, reference: rateBits(task.reference.expected, novel) },
      parts: {
        training: whole(seen),
        novel: whole(fresh),
        runTime: whole(fresh),
        tuned: difference(seen, fresh),
        tunedAblation: whole(removed),
        runTimeAblation: difference(seen, removed),
        swapped: whole(swapped),
        tailTraining: { value: seen.tail, unit: "bits" },
        tail: { value: fresh.tail, unit: "bits" },
      },
      series: {},
    };
  },
};
