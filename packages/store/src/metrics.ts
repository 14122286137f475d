/** The log of training diagnostics: one JSON line an update, appended, and cut back when a run goes on from earlier. */
import { type Disk, writeAtomically } from "./disk.ts";
import { files } from "./files.ts";

/** Collects lines until they are flushed. */
export class MetricsLog {
  readonly #disk: Disk;
  readonly #folder: string;
  #pending: string[] = [];

  constructor(disk: Disk, folder: string) {
    this.#disk = disk;
    this.#folder = folder;
  }

  add(line: Readonly<Record<string, number>>): void {
    this.#pending.push(`${JSON.stringify(line)}\n`);
  }

  async flush(): Promise<void> {
    if (this.#pending.length === 0) return;
    const text = this.#pending.join("");
    this.#pending = [];
    await this.#disk.append(`${this.#folder}/${files.metrics}`, text);
  }
}

/** Drops the lines after `updates` and a torn last one, so that no update is counted twice when it is made again. */
export async function cutMetrics(disk: Disk, folder: string, updates: number): Promise<void> {
  const bytes = await disk.read(`${folder}/${files.metrics}`);
  if (!bytes) return;
  const text = new TextDecoder().decode(bytes);
  const kept = text
    .split("\n")
    .slice(0, -1)
    .filter((line) => updateOf(line) <= updates)
    .map((line) => `${line}\n`)
    .join("");
  if (kept !== text) await writeAtomically(disk, folder, files.metrics, kept);
}

function updateOf(line: string): number {
  try {
    const value: unknown = JSON.parse(line);
    if (
      typeof value === "object" &&
      value !== null &&
      "update" in value &&
      typeof value.update === "number"
    )
      return value.update;
  } catch {
    // A torn line belongs to no update that was kept.
  }
  return Number.POSITIVE_INFINITY;
}
