import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { nodeDisk, writeAtomically } from "./disk.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mesascope-disk-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe("the disk", () => {
  it("tells what is not there by undefined, not by an error", async () => {
    expect(await nodeDisk.read(`${folder}/none`)).toBeUndefined();
    expect(await nodeDisk.stat(`${folder}/none`)).toBeUndefined();
    expect(await nodeDisk.list(`${folder}/none`)).toBeUndefined();
    await nodeDisk.remove(`${folder}/none`);
  });

  it.skipIf(!existsSync("/dev/full"))("says in one sentence that it is full", async () => {
    await expect(nodeDisk.append("/dev/full", "x")).rejects.toThrow(
      "cannot write /dev/full: no space is left on the disk",
    );
  });

  it("makes a folder with those above it, also at once with another, and says where none can be made", async () => {
    const nested = join(folder, "a", "b", "c");
    await Promise.all([nodeDisk.makeFolder(nested), nodeDisk.makeFolder(nested)]);
    await nodeDisk.makeFolder(nested);
    expect(await nodeDisk.list(nested)).toEqual([]);
    await nodeDisk.write(join(folder, "file"), new Uint8Array(1));
    await expect(nodeDisk.makeFolder(join(folder, "file", "x"))).rejects.toThrow("is a file");
  });

  it.skipIf(process.platform !== "linux")(
    "ends where a file system denies its own folders",
    async () => {
      await expect(nodeDisk.makeFolder("/proc/nowhere/deeper")).rejects.toThrow(
        "cannot make the folder /proc/nowhere/deeper",
      );
    },
  );

  it("leaves the old content and no half-written file when an atomic write fails", async () => {
    writeFileSync(join(folder, "a"), "old");
    const full = { ...nodeDisk, rename: () => Promise.reject(new Error("full")) };
    await expect(writeAtomically(full, folder, "a", "new")).rejects.toThrow("full");
    expect(readdirSync(folder)).toEqual(["a"]);
    expect(readFileSync(join(folder, "a"), "utf8")).toBe("old");
  });
});
