/** Trains the networks that the page of mazes comes with, as runs of study 008, and fits probes to them (Node only). */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { type ParameterValues, writeSafetensors } from "@mesascope/graph";
import { keyOf, type NamedArrays, Random, split } from "@mesascope/lab/core";
import {
  executeRun,
  type PlannedRun,
  parseStudy,
  planStudy,
  type RunResult,
  type TrainingSpec,
} from "@mesascope/lab/studies";
import { type Maze, makeSupervisedTask } from "@mesascope/lab/tasks";
import { endurance } from "../src/pages/maze/endurance.ts";
import { fitProbe } from "../src/pages/maze/probe.ts";
import type { SubjectFile } from "../src/pages/maze/subjects.ts";
import { thinker, thinkerFile } from "../src/pages/maze/thinker.ts";

const place = "studies/008-diversity-maze.yaml";

/** Mazes that probes are fitted on. */
const probed = 256;
/** New mazes on which it is seen whether an answer lasts. */
const tested = 128;

const wanted = [
  { profile: "quick", diversity: 16 },
  { profile: "quick", diversity: 4096 },
  { profile: "full", diversity: 16 },
  { profile: "full", diversity: 4096 },
] as const;

type Wanted = (typeof wanted)[number];

function runOf(root: string, { profile, diversity }: Wanted): PlannedRun<TrainingSpec> {
  const source = readFileSync(`${root}${place}`, "utf8");
  const set = [`factors.diversity=[${diversity}]`];
  const study = planStudy(parseStudy(source, place), {
    ...{ number: "008", source, profile, seeds: 1, set },
  });
  return study.runs[0] as PlannedRun<TrainingSpec>;
}

async function trained(run: PlannedRun<TrainingSpec>) {
  let kept: { result: RunResult; parameters: NamedArrays } | undefined;
  await executeRun(
    run,
    {
      resume: () => Promise.resolve(undefined),
      keep: () => Promise.resolve(),
      metrics: () => {},
      complete(result, parameters) {
        kept = { result, parameters: structuredClone(parameters) };
        return Promise.resolve();
      },
    },
    { signal: new AbortController().signal, report: () => {}, versions: {} },
  );
  return kept!;
}

async function subject(root: string, folder: string, want: Wanted): Promise<SubjectFile> {
  const run = runOf(root, want);
  const { profile, diversity } = want;
  const { result, parameters } = await trained(run);
  const { width, ticks } = run.spec.learner.architectureParameters as {
    width: number;
    ticks: number;
  };
  const { family, parameters: of } = run.spec.task;
  const task = makeSupervisedTask(family, of, { diversity, seed: run.seed });
  const { rows, cols } = of as { rows: number; cols: number };
  const values = parameters as ParameterValues;
  const network = thinker(values, width);
  const mazes = task.validation.draw(split(keyOf(run.seed), "page", "probes"), probed) as Maze[];
  const found = result.checkpoints.at(-1)!.measurements[0]!;
  if (!found.applicable) throw new Error(found.reason);
  const id = `${rows}x${cols}-n${diversity}`;
  const tensors = Object.fromEntries(
    Object.entries(parameters).map(([name, { shape, data }]) => [
      name,
      { shape: [...shape], dtype: "float32" as const, data: data as Float32Array },
    ]),
  );
  writeFileSync(`${folder}/${id}.safetensors`, writeSafetensors(tensors));
  // The sample of the page that measures models.
  if (profile === "quick" && diversity === 4096)
    writeFileSync(`${folder}/${id}.onnx`, thinkerFile(values, { width, ticks }, rows, cols));
  return {
    ...{ id, title: `${diversity.toLocaleString("en")} mazes of ${rows} x ${cols}` },
    ...{ weights: `${id}.safetensors`, width, ticks, rows, cols, diversity },
    ...{ updates: run.spec.budget.updates, study: run.study, profile, seed: run.seed },
    solved: { training: found.parts["training"]!.value, novel: found.value },
    endurance: await endurance(
      network,
      task.heldOut.draw(split(keyOf(run.seed), "page", "endurance"), tested) as Maze[],
      ticks,
      new Random(split(keyOf(run.seed), "page", "goals")),
    ),
    probes: {
      plan: await fitProbe(network, mazes, "plan", Math.ceil(ticks / 2)),
      near: await fitProbe(network, mazes, "near", ticks),
    },
  };
}

/**
 * Writes weights, a sample file and `subjects.json` into a folder; the same every time on one engine.
 * @param root checkout with the studies, ending in a slash
 * @param tell hears of each network when it is done
 */
export async function trainSubjects(
  root: string,
  folder: string,
  tell: (subject: SubjectFile) => void,
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const subjects: SubjectFile[] = [];
  for (const want of wanted) {
    const made = await subject(root, folder, want);
    subjects.push(made);
    tell(made);
  }
  writeFileSync(`${folder}/subjects.json`, `${JSON.stringify(subjects, undefined, 1)}\n`);
}
