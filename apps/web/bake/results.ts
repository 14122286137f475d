/** Results that the lab comes with, in `docs/results`. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { type Evidence, fromText, type PackedOutcome } from "../views/index.ts";

/** What each condition's status rests on, as `mesascope report --evidence` wrote it. */
export function committedEvidence(folder: string): Evidence[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .flatMap((name) => JSON.parse(readFileSync(`${folder}/${name}`, "utf8")) as Evidence[]);
}

/** What the runs of a study gave, kept beside the evidence by the same command; `name` is `NNN-id`. */
export function committedOutcome(folder: string, name: string): PackedOutcome | undefined {
  const path = `${folder}/outcomes/${name}.json`;
  return existsSync(path) ? fromText<PackedOutcome>(readFileSync(path, "utf8")) : undefined;
}
