/** Options that several commands share, each checked as it is read. */
import { availableParallelism } from "node:os";
import { InputError, unknownName } from "@mesascope/lab/core";
import type { Profile } from "@mesascope/lab/studies";
import { type Command, Option } from "commander";

/** Profiles from the least work to the most. */
export const profileNames = ["start", "quick", "full"] as const satisfies readonly Profile[];

/** Which runs of a study are meant. */
export interface PlanFlags {
  readonly profile?: Profile;
  readonly seeds?: number;
  readonly set: readonly string[];
}

/** Options of every command that reads or writes the data folder. */
export interface DataFlags {
  readonly data: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** Reads a whole number of at least 1; `flag` names it in the refusal. */
export function wholeNumber(flag: string) {
  return (text: string): number => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < 1)
      throw new InputError(`must be a whole number of at least 1, not '${text}'`, { place: flag });
    return value;
  };
}

/** @throws InputError for a name that is none. */
export function profileNamed(name: string): Profile {
  const found = profileNames.find((profile) => profile === name);
  if (!found)
    throw new InputError(unknownName("profile", name, profileNames), { place: "--profile" });
  return found;
}

function assignment(text: string, before: readonly string[]): readonly string[] {
  if (!/^[^=]+=/.test(text))
    throw new InputError(`expected key=value, e.g. budget.updates=100, not '${text}'`, {
      place: "--set",
    });
  return [...before, text];
}

/** `--data`, `--json` and `--quiet`. */
export function withDataOptions(command: Command): Command {
  return command
    .option("--data <dir>", "folder that runs are kept in", "runs")
    .option("--json", "print results as JSON")
    .option("--quiet", "no progress, only errors on standard error");
}

/** `--profile`, `--seeds` and `--set`. */
export function withPlanOptions(command: Command): Command {
  return command
    .option("--profile <name>", "how much to run: start, quick or full", profileNamed)
    .option("--seeds <number>", "seeds an arm, from 1", wholeNumber("--seeds"))
    .addOption(
      new Option("--set <key=value>", "change one value of the study; may be repeated")
        .argParser(assignment)
        .default([], "nothing"),
    );
}

/** `--jobs`. */
export function withJobsOption(command: Command): Command {
  const cores = availableParallelism();
  return command.addOption(
    new Option("--jobs <number>", "runs at once, each in a process of its own")
      .argParser(wholeNumber("--jobs"))
      .default(cores, `${cores}, the cores available`),
  );
}
