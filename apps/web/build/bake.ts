/** The evidence that the lab comes with, as the files that the static site reads. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { conditions, parseStudy, type StudyOutcome } from "@mesascope/lab/studies";
import { type Evidence, fromText, type StudyBrief, toText } from "../views/index.ts";

/** Names of files to their text, relative to the site. */
export type BakedFiles = ReadonlyMap<string, string>;

/** Study files with their numbers, in order. */
function studyFiles(root: string) {
  return readdirSync(`${root}studies`)
    .map((name) => /^(\d{3})-(.+)\.yaml$/.exec(name))
    .filter((match) => match !== null)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([name, number, id]) => {
      const source = readFileSync(`${root}studies/${name}`, "utf8");
      return { number: number!, id: id!, source, file: parseStudy(source, `studies/${name}`) };
    });
}

function committedEvidence(folder: string): Evidence[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .flatMap((name) => JSON.parse(readFileSync(`${folder}/${name}`, "utf8")) as Evidence[]);
}

/** What the runs of a study gave, as `mesascope report --evidence` keeps it beside the evidence. */
function committedOutcome(folder: string, name: string): StudyOutcome | undefined {
  const path = `${folder}/outcomes/${name}.json`;
  return existsSync(path) ? fromText<StudyOutcome>(readFileSync(path, "utf8")) : undefined;
}

/** Every file under `data/`, from the checkout at `root` (ending in a slash). */
export function bake(root: string): BakedFiles {
  const results = `${root}docs/results`;
  const evidence = committedEvidence(results);
  const files = new Map<string, string>();
  const briefs: StudyBrief[] = [];
  for (const { number, id, source, file } of studyFiles(root)) {
    const outcome = committedOutcome(results, `${number}-${id}`);
    const own = evidence.filter(({ study }) => study === id);
    briefs.push({
      id,
      number,
      title: file.title,
      condition: file.condition,
      kind: "experiment" in file ? "experiment" : "training",
      has: outcome !== undefined,
      origin: "committed",
    });
    files.set(
      `data/studies/${id}.json`,
      toText({ id, number, file, source, evidence: own, origin: "committed", outcome }),
    );
  }
  files.set("data/overview.json", toText({ conditions, studies: briefs, evidence }));
  return files;
}
