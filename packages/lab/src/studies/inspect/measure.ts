/** Measures a subject by every signature of predictors, telling of each as it is done. */
import {
  type Key,
  type Measurement,
  type PredictiveSubject,
  type SupervisedTask,
  split,
} from "../../core/index.ts";
import { drawMeasured, runBattery, signatures } from "../../signatures/index.ts";

export interface InspectOptions {
  /** Instances of each part. */
  readonly examples: number;
  readonly key: Key;
  readonly signal?: AbortSignal;
  /** Told after each signature. */
  readonly progress?: (done: number, total: number, signature: string) => void;
}

/** @throws the signal's reason when it is aborted, between signatures. */
export async function inspectSubject(
  subject: PredictiveSubject,
  task: SupervisedTask,
  { examples, key, signal, progress }: InspectOptions,
): Promise<Measurement[]> {
  const instances = drawMeasured(task, examples, split(key, "instances"));
  const all = signatures.all.filter(({ supervised }) => supervised);
  const measurements: Measurement[] = [];
  for (const signature of all) {
    const options = { task, key: split(key, "battery"), signatures: [signature] };
    measurements.push(
      ...(await runBattery(subject, instances, { ...options, ...(signal ? { signal } : {}) })),
    );
    progress?.(measurements.length, all.length, signature.id);
  }
  return measurements;
}
