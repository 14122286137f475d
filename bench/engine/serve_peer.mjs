/**
 * The loop of a JavaScript peer: reads "workload updates threads" lines, answers milliseconds an update, of the clock and
 * of the processor ("wall cpu"), or "-" where it does not have the workload.
 */
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
    const usage = process.cpuUsage();
    for (let i = 0; i < Number(updates); i++) await update();
    const { user, system } = process.cpuUsage(usage);
    const times = [performance.now() - start, (user + system) / 1000];
    console.log(times.map((time) => time / Math.max(1, Number(updates))).join(" "));
  }
}

export const floats = (count) => Float32Array.from({ length: count }, Math.random);
export const classes = (count, of) =>
  Int32Array.from({ length: count }, () => Math.floor(of * Math.random()));
