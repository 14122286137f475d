/** `mesascope report`: writes the report of what was run. */
import { isAbsolute, join } from "node:path";
import { InputError } from "@mesascope/lab/core";
import { type DataFlags, type PlanFlags, withDataOptions, withPlanOptions } from "../options.ts";
import { outcomeOf } from "../outcomes.ts";
import { printJson } from "../output/json.ts";
import { outcomesInData, writeEvidence, writeReport } from "../reporting.ts";
import { shortPath } from "../short-path.ts";
import { chooseStudy, flagsOrLast, loadStudy, planLoaded } from "../studies.ts";
import { openData, type World } from "../world.ts";
import type { AddCommand } from "./command.ts";

type Flags = DataFlags & PlanFlags & { readonly evidence?: string };

const help = `
Without studies, every study of which the data folder holds runs is reported, each with the profile, seeds and
changes that it was last run with. The report is one HTML file that needs no network; its figures lie beside
it as SVG and PNG.

Examples:
  $ mesascope report
  $ mesascope report diversity-keyed-bandit --profile full`;

/** Adds the command. */
export const addReportCommand: AddCommand = (program, world, act) => {
  const command = program
    .command("report [study...]")
    .description("write the report of what was run");
  withPlanOptions(withDataOptions(command))
    .option("--evidence <dir>", "also write what each condition's status rests on, as JSON")
    .addHelpText("after", help)
    .action(act((names: string[], flags: Flags) => report(world, names, flags)));
};

async function report(world: World, names: readonly string[], flags: Flags): Promise<number> {
  const store = await openData(world, flags.data);
  const loaded = [];
  for (const name of names) loaded.push(await loadStudy(world, chooseStudy(world, name)));
  const outcomes = [];
  for (const study of loaded) {
    const plan = await flagsOrLast(store, study.file.id, flags);
    outcomes.push(await outcomeOf(world, store, await planLoaded(world, study, plan)));
  }
  if (names.length === 0) outcomes.push(...(await outcomesInData(world, store, flags)));
  if (outcomes.length === 0)
    throw new InputError(
      "there is nothing to report: no study was run here yet; try 'mesascope start'",
      {
        place: `--data ${flags.data}`,
      },
    );
  await store.prepare();
  const written = await writeReport(world, store.folder, outcomes);
  const { evidence } = flags;
  const folder = evidence && (isAbsolute(evidence) ? evidence : join(world.cwd, evidence));
  const proofs = folder ? await writeEvidence(world, folder, outcomes) : undefined;
  if (flags.json) printJson(world.stdout, { ...written, ...(proofs ? { evidence: proofs } : {}) });
  else world.stdout.write(`${shortPath(world, written.report)}\n`);
  return 0;
}
