/** Options of the commands that solve the toy model, and the model that they describe. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { InputError, messageOf } from "@mesascope/lab/core";
import type { ToyModel } from "@mesascope/lab/theory";
import type { Command } from "commander";
import type { World } from "../../world.ts";
import { type NumberRule, numberFor } from "./numbers.ts";

/** What `withModelOptions` reads. */
export interface ModelFlags {
  readonly cost: string;
  readonly xMax?: number;
  readonly shared?: number;
  readonly ceiling?: number;
  readonly worstCase?: boolean;
}

export const costHelp = `
Costs, f(x) in bits of the base optimizer for x bits at run time:
  linear:a         a x
  power:c,k        c x^k
  exponential:a,b  a (2^(b x) - 1)
  fixed:F,c        F + c x^2 for x > 0, and 0 at 0
  table:FILE       lines 'x,f' from 0,0, x ascending, f never falling; monotone cubic between them`;

const bits: NumberRule = { meaning: "a number of bits of at least 0", atLeast: 0 };
const share: NumberRule = { meaning: "a share from 0 to 1", atLeast: 0, atMost: 1 };

/** `--cost`, `--x-max` and `--worst-case`. */
export function withCostOptions(command: Command): Command {
  return command
    .requiredOption("--cost <f>", "what run-time bits cost, e.g. power:1,2 (see below)")
    .option("--x-max <bits>", "most bits that can be spent at run time", numberFor("--x-max", bits))
    .option("--worst-case", "what every instance is guaranteed, in whole halvings");
}

/** The same with `--shared` and `--ceiling`. */
export function withModelOptions(command: Command): Command {
  return withCostOptions(command)
    .option(
      "--shared <share>",
      "share s of tuning that carries over between instances, 0 unless stated",
      numberFor("--shared", share),
    )
    .option(
      "--ceiling <bits>",
      "bits per instance beyond which nothing counts",
      numberFor("--ceiling", bits),
    );
}

/** The model but for its budget and diversity. @throws InputError for a cost that is none. */
export async function modelOf(
  world: World,
  { cost, xMax, shared, ceiling, worstCase }: ModelFlags,
): Promise<Omit<ToyModel, "budget" | "diversity">> {
  const { parseCost } = await import("@mesascope/lab/theory");
  return {
    cost: parseCost(cost, (path) => tableText(world, path), "--cost"),
    ...(xMax === undefined ? {} : { xMax }),
    ...(shared === undefined ? {} : { shared }),
    ...(ceiling === undefined ? {} : { ceiling }),
    ...(worstCase ? { form: "worst" as const } : {}),
  };
}

function tableText(world: World, path: string): string {
  try {
    return readFileSync(resolve(world.cwd, path), "utf8");
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    const reason = code === "ENOENT" ? "there is no such file" : messageOf(cause);
    throw new InputError(`cannot read the cost table ${path}: ${reason}`, {
      place: "--cost",
      cause,
    });
  }
}
