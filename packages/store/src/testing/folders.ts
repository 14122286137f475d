/** Data folders for the tests of the tables: runs in every state, and damaged ones. */
import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openArchive, type RunStore } from "../archive.ts";
import { jsonCodec, plannedRun, train } from "./training.ts";

/** Opens a data folder as the tests write it. */
export const openTestArchive = (data: string): RunStore =>
  openArchive(data, { codec: jsonCodec, versions: { commit: "abc" } });

/** Trains the run of a seed, to its end or to an update at which it is left off. */
export async function trainRun(data: string, seed: number, stopAt?: number): Promise<void> {
  const run = plannedRun(seed);
  const opening = await openTestArchive(data).open(run);
  if (opening.status !== "open") throw new Error(`the run is ${opening.status}`);
  await train(run, opening.archive, stopAt === undefined ? {} : { stopAt });
  await opening.release();
}

/** Marks the run of a seed as failed. */
export const failRun = (data: string, seed: number, message: string): Promise<void> =>
  openTestArchive(data).fail(plannedRun(seed), message, 1.5);

/** A file of the run of a seed. */
export const runFile = (data: string, seed: number, name = ""): string =>
  join(data, plannedRun(seed).study, plannedRun(seed).id, name);

/** Ways to damage a complete run, each with what must be said of it. */
export const damages: readonly (readonly [
  name: string,
  damage: (file: (name: string) => string) => void,
  message: RegExp,
])[] = [
  [
    "a result cut short",
    (file) => writeFileSync(file("result.json"), readFileSync(file("result.json")).subarray(0, 99)),
    /result\.json is not valid JSON/,
  ],
  [
    "a result that holds something else",
    (file) => writeFileSync(file("result.json"), "[]"),
    /result\.json does not hold what it should/,
  ],
  ["an empty spec", (file) => writeFileSync(file("spec.json"), ""), /spec\.json is not valid JSON/],
  ["no spec", (file) => rmSync(file("spec.json")), /spec\.json is missing/],
  [
    "the spec of another run",
    (file) => {
      const text = readFileSync(file("spec.json"), "utf8");
      writeFileSync(file("spec.json"), text.replace("-0123456789", "-9876543210"));
    },
    /spec\.json describes another run/,
  ],
  [
    "parameters cut short",
    (file) => writeFileSync(file("checkpoint.safetensors"), "x"),
    /checkpoint\.safetensors has 1 bytes, not the \d+/,
  ],
  ["no model", (file) => rmSync(file("model.onnx")), /model\.onnx is missing/],
  [
    "a folder for a file",
    (file) => {
      rmSync(file("result.json"));
      mkdirSync(file("result.json"));
    },
    /cannot read .*result\.json: it is a folder, not a file/,
  ],
];

/** Adds lines to the log of a run that hold no update. */
export const tear = (data: string, seed: number): void =>
  appendFileSync(
    runFile(data, seed, "metrics.jsonl"),
    '{"update":3,"lo\n"text"\n{"loss":1}\n{"update":"x","loss":1}\n\n{"update":11,"loss":null}\n{"upd',
  );
