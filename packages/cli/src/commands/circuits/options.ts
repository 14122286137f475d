/** Options that the circuit commands share, each checked as it is read. */
import { type Basis, InputError, unknownName } from "@mesascope/lab/core";
import { type Command, Option } from "commander";

const bases = ["full", "andor"] as const satisfies readonly Basis[];

export interface CircuitFlags {
  readonly basis: Basis;
  readonly json?: boolean;
}

/** @throws InputError for a name that is none. */
function basisNamed(name: string): Basis {
  const found = bases.find((basis) => basis === name);
  if (!found) throw new InputError(unknownName("basis", name, bases), { place: "--basis" });
  return found;
}

/** Reads a whole number from `least` to `most`. */
export function wholeNumberFrom(flag: string, least: number, most: number) {
  return (text: string): number => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < least || value > most)
      throw new InputError(`must be a whole number from ${least} to ${most}, not '${text}'`, {
        place: flag,
      });
    return value;
  };
}

/** `--basis` and `--json`. */
export function withCircuitOptions(command: Command): Command {
  return command
    .addOption(
      new Option("--basis <name>", "gates: 'full', all of two inputs, or 'andor'; NOT is free")
        .argParser(basisNamed)
        .default("full", "full"),
    )
    .option("--json", "print results as JSON");
}
