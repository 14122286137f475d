/** Finds every run folder of a data folder with a mark of its version, without reading what the files hold. */
import { createHash } from "node:crypto";
import { messageOf } from "@mesascope/lab/core";
import { type Disk, isTemporary } from "../disk.ts";
import { files } from "../files.ts";
import { isLock } from "../lock.ts";

/** A run folder as it stood when it was looked at. */
export interface FoundRun {
  readonly study: string;
  readonly run: string;
  /** Absolute path. */
  readonly folder: string;
  /** Changes whenever a file of the folder does: a hash of names, sizes and times of change. */
  readonly version: string;
}

/** Folders of the data folder that hold no study. */
const notStudies = new Set(["derived", "report"]);

/** Applies `work` to every item, a few at a time; results in the order of the items. */
export async function mapSome<T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
  atOnce = 16,
): Promise<R[]> {
  const results = new Array<R>(items.length);
  let next = 0;
  const lane = async () => {
    for (let i = next++; i < items.length; i = next++) results[i] = await work(items[i]!);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, lane));
  return results;
}

/** Every run folder, in order of study and run; one without `spec.json` counts where its study was recorded. */
export async function scanRuns(disk: Disk, data: string): Promise<FoundRun[]> {
  const found: FoundRun[] = [];
  for (const study of (await disk.list(data)) ?? []) {
    if (study.startsWith(".") || notStudies.has(study)) continue;
    const folder = `${data}/${study}`;
    const names = ((await listed(disk, folder)) ?? []).filter((name) => !name.startsWith("."));
    const looks = await mapSome(names, (name) => look(disk, `${folder}/${name}`));
    const isStudy = names.includes("study.json") || looks.some((seen) => seen?.hasSpec);
    if (!isStudy) continue;
    for (const [i, seen] of looks.entries())
      if (seen)
        found.push({
          ...{ study, run: names[i]!, folder: `${folder}/${names[i]}` },
          version: seen.version,
        });
  }
  return found;
}

/** Names in a folder; undefined for what is no folder. */
async function listed(disk: Disk, path: string): Promise<string[] | undefined> {
  try {
    return await disk.list(path);
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    if (cause instanceof Error && "code" in cause && cause.code === "ENOTDIR") return undefined;
    throw error;
  }
}

async function look(disk: Disk, folder: string) {
  try {
    const all = await listed(disk, folder);
    const names = all?.filter((name) => !isLock(name) && !isTemporary(name));
    // A folder in which nothing was written yet is no run yet.
    if (!names || names.length === 0) return undefined;
    const marks: string[] = [];
    for (const name of names) {
      const stat = await disk.stat(`${folder}/${name}`);
      if (stat) marks.push(`${name} ${stat.size} ${stat.modified}`);
    }
    return { hasSpec: names.includes(files.spec), version: hash(marks.join("\n")) };
  } catch (error) {
    // A folder that cannot be looked into is a run all the same, and is told as such.
    return { hasSpec: false, version: hash(messageOf(error)) };
  }
}

const hash = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 16);
