/** The battery: novel success and the signatures of mazes, measured blind. */
import type {
  Key,
  MeasuredInstances,
  Measurement,
  PredictiveSubject,
  Signature,
  SupervisedTask,
} from "../../core/index.ts";
import { split } from "../../core/index.ts";
import { novelSuccess } from "../novel-success.ts";
import { mazeSignatures } from "../registry.ts";

/** Raised whenever a signature's numbers or the profile's rules change: older calibrations are not used then. */
export const batteryVersion = 2;

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
  { task, key, twin, signatures = [novelSuccess, ...mazeSignatures], signal }: BatteryOptions,
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
