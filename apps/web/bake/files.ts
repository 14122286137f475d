/** The evidence that the lab comes with, as the files that the static site reads. */
import { readdirSync, readFileSync } from "node:fs";
import { conditions, parseStudy } from "@mesascope/lab/studies";
import { toText } from "../views/index.ts";
import { readCalibration } from "./calibration.ts";
import { glossaryFrom } from "./glossary.ts";
import { committedEvidence, committedOutcome } from "./results.ts";
import { sourcesFrom } from "./sources.ts";
import { briefOf, type KnownStudy, viewOf } from "./view.ts";

/** Names of files to their text, relative to the site. */
export type BakedFiles = ReadonlyMap<string, string>;

function knownStudies(root: string, results: string): KnownStudy[] {
  return readdirSync(`${root}studies`)
    .map((name) => /^(\d{3})-(.+)\.yaml$/.exec(name))
    .filter((match) => match !== null)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([name, number, id]) => {
      const source = readFileSync(`${root}studies/${name}`, "utf8");
      const file = parseStudy(source, `studies/${name}`);
      const outcome = committedOutcome(results, `${number}-${id}`);
      return {
        ...{ id: id!, number: number!, file, source, origin: "committed" },
        ...(outcome ? { outcome } : {}),
      };
    });
}

/** Every file under `data/`, from the checkout at `root` (ending in a slash). */
export function bake(root: string): BakedFiles {
  const results = `${root}docs/results`;
  const evidence = committedEvidence(results);
  const calibration = readCalibration(`${results}/outcomes/calibration.json`);
  const studies = knownStudies(root, results);
  const file = (name: string) => readFileSync(`${root}docs/${name}`, "utf8");
  return new Map([
    ["data/overview.json", toText({ conditions, studies: studies.map(briefOf), evidence })],
    ["data/glossary.json", toText(glossaryFrom(file("glossary.md")))],
    ["data/sources.json", toText(sourcesFrom(file("sources.yaml"), "docs/sources.yaml"))],
    ...studies.map((study): [string, string] => [
      `data/studies/${study.id}.json`,
      toText(viewOf(study, evidence, calibration)),
    ]),
  ]);
}
