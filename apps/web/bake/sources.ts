/** The sources that the lab rests on, from `docs/sources.yaml`. */
import { InputError } from "@mesascope/lab/core";
import { parse } from "yaml";
import { type Source, sourcesSchema } from "../views/index.ts";

/** @throws InputError naming the place of what is wrong. */
export function sourcesFrom(text: string, place: string): readonly Source[] {
  const read = sourcesSchema.safeParse(parse(text));
  if (read.success) return read.data;
  const issue = read.error.issues[0]!;
  throw new InputError(`at '${issue.path.join(".")}': ${issue.message}`, { place });
}
