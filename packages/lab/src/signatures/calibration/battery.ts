/** The battery: every signature of predictors that bears on run-time optimization, measured blind. */
import type {
  Key,
  MeasuredInstances,
  Measurement,
  PredictiveSubject,
  Signature,
  SupervisedTask,
} from "../../core/index.ts";
import { split } from "../../core/index.ts";
import { emulation } from "../emulation.ts";
import { goalPatch } from "../goal-patch.ts";
import { pursuit } from "../pursuit.ts";
import { ticks } from "../ticks.ts";
import { valuePatch } from "../value-patch.ts";
import { valueProbe } from "../value-probe.ts";

/** Signatures that carry a criterion of the profile. */
export const batterySignatures: readonly Signature[] = [
  pursuit,
  ticks,
  valueProbe,
  valuePatch,
  emulation,
  goalPatch,
];

export interface BatteryOptions {
  readonly task: SupervisedTask;
  readonly key: Key;
  /** Untrained, otherwise alike. */
  readonly twin?: PredictiveSubject;
  readonly signatures?: readonly Signature[];
  readonly signal?: AbortSignal;
}

/**
 * Measures a subject by one signature after the other; it is told nothing else of it.
 * @throws the signal's reason when it is aborted, between signatures.
 */
export async function runBattery(
  subject: PredictiveSubject,
  instances: MeasuredInstances,
  { task, key, twin, signatures = batterySignatures, signal }: BatteryOptions,
): Promise<Measurement[]> {
  const measurements: Measurement[] = [];
  for (const signature of signatures) {
    signal?.throwIfAborted();
    if (!signature.supervised) continue;
    const context = { task, key: split(key, signature.id), ...(twin ? { twin } : {}) };
    measurements.push(await signature.supervised(subject, instances, context));
    // Programs never wait for anything: whoever shows progress or listens for a signal gets a turn here.
    await new Promise((resume) => setTimeout(resume, 0));
  }
  return measurements;
}
