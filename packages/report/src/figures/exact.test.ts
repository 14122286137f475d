import type { Arm, ExperimentOutcome } from "@mesascope/lab/studies";
import { describe, expect, test } from "vitest";
import {
  circuitsFigure,
  compressionFigure,
  type Figure,
  type FigureOptions,
  lightPalette,
  reachabilityFigure,
  shortestProgramFigure,
} from "./index.ts";
import { testDocument } from "./testing/document.ts";

interface Made {
  readonly arm: Arm;
  readonly seed?: number;
  readonly data?: unknown;
  readonly values?: Readonly<Record<string, number>>;
}

/** SYNTHETIC: an outcome with what these figures read and nothing else. */
function made(id: string, runs: readonly Made[]): ExperimentOutcome {
  const planned = runs.map(({ arm, seed = 1 }, index) => ({
    id: `${index}`,
    study: id,
    arm,
    seed,
  }));
  return {
    kind: "experiment",
    study: { kind: "experiment", file: { experiment: { id } }, seeds: 2, runs: planned },
    entries: runs.map(({ data }, index) => ({
      run: planned[index],
      state: { status: "complete", result: { data } },
    })),
    rows: runs.flatMap(({ arm, seed = 1, values = {} }) =>
      Object.entries(values).map(([measure, value]) => ({
        ...{ arm, seed, measure, value, final: true },
      })),
    ),
    verdicts: [],
    thresholds: [],
  } as unknown as ExperimentOutcome;
}

/** An AND gate of two inputs, read as the evaluation of a candidate that is used in `searching` of 3 circuits. */
const circuit = (problem: string, origin: string, searching: number, used: boolean): Made => ({
  arm: { problem, origin },
  data: {
    drawing: {
      drawing: {
        wires: [
          { wire: 0, label: "open", layer: 0, reads: [], table: 10 },
          { wire: 1, label: "near", layer: 0, reads: [], table: 12 },
          { wire: 2, label: "a and b", layer: 1, reads: [0, 1], table: 8 },
        ],
        outputs: [{ name: "go", wire: 2, complement: true }],
        layers: 1,
      },
      roles: [
        { kind: "input" },
        { kind: "input" },
        { kind: "evaluation", candidate: "down", bit: "wins", used },
      ],
    },
    row: {
      ...{ problem, origin, size: 1, depth: 1, proved: true, complete: true },
      ...{ circuits: 3, evaluations: 1, circuitsThatSearch: searching },
    },
  },
});

const row = (
  task: string,
  size: number,
  literalBits: number,
  shortestBits: number,
  general?: number,
) => ({
  ...{ task, seed: 0, size, literalBits, shortestBits, generalBits: general },
});

const compression = (mazeGeneral: number) =>
  [1, 2].flatMap((seed): Made[] => [
    {
      ...{ arm: { task: "maze" }, seed },
      data: [row("maze", 2, 16 + seed, 12, mazeGeneral), row("maze", 8, 57, 22, mazeGeneral)],
    },
    {
      ...{ arm: { task: "random-labels" }, seed },
      data: [row("random-labels", 2, 2, 4), row("random-labels", 64, 64, 140 + seed)],
    },
  ]);

const shares = (measure: string, levels: readonly (readonly [Arm, number])[]): Made[] =>
  levels.flatMap(([arm, value]) =>
    [1, 2].map((seed) => ({ arm, seed, values: { [measure]: value + (seed - 1.5) * 0.1 } })),
  );

const circuits = made("minimal-circuits", [
  circuit("maze", "size", 3, true),
  circuit("maze", "depth", 0, false),
  circuit("nim", "size", 0, false),
]);
const shortest = made(
  "shortest-program",
  shares("program.searching", [
    [{ language: "cheap", count: 1 }, 0.2],
    [{ language: "cheap", count: 8 }, 0.9],
    [{ language: "dear", count: 1 }, 0.5],
    [{ language: "dear", count: 8 }, 0.4],
  ]),
);
const reached = made(
  "reachability-programs",
  shares("reachability.solved", [
    [{ method: "chain", level: 0, threshold: 0 }, 0.6],
    [{ method: "chain", level: 0, threshold: 1 }, 0.1],
    [{ method: "chain", level: 0.1, threshold: 0 }, 0.8],
    [{ method: "chain", level: 0.1, threshold: 1 }, 0.2],
  ]),
);

const options = (): FigureOptions => ({
  ...{ document: testDocument(), palette: lightPalette, titled: true },
});

const text = ({ svg }: Figure) => [...svg.querySelectorAll("text")].map((each) => each.textContent);

const figures: readonly [string, (options: FigureOptions) => Figure, readonly string[]][] = [
  ["circuits", (o) => circuitsFigure(circuits, o), ["maze", "nim", "open", "not go"]],
  [
    "compression",
    (o) => compressionFigure(made("compression-maze", compression(22)), o),
    ["bits", "steps of the shortest way, or labelled examples"],
  ],
  [
    "shortest-program",
    (o) => shortestProgramFigure(shortest, o),
    ["mazes that one program solves, N", "share of the shortest solvers", "cheap", "dear"],
  ],
  [
    "reachability",
    (o) => reachabilityFigure(reached, o),
    ["mean progress below which a program scores nothing", "climbing", "T = 0.1"],
  ],
];

describe.each(figures)("the figure %s", (_, draw, words) => {
  test.each([1040, 360])(
    "has finite coordinates, its words and a description at %i pixels",
    (width) => {
      const figure = draw({ ...options(), width });
      expect(figure.svg.outerHTML).not.toMatch(/NaN|Infinity|undefined/);
      for (const word of words) expect(text(figure)).toContain(word);
      expect(figure.svg.querySelector("desc")?.textContent).toBe(figure.description);
      expect(figure.description.length).toBeGreaterThan(80);
    },
  );
});

describe("what the figures say", () => {
  test("circuits: the problems whose smallest circuits search, and dashes for an unused evaluation", () => {
    const { title, svg, description } = circuitsFigure(circuits, options());
    expect(title).toBe("In 1 of 2 problems some smallest circuit is read as searching: maze");
    expect(description).toContain("3 of 3 circuits search");
    const blue = [...svg.querySelectorAll("path")].filter(
      (path) => path.getAttribute("stroke") === lightPalette.runTime,
    );
    // Two entries of the key, and one wire from the evaluation to the output in each of three circuits.
    expect(blue).toHaveLength(5);
    expect(blue.filter((path) => path.hasAttribute("stroke-dasharray"))).toHaveLength(3);
  });

  test("compression: a saving only where there is one", () => {
    const title = (general: number) =>
      compressionFigure(made("compression-maze", compression(general)), options()).title;
    expect(title(22)).toBe(
      "A long maze is cheaper to solve than to write down; random labels are not",
    );
    expect(title(90)).not.toContain("cheaper");
  });

  test("shortest programs and reachability: how many lines move which way", () => {
    expect(shortestProgramFigure(shortest, options()).title).toContain("rises in 1 of 2 languages");
    expect(reachabilityFigure(reached, options()).title).toContain(
      "less often at threshold 1 than at 0, at every temperature",
    );
  });
});
