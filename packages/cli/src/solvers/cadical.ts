/** CaDiCaL (Biere et al. 2020), a SAT solver that is used where it is installed: each question runs in a process. */
import { spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { WorkError } from "@mesascope/lab/core";
import type { Cnf, Model, SatSolver } from "@mesascope/lab/optimizers";

/** Where `cadical` is on the path, if it is. */
export function findCadical(path: string | undefined): string | undefined {
  return (path ?? "")
    .split(delimiter)
    .filter(Boolean)
    .map((folder) => join(folder, "cadical"))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/** The solver at a path. */
export function cadical(file: string): SatSolver {
  return {
    name: "cadical",
    async solve(cnf, { signal, all } = {}) {
      const models: Model[] = [];
      const most = all?.most ?? 1;
      const lines = clauseLines(cnf);
      while (models.length < most) {
        const model = await decide(file, cnf.variables, lines, signal);
        if (!model) break;
        models.push(model);
        const clause = (all?.differIn ?? []).map((v) => (model[v] ? -v : v));
        lines.push(`${clause.join(" ")} 0`);
      }
      return models;
    },
  };
}

function clauseLines({ literals }: Cnf): string[] {
  const lines: string[] = [];
  let begun = 0;
  for (const [i, literal] of literals.entries())
    if (literal === 0) {
      lines.push(literals.slice(begun, i + 1).join(" "));
      begun = i + 1;
    }
  return lines;
}

/** One run of the solver on a formula in the DIMACS format. */
async function decide(
  file: string,
  variables: number,
  lines: readonly string[],
  signal: AbortSignal | undefined,
): Promise<Model | undefined> {
  signal?.throwIfAborted();
  const child = spawn(file, ["-q"], { stdio: ["pipe", "pipe", "pipe"] });
  const kill = () => child.kill("SIGKILL");
  signal?.addEventListener("abort", kill);
  let out = "";
  let err = "";
  child.stdout.setEncoding("utf8").on("data", (text) => (out += text));
  child.stderr.setEncoding("utf8").on("data", (text) => (err += text));
  // A solver that ends early leaves its input unread; its exit says why.
  child.stdin.on("error", () => {});
  child.stdin.end(`p cnf ${variables} ${lines.length}\n${lines.join("\n")}\n`);
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.on("error", reject).on("close", resolve);
    });
    signal?.throwIfAborted();
    if (code === 20) return undefined;
    if (code !== 10)
      throw new WorkError(`${file} failed: ${err.trim().split("\n").at(-1) || `exit ${code}`}`);
    return readModel(out, variables);
  } finally {
    signal?.removeEventListener("abort", kill);
  }
}

function readModel(out: string, variables: number): Model {
  const model = new Array<boolean>(variables + 1).fill(false);
  for (const line of out.split("\n"))
    if (line.startsWith("v "))
      for (const word of line.slice(2).split(" ")) if (Number(word) > 0) model[Number(word)] = true;
  return model;
}
