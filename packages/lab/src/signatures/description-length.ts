/**
 * Length of the subject in bits: the smallest magnitudes of its parameters are dropped and the rest rounded to a grid,
 * as coarsely as the score allows; what is left is entropy-coded. Parameters that are no use are thus not counted, as
 * they would be by their number. After Han, Mao and Dally 2016 (deep compression, arXiv 1510.00149).
 */
import type {
  MeasuredInstances,
  PredictiveSubject,
  Signature,
  SubjectParameters,
  SupervisedTask,
} from "../core/index.ts";
import { keyOf } from "../core/index.ts";
import { mean } from "../stats/index.ts";
import { drawExamples } from "../tasks/index.ts";
import { notApplicable } from "./maze/index.ts";

/** Largest share of the score that may be lost. */
export const tolerance = 0.05;
/** Bits of a number stored as it is. */
const stored = 32;

const dropped = [0, 0.25, 0.5, 0.75, 0.9] as const;
const precisions = [8, 6, 5, 4, 3, 2] as const;

interface Coded {
  readonly values: Readonly<Record<string, Float32Array>>;
  readonly bits: number;
}

/** Magnitude below which a share of all numbers lies. */
function cutOf(arrays: readonly Float32Array[], share: number): number {
  const sizes = Float32Array.from(arrays.flatMap((data) => Array.from(data, Math.abs))).sort();
  return share === 0 ? 0 : sizes[Math.min(sizes.length - 1, Math.floor(share * sizes.length))]!;
}

/**
 * Parameters with magnitudes below a cut set to 0 and the others rounded to 2^(precision - 1) - 1 steps to each side;
 * their length is the entropy of the steps, and 32 bits a tensor for its scale.
 */
export function coded(
  values: SubjectParameters["values"],
  share: number,
  precision: number,
): Coded {
  const entries = Object.entries(values);
  const cut = cutOf(
    entries.map(([, { data }]) => data),
    share,
  );
  const most = 2 ** (precision - 1) - 1;
  let bits = 0;
  const out = entries.map(([name, { data }]) => {
    const scale = data.reduce((a, b) => Math.max(a, Math.abs(b)), 0) / most;
    const counts = new Map<number, number>();
    const rounded = data.map((value) => {
      const step = scale === 0 || Math.abs(value) < cut ? 0 : Math.round(value / scale);
      counts.set(step, (counts.get(step) ?? 0) + 1);
      return step * scale;
    });
    for (const count of counts.values()) bits += count * Math.log2(data.length / count);
    bits += stored;
    return [name, rounded] as const;
  });
  return { values: Object.fromEntries(out), bits };
}

async function scoreOf(
  subject: PredictiveSubject,
  task: SupervisedTask,
  instances: readonly unknown[],
): Promise<number[]> {
  const examples = drawExamples(task.rules, instances, keyOf(0));
  return [...task.rules.score((await subject.predict(examples)).outputs, examples)];
}

async function shortest(
  subject: PredictiveSubject,
  task: SupervisedTask,
  { training }: MeasuredInstances,
) {
  const { parameters } = subject;
  const full = mean(await scoreOf(subject, task, training));
  const least = full - tolerance * Math.abs(full);
  let best: (Coded & { share: number; precision: number; subject: PredictiveSubject }) | undefined;
  for (const share of dropped)
    for (const precision of precisions) {
      const code = coded(parameters!.values, share, precision);
      if (best && code.bits >= best.bits) continue;
      const changed = await parameters!.with(code.values);
      // Coarser still would lose more: the next share is tried.
      if (mean(await scoreOf(changed, task, training)) < least) break;
      best = { ...code, share, precision, subject: changed };
    }
  return best;
}

export const descriptionLength: Signature = {
  id: "description-length",
  question: "How many bits does it take to write the subject down at about its score?",
  source: "Han, Mao and Dally 2016 (arXiv 1510.00149); Hinton and van Camp 1993",
  unit: "bits",
  async supervised(subject, instances, { task }) {
    const { parameters } = subject;
    if (!parameters)
      return notApplicable(
        "description-length",
        "the subject has no parameters that could be replaced",
      );
    const found = await shortest(subject, task, instances);
    if (!found)
      return notApplicable(
        "description-length",
        `even ${precisions[0]} bits a parameter lose more than ${100 * tolerance}% of the score`,
      );
    const count = Object.values(parameters.values).reduce((sum, { data }) => sum + data.length, 0);
    const kept = await scoreOf(found.subject, task, instances.heldOut);
    return {
      signature: "description-length",
      applicable: true,
      value: found.bits,
      unit: "bits",
      // The code is found, not sampled: it has a length, and no spread over instances.
      interval: { low: found.bits, high: found.bits, level: 1 },
      n: instances.training.length,
      baselines: { "parameters as they are": stored * count },
      parts: {
        dropped: { value: found.share, unit: "share of parameters" },
        precision: { value: found.precision, unit: "bits" },
        novelScore: { value: mean(kept), unit: task.rules.scoreUnit },
      },
      series: {},
    };
  },
};
