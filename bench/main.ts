/** `npm run bench [-- name ...]`: runs the named benchmarks, or all; each prints one table. */

interface Benchmark {
  run(args: string[]): Promise<void>;
}

const benchmarks: Readonly<Record<string, () => Promise<Benchmark>>> = {
  circuits: () => import("./circuits.ts"),
  rules: () => import("./rules.ts"),
  mazes: () => import("./mazes.ts"),
  training: () => import("./training.ts"),
  programs: () => import("./programs.ts"),
  engine: () => import("./engine/index.ts"),
  tables: () => import("./tables.ts"),
  evolution: () => import("./evolution.ts"),
};

const asked = process.argv.slice(2).filter((name) => !name.startsWith("-"));
const flags = process.argv.slice(2).filter((name) => name.startsWith("-"));
const unknown = asked.find((name) => !(name in benchmarks));
if (unknown) {
  console.error(`unknown benchmark '${unknown}'; known: ${Object.keys(benchmarks).join(", ")}`);
  process.exitCode = 2;
} else {
  for (const name of asked.length ? asked : Object.keys(benchmarks)) {
    console.log(`\n## ${name}\n`);
    await (await benchmarks[name]!()).run(flags);
  }
}
