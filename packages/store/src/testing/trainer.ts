/** A process that trains the runs of some seeds in a data folder, one after the other. */
import { setTimeout as sleep } from "node:timers/promises";
import { trainRun } from "./folders.ts";

const [data, ...seeds] = process.argv.slice(2);
for (const seed of seeds) {
  await trainRun(data!, Number(seed));
  // Time for others to ask in between.
  await sleep(50);
}
