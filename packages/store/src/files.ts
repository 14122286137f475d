/** Names of the files of a run folder. */
import { createHash } from "node:crypto";
import { contentHash, type Json } from "@mesascope/lab/core";
import type { RunSpec } from "@mesascope/lab/studies";

/** Written in this order, each but the metrics replaced as a whole. */
export const files = {
  spec: "spec.json",
  metrics: "metrics.jsonl",
  snapshot: "snapshot.json",
  parameters: "checkpoint.safetensors",
  model: "model.onnx",
  result: "result.json",
  failure: "failure.json",
} as const;

/** Whether a name is that of the arrays of a snapshot, current or left over. */
export const isSnapshotArrays = (name: string): boolean =>
  name.startsWith("snapshot-") && name.endsWith(".safetensors");

/** SHA-256 in hexadecimal digits. */
export const sha256 = (bytes: Uint8Array): string =>
  createHash("sha256").update(bytes).digest("hex");

/** Hash of what a run does. */
export const specHash = (spec: RunSpec): string => contentHash(spec as unknown as Json);
