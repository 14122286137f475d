/** What `run` and `start` print in the end. */
import type { StudyOutcome } from "@mesascope/lab/studies";
import { styleFor } from "../output/style.ts";
import {
  engineLine,
  failureLines,
  heading,
  thresholdLines,
  verdictsTable,
} from "../output/verdicts.ts";
import { shortPath } from "../short-path.ts";
import type { World } from "../world.ts";

/** Prints verdicts, failures, the engine, and where the report is. */
export function printResults(
  world: World,
  outcomes: readonly StudyOutcome[],
  report: string,
): void {
  const style = styleFor(world.stdout, world.env);
  for (const outcome of outcomes)
    world.stdout.write(
      `${heading(outcome, style)}\n${verdictsTable(outcome, style)}${thresholdLines(outcome)}` +
        `${failureLines(outcome.entries, style)}\n`,
    );
  world.stdout.write(
    "Verdicts hold at the scale of these runs: this task, these learners, this budget.\n",
  );
  world.stdout.write(engineLine(outcomes.flatMap(({ entries }) => entries)));
  world.stdout.write(`Report: ${shortPath(world, report)}\n`);
}
