/** Examples whose feedback is withheld or another's: every observation field with the role `feedback` is changed. */
import type { ExampleBatch, Observed } from "../core/index.ts";

/** Whose feedback example `index` shows instead of its own; nobody's where undefined. */
export interface FeedbackSource {
  readonly examples: ExampleBatch;
  readonly index: (index: number) => number;
}

/** A copy of the examples with all feedback fields zero, or those of `source`; targets stay as they are. */
export function withFeedback(
  { observation, observationSize }: Observed,
  examples: ExampleBatch,
  source?: FeedbackSource,
): ExampleBatch {
  const inputs = examples.inputs.slice();
  const fields = observation.filter(({ role }) => role === "feedback");
  for (let t = 0; t < examples.steps; t++)
    for (let i = 0; i < examples.batch; i++) {
      const at = (t * examples.batch + i) * observationSize;
      const from = source && (t * source.examples.batch + source.index(i)) * observationSize;
      for (const { offset, size } of fields)
        for (let j = offset; j < offset + size; j++)
          inputs[at + j] = from === undefined ? 0 : source!.examples.inputs[from + j]!;
    }
  return { ...examples, inputs };
}
