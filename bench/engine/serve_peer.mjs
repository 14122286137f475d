/** The loop of a JavaScript peer: reads "workload updates threads" lines, answers milliseconds an update, "-" for none. */
import { createInterface } from "node:readline";

/**
 * @param {string} version Announced first.
 * @param {Record<string, () => () => void | Promise<void>>} builders Make a workload; what they return does one update.
 */
export async function serve(version, builders) {
  console.log(version);
  const built = new Map();
  for await (const line of createInterface(process.stdin)) {
    const [name, updates] = line.split(" ");
    if (!(name in builders)) {
      console.log("-");
      continue;
    }
    if (!built.has(name)) built.set(name, builders[name]());
    const update = built.get(name);
    if (Number(updates) === 0) await update();
    const start = performance.now();
    for (let i = 0; i < Number(updates); i++) await update();
    console.log(String((performance.now() - start) / Math.max(1, Number(updates))));
  }
}

export const floats = (count) => Float32Array.from({ length: count }, Math.random);
export const classes = (count, of) =>
  Int32Array.from({ length: count }, () => Math.floor(of * Math.random()));
