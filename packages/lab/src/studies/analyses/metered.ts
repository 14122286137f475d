/** How well the toy model predicts what selection with counted bits settles on, over all cells of the design. */
import { z } from "zod";
import { groupBy, type Json } from "../../core/index.ts";
import { mean } from "../../stats/index.ts";
import type { Row } from "../types.ts";
import type { Analysis } from "./types.ts";

const parameters = z.strictObject({});

interface Cell {
  readonly budget: number;
  readonly diversity: number;
  readonly runTime: number;
  readonly error: number;
  /** Absent where it is not known exactly. */
  readonly excess: number | undefined;
}

/** Bits by which run-time bits may fall from a smaller budget to a larger before it counts as a fall. */
const slack = 0.25;

/** Share of neighbouring budgets, at one diversity, between which run-time bits fall; the model says none. */
function fallsOf(cells: readonly Cell[]): number {
  const falls = cells.flatMap((cell) => {
    const next = cells
      .filter(({ diversity, budget }) => diversity === cell.diversity && budget > cell.budget)
      .sort((a, b) => a.budget - b.budget)[0];
    return next ? [next.runTime < cell.runTime - slack ? 1 : 0] : [];
  });
  return falls.length > 0 ? mean(falls) : 0;
}

function cellsOf(rows: readonly Row[]): Cell[] {
  const runs = groupBy(rows, ({ run }) => run);
  return [...runs.values()].map((own) => {
    const value = (part: string) => own.find(({ measure }) => measure === `metered.${part}`)?.value;
    return {
      budget: Number(own[0]!.arm["budget"]),
      diversity: Number(own[0]!.arm["diversity"]),
      runTime: value("runTime")!,
      error: value("error")!,
      excess: value("excess"),
    };
  });
}

export const toyModelMetered: Analysis<z.infer<typeof parameters>> = {
  id: "toy-model-metered",
  description:
    "For each seed, over all budgets and diversities: the mean distance between the run-time bits of the selected genomes and the model's x*, and between them and their own mean.",
  parameters,
  conclude(_, rows) {
    const measured = rows.filter(({ measure, step }) => measure.startsWith("metered.") && !step);
    const groups = groupBy(measured, ({ arm, seed }) => `${arm["method"]} ${seed}`);
    const concluded = [...groups.values()].flatMap((own) => {
      const cells = cellsOf(own);
      const centre = mean(cells.map(({ runTime }) => runTime));
      const error = mean(cells.map((cell) => cell.error));
      const constant = mean(cells.map(({ runTime }) => Math.abs(runTime - centre)));
      const excess = cells.flatMap((cell) => (cell.excess === undefined ? [] : [cell.excess]));
      const { study, seed, arm } = own[0]!;
      const place = {
        ...{ study, run: "", seed, arm: { method: arm["method"]! } },
        ...{ update: 0, samples: 0, final: true },
      };
      const row = (part: string, value: number, unit = "bits"): Row => ({
        ...place,
        measure: `toy-model-metered.${part}`,
        value,
        unit,
      });
      return [
        row("error", error),
        row("gainOverConstant", constant - error),
        row("falls", fallsOf(cells), "share of budgets"),
        ...(excess.length > 0 ? [row("excess", Math.max(...excess))] : []),
      ];
    });
    const findings: Json = concluded.map(({ arm, seed, measure, value }) => ({
      ...{ method: arm["method"]!, seed, measure, value },
    }));
    return { rows: concluded, findings };
  },
};
