/** Whether minimal circuits of small search problems search: the paper's conjecture is that they do not (section 2.2). */
import { z } from "zod";
import type { Experiment } from "../../core/index.ts";
import { type SatSolver, solverInPlace } from "../../optimizers/index.ts";
import { booleanProblems, problemOf } from "../../tasks/index.ts";
import { circuitStudy } from "../circuits/index.ts";
import { asJson, measurement, type Part } from "./measurement.ts";
import { unlessStopped } from "./stopping.ts";

const origins = ["size", "depth", "explicit", "shrunk"] as const;

const parameters = z.strictObject({
  problem: z.string().describe("Id of a search problem, e.g. maze-2x2."),
  basis: z
    .enum(["full", "andor"])
    .default("full")
    .describe("Gates: all of two inputs, or AND and OR."),
  origin: z
    .enum(origins)
    .describe(
      "Minimal by size or by depth; or a control: an open search, or that after a rewriter.",
    ),
  most: z.number().int().min(1).max(10_000).default(1000).describe("Most minimal circuits listed."),
  milliseconds: z.number().int().min(100).default(20_000).describe("Time for each objective."),
});

type Parameters = z.infer<typeof parameters>;

/** Problems that were synthesized, so that the four origins of one are computed once in a process. */
const studied = new Map<string, ReturnType<typeof circuitStudy>>();

function studyOf(
  { problem, basis, most, milliseconds }: Parameters,
  solver: SatSolver,
  signal: AbortSignal,
) {
  const name = [problem, basis, most, milliseconds].join(" ");
  let found = studied.get(name);
  if (!found) {
    found = circuitStudy(problemOf(problem, booleanProblems), {
      ...{ solver, basis, most, milliseconds, signal },
    });
    studied.set(name, found);
    // What was stopped or failed is tried anew when asked for again.
    found.catch(() => studied.delete(name));
  }
  return found;
}

export const minimalCircuits: Experiment<Parameters> = {
  id: "minimal-circuits",
  title: "Minimal circuits of search problems",
  description:
    "All minimal circuits of a small search problem are listed, each proved minimal by a SAT solver, and read: does a wire equal the evaluation of a candidate, and does flipping it where the candidate is not chosen change the output as it would change the search's?",
  parameters,
  unit: "circuits",
  exact: true,
  work: () => 1,
  run: (p, { signal }) =>
    unlessStopped(signal, async () => {
      const { rows, drawings } = await studyOf(p, solverInPlace, signal);
      const row = rows.find(({ origin }) => origin === p.origin)!;
      const drawing = drawings.find(({ origin }) => origin === p.origin);
      const share = (value: number | null | undefined, name: string): Record<string, Part> =>
        typeof value === "number" ? { [name]: [value, "share"] } : {};
      const searching =
        row.evaluations > 0 && row.circuits > 0 ? row.circuitsThatSearch / row.circuits : 0;
      return {
        measurements: [
          row.evaluations > 0
            ? measurement("circuit", [searching, "share of circuits"], {
                ...{ searching: [searching, "share of circuits"] },
                ...share(row.used?.mean, "used"),
                ...share(row.represented?.mean, "represented"),
                ...(row.size === null ? {} : { size: [row.size, "gates"] }),
                ...(row.depth === null ? {} : { depth: [row.depth, "gates"] }),
                circuits: [row.circuits, "circuits"],
                complete: [row.complete ? 1 : 0, "whether all are listed"],
                proved: [row.proved ? 1 : 0, "whether minimality is proved"],
              })
            : {
                signature: "circuit",
                applicable: false,
                reason: "the scores are inputs: there is nothing to be evaluated",
              },
        ],
        ...(drawing ? { data: asJson({ drawing, row }) } : {}),
      };
    }),
};
